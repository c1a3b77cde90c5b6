//! `gen check --external` against servers of its own: what is told of each kind of answer, how often and how politely
//! is asked, and what is remembered. Nothing here leaves the machine.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What a server saw: method and path, by the order of their coming, and when each was answered.
#[derive(Default)]
struct Seen {
    requests: Vec<String>,
    began: Vec<Instant>,
    ended: Vec<Instant>,
    open: usize,
    most_open: usize,
}

#[derive(Clone)]
struct Server {
    port: u16,
    seen: Arc<Mutex<Seen>>,
}

impl Server {
    fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen: Arc<Mutex<Seen>> = Arc::default();
        let server = Server { port, seen };
        let serve = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serve = serve.clone();
                std::thread::spawn(move || serve.connection(stream));
            }
        });
        server
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn connection(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        loop {
            let mut lines = Vec::new();
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) == 0 {
                    return;
                }
                if line.trim().is_empty() {
                    break;
                }
                lines.push(line.trim().to_owned());
            }
            let agent = lines
                .iter()
                .any(|l| l.to_lowercase().starts_with("user-agent: gen/"));
            assert!(agent, "{lines:?}");
            let mut words = lines[0].split(' ');
            let (method, path) = (
                words.next().unwrap().to_owned(),
                words.next().unwrap().to_owned(),
            );
            let times = self.begin(&method, &path);
            let answer = answer(&method, &path, times, self.port);
            let mut seen = self.seen.lock().unwrap();
            seen.ended.push(Instant::now());
            seen.open -= 1;
            drop(seen);
            let Some(answer) = answer else {
                return;
            };
            if stream.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }

    /// Notes a request, and says which one it is for its path, from 1.
    fn begin(&self, method: &str, path: &str) -> usize {
        let mut seen = self.seen.lock().unwrap();
        seen.began.push(Instant::now());
        seen.requests.push(format!("{method} {path}"));
        seen.open += 1;
        seen.most_open = seen.most_open.max(seen.open);
        let same = seen
            .requests
            .iter()
            .filter(|r| r.ends_with(&format!(" {path}")));
        same.count()
    }

    fn requests(&self, path: &str) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        let same = seen
            .requests
            .iter()
            .filter(|r| r.ends_with(&format!(" {path}")));
        same.map(|r| r.split(' ').next().unwrap().to_owned())
            .collect()
    }

    fn count(&self) -> usize {
        self.seen.lock().unwrap().requests.len()
    }
}

/// What a path answers; nothing hangs up.
fn answer(method: &str, path: &str, times: usize, port: u16) -> Option<String> {
    let page = |status: &str, more: &str, body: &str| {
        let shown = if method == "HEAD" { "" } else { body };
        Some(format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\n{more}\r\n{shown}",
            body.len()
        ))
    };
    let html = "Content-Type: text/html; charset=utf-8\r\n";
    let to = |status: &str, path: &str| page(status, &format!("Location: {path}\r\n"), "");
    match path {
        "/loop-a" => to("302 Found", "/loop-b"),
        "/loop-b" => to("302 Found", "/loop-a"),
        "/moved" => to("301 Moved Permanently", "/new/home?x=1"),
        "/moved-twice" => to(
            "308 Permanent Redirect",
            &format!("http://localhost:{port}/moved-on"),
        ),
        "/moved-on" => to("302 Found", "/fine"),
        "/moved-to-front" => to("301 Moved Permanently", "/"),
        "/moved-to-nothing" => to("301 Moved Permanently", "/gone"),
        "/for-now" => to("302 Found", "/fine"),
        "/forbidden" => page("403 Forbidden", html, "no"),
        "/missing" => page("404 Not Found", html, "no"),
        "/missing-for-head" if method == "HEAD" => page("404 Not Found", html, ""),
        "/no-head" if method == "HEAD" => page("405 Method Not Allowed", "", ""),
        "/gone" => page("410 Gone", "", ""),
        "/busy" => page("429 Too Many Requests", "Retry-After: 1\r\n", ""),
        "/busy-once" if times == 1 => page("429 Too Many Requests", "Retry-After: 1\r\n", ""),
        "/busy-for-long" => page("429 Too Many Requests", "Retry-After: 3600\r\n", ""),
        "/broken-once" if times <= 2 => page("500 Internal Server Error", "", ""),
        "/broken" => page("503 Service Unavailable", "", ""),
        "/slow" => {
            std::thread::sleep(Duration::from_millis(1500));
            page("200 OK", html, "late")
        }
        "/hangs-up" => None,
        "/anchors" => page(
            "200 OK",
            html,
            "<h1 id=there>x</h1><a name='old style'></a>",
        ),
        "/by-script" => page("200 OK", html, "<div>made by a script</div>"),
        "/no-type" => page("200 OK", "", "<h1 id=there>x</h1>"),
        "/picture" => page("200 OK", "Content-Type: image/png\r\n", "<h1 id=there>"),
        "/huge" => page(
            "200 OK",
            html,
            &("<p id=x>".to_owned() + &"word ".repeat(1 << 20)),
        ),
        path if path.ends_with("/lost.png") => page("404 Not Found", html, "no"),
        path if path.ends_with("/page.png") => page("200 OK", html, "<!doctype html>"),
        _ => page("200 OK", html, "fine"),
    }
}

/// A site whose one article links to these, one a line.
fn site(links: &[String]) -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    let mut text = "---\ntitle: One\ndescription: About one.\n---\n".to_owned();
    for link in links {
        text.push_str(&format!("See [the page]({link}).\n"));
    }
    write(site.path(), "content/a/one.md", &text);
    write(
        site.path(),
        "site.toml",
        "title = \"T\"\nbase_url = \"https://example.org\"\n[check.external]\ntimeout = 1\n",
    );
    site
}

fn write(root: &Path, path: &str, text: &str) {
    fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
    fs::write(root.join(path), text).unwrap();
}

/// What the check says of each link (by its line: code and message), and its notes.
fn check(root: &Path, args: &[&str]) -> (BTreeMap<u64, String>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gen"));
    command.args(["check", "--external", "--format", "json", "--only"]);
    command
        .arg("dead-external,dead-external-anchor,moved-external")
        .args(args)
        .current_dir(root);
    for name in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ] {
        command.env_remove(name);
    }
    let run = command.output().unwrap();
    let all: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let messages = all["messages"].as_array().unwrap();
    let told = messages.iter().map(|one| {
        let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
        let mends = if one["mendable"] == true {
            " (mends)"
        } else {
            ""
        };
        let line = one["line"].as_u64().unwrap_or(0);
        (
            line,
            format!("{}{mends}: {}", text("code"), text("message")),
        )
    });
    (told.collect(), String::from_utf8(run.stderr).unwrap())
}

/// What is told of links to these paths, by path.
fn told(server: &Server, paths: &[&str]) -> (BTreeMap<String, String>, String) {
    let links: Vec<String> = paths.iter().map(|path| server.url(path)).collect();
    let site = site(&links);
    let (by_line, notes) = check(site.path(), &[]);
    let named = by_line.into_iter().map(|(line, text)| {
        let text = text.replace(&server.port.to_string(), "PORT");
        (paths[line as usize - 5].to_owned(), text)
    });
    (
        named.collect(),
        notes.replace(&server.port.to_string(), "PORT"),
    )
}

#[test]
fn what_is_dead_is_told() {
    let server = Server::start();
    let paths = [
        "/fine",
        "/missing",
        "/gone",
        "/loop-a",
        "/moved-to-nothing",
        "/no-head",
        "/missing-for-head",
    ];
    let (told, notes) = told(&server, &paths);
    let expected = [
        (
            "/missing",
            "dead-external: this link is dead: 127.0.0.1 answers 404 (Not Found)",
        ),
        (
            "/gone",
            "dead-external: this link is dead: 127.0.0.1 answers 410 (Gone)",
        ),
        (
            "/loop-a",
            "dead-external: this link is dead: 127.0.0.1 sends its readers in a circle",
        ),
        (
            "/moved-to-nothing",
            "dead-external: this link is dead: 127.0.0.1 answers 410 (Gone)",
        ),
    ];
    let expected: BTreeMap<String, String> = expected
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    assert_eq!(told, expected);
    assert_eq!(notes, "");
    assert_eq!(server.requests("/fine"), ["HEAD"]);
    assert_eq!(server.requests("/missing"), ["HEAD", "GET"]);
    assert_eq!(server.requests("/no-head"), ["HEAD", "GET"]);
}

#[test]
fn a_host_without_anybody_is_dead_and_asked_once() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let sealed = Server::start();
    let long = "x".repeat(64);
    let links = [
        format!("http://127.0.0.1:{closed}/a"),
        format!("http://127.0.0.1:{closed}/b"),
        format!("http://{long}.invalid/"),
        "https://".to_owned(),
        sealed.url("/fine"),
    ];
    let (told, _) = check(site(&links).path(), &[]);
    assert_eq!(
        told[&5],
        "dead-external: this link is dead: 127.0.0.1 takes no connection"
    );
    assert_eq!(told[&6], told[&5]);
    assert_eq!(
        told[&7],
        format!("dead-external: this link is dead: there is no {long}.invalid")
    );
    assert_eq!(told[&8], "dead-external: `https://` is no address");
    assert_eq!(told.len(), 4);
}

#[test]
fn what_nobody_can_tell_is_not_dead() {
    let server = Server::start();
    let (told, notes) = told(&server, &["/forbidden", "/broken", "/fine"]);
    assert!(told.is_empty(), "{told:?}");
    assert!(notes.contains("2 addresses would not say"), "{notes}");
    assert!(
        notes.contains(
            "http://127.0.0.1:PORT/broken answers 503 (Service Unavailable) (content/a/one.md)"
        ),
        "{notes}"
    );
    assert!(
        notes.contains("/forbidden answers 403 (Forbidden)"),
        "{notes}"
    );
    assert_eq!(
        server.requests("/broken").len(),
        4,
        "a look, then three tries"
    );
    assert_eq!(server.requests("/forbidden"), ["HEAD", "GET"]);
}

#[test]
fn what_is_slow_or_hangs_up_is_tried_again_and_then_left_alone() {
    let server = Server::start();
    let (told, notes) = told(&server, &["/hangs-up", "/slow"]);
    assert!(told.is_empty(), "{told:?}");
    assert!(notes.contains("/hangs-up hangs up"), "{notes}");
    assert!(notes.contains("/slow gave no answer in 1 s"), "{notes}");
    assert_eq!(server.requests("/slow").len(), 3);
}

#[test]
fn a_busy_host_is_left_alone_for_as_long_as_it_says() {
    let server = Server::start();
    let (once, notes) = told(&server, &["/busy-once"]);
    assert!(once.is_empty() && notes.is_empty(), "{once:?} {notes}");
    let seen = server.seen.lock().unwrap();
    let pause = seen.began[1] - seen.ended[0];
    assert!(pause >= Duration::from_secs(1), "{pause:?}");
    drop(seen);

    let server = Server::start();
    let (told, notes) = told(&server, &["/busy-for-long", "/fine", "/missing"]);
    assert!(told.is_empty(), "{told:?}");
    assert!(
        notes.contains("3 addresses"),
        "what a busy host has is not known: {notes}"
    );
    assert_eq!(server.count(), 1);
}

#[test]
fn a_host_that_stumbles_is_tried_again() {
    let server = Server::start();
    let (told, notes) = told(&server, &["/broken-once"]);
    assert!(told.is_empty() && notes.is_empty(), "{told:?} {notes}");
    assert_eq!(server.requests("/broken-once"), ["HEAD", "GET", "GET"]);
}

#[test]
fn moves_for_good_are_told_with_what_mends_them() {
    let server = Server::start();
    let paths = ["/moved#part", "/moved-twice", "/moved-to-front", "/for-now"];
    let (told, _) = told(&server, &paths);
    assert_eq!(
        told["/moved#part"],
        "moved-external (mends): this page has moved for good, to http://127.0.0.1:PORT/new/home?x=1#part"
    );
    assert_eq!(
        told["/moved-twice"],
        "moved-external (mends): this page has moved for good, to http://localhost:PORT/moved-on"
    );
    assert_eq!(
        told["/moved-to-front"],
        "moved-external: this address now leads to a front page, http://127.0.0.1:PORT/"
    );
    assert_eq!(told.len(), 3);
}

#[test]
fn places_on_pages_are_looked_for() {
    let server = Server::start();
    let paths = [
        "/anchors#there",
        "/anchors#old%20style",
        "/anchors#absent",
        "/anchors#:~:text=x",
        "/anchors#!/x",
        "/no-type#absent",
        "/by-script#absent",
        "/picture#absent",
        "/huge#absent",
        "/missing#absent",
    ];
    let (told, notes) = told(&server, &paths);
    let absent = "dead-external-anchor: the page is there, but nothing on it is called `#absent`";
    assert_eq!(told["/anchors#absent"], absent);
    assert_eq!(told["/no-type#absent"], absent);
    assert!(told["/missing#absent"].starts_with("dead-external: "));
    assert_eq!(told.len(), 3, "{told:?} {notes}");
    assert_eq!(
        server.requests("/anchors"),
        ["GET"],
        "one address is asked once"
    );
}

#[test]
fn one_host_is_asked_one_thing_at_a_time_with_pauses() {
    let server = Server::start();
    let other = Server::start();
    let mut links: Vec<String> = (0..6).map(|n| server.url(&format!("/page-{n}"))).collect();
    // Another name is another host; redirects come from a third.
    links.extend((0..4).map(|n| format!("http://localhost:{}/page-{n}", other.port)));
    check(site(&links).path(), &[]);
    for server in [server, other] {
        let seen = server.seen.lock().unwrap();
        assert_eq!(seen.most_open, 1);
        for (end, next) in seen.ended.iter().zip(&seen.began[1..]) {
            assert!(
                *next - *end >= Duration::from_millis(190),
                "{:?}",
                *next - *end
            );
        }
    }
}

#[test]
fn good_answers_are_remembered_and_others_are_not() {
    let server = Server::start();
    let site = site(&[
        server.url("/fine"),
        server.url("/missing"),
        server.url("/anchors#there"),
    ]);
    let before = check(site.path(), &[]);
    assert_eq!(server.count(), 4);
    assert_eq!(check(site.path(), &[]), before);
    assert_eq!(server.count(), 6, "only what was dead is asked again");
    check(site.path(), &["--no-cache"]);
    assert_eq!(server.count(), 10);
    let text = fs::read_to_string(site.path().join("content/a/one.md")).unwrap();
    write(
        site.path(),
        "content/a/one.md",
        &text.replace("#there", "#absent"),
    );
    assert!(
        check(site.path(), &[])
            .0
            .values()
            .any(|told| told.contains("#absent"))
    );
    assert_eq!(
        server.requests("/anchors").len(),
        3,
        "another place is looked for anew"
    );
    write(
        site.path(),
        "content/a/one.md",
        "---\ntitle: One\ndescription: About one.\n---\nNo links.\n",
    );
    check(site.path(), &[]);
    assert!(
        !site.path().join(".gen/external").exists(),
        "what is linked no more is forgotten"
    );
}

#[test]
fn links_are_found_wherever_they_stand_and_skipped_where_told() {
    let server = Server::start();
    let url = |path: &str| server.url(path);
    let site = site(&[]);
    write(
        site.path(),
        "content/a/one.md",
        &format!(
            "---\ntitle: One\ndescription: About one.\nsource: {{ name: S, url: \"{}\" }}\nsources:\n  - {{ name: T, url: \"{}\" }}\ncanonical: {}\n---\nBare {}, <{}>, <a href=\"{}\">raw</a>, `{}`, https://example.org/own/.\n",
            url("/source"),
            url("/sources"),
            url("/canonical"),
            url("/bare"),
            url("/angle"),
            url("/raw?a=1&amp;b=2"),
            url("/code"),
        ),
    );
    let config = format!(
        "title = \"T\"\nbase_url = \"https://example.org\"\nmenu = [{{ title = \"M\", url = \"{}\" }}]\n[check.external]\nskip = [\"{}\", \"{}*\"]\n",
        url("/menu"),
        url("/angle"),
        url("/sou"),
    );
    write(site.path(), "site.toml", &config);
    check(site.path(), &[]);
    let mut asked: Vec<String> = server.seen.lock().unwrap().requests.clone();
    asked.sort();
    assert_eq!(
        asked,
        [
            "HEAD /bare",
            "HEAD /canonical",
            "HEAD /menu",
            "HEAD /raw?a=1&b=2"
        ]
    );
}

#[test]
fn without_a_network_one_thing_is_said() {
    let long = "x".repeat(64);
    let links: Vec<String> = (0..40)
        .map(|n| format!("http://{n}.{long}.invalid/"))
        .collect();
    let (told, notes) = check(site(&links).path(), &[]);
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(
        notes,
        "note: no other site could be reached: 40 addresses were not asked. Is this machine online?\n"
    );
}

/// Runs gen without a proxy.
fn run(root: &Path, args: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gen"));
    for name in ["http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"] {
        command.env_remove(name);
    }
    command.args(args).current_dir(root).output().unwrap()
}

#[test]
fn pictures_are_fetched_once_and_each_failure_is_named() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let pictures: String = ["pear.png", "lost.png", "page.png"]
        .iter()
        .map(|name| {
            format!(
                "<img src=\"{}\"/>",
                server.url(&format!("/wp-content/uploads/{name}"))
            )
        })
        .collect();
    let home = server.url("");
    let export = format!(
        "<rss xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\"><channel><title>T</title><link>{home}</link><wp:base_blog_url>{home}</wp:base_blog_url><item><title>Pears</title><link>{home}/pears/</link><content:encoded><![CDATA[{pictures}<img src=\"https://elsewhere.example/x.png\"/>]]></content:encoded><wp:post_id>1</wp:post_id><wp:post_date>2015-06-07 08:09:10</wp:post_date><wp:post_name>pears</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>"
    );
    write(folder.path(), "export.xml", &export);
    let import = || {
        run(
            folder.path(),
            &["import", "export.xml", "new", "--pictures", "fetch"],
        )
    };
    let first = import();
    let told = String::from_utf8(first.stderr).unwrap();
    assert_eq!(first.status.code(), Some(1), "{told}");
    assert!(
        told.contains("/lost.png answers 404") && told.contains("/page.png: a page came"),
        "{told}"
    );
    let file = |path: &str| folder.path().join("new/content").join(path);
    assert_eq!(fs::read(file("uploads/pear.png")).unwrap(), b"fine");
    assert!(!file("uploads/lost.png").exists() && !file("uploads/page.png").exists());
    let text = fs::read_to_string(file("posts/pears.md")).unwrap();
    assert!(
        text.contains("](../uploads/pear.png)") && text.contains("https://elsewhere.example/x.png"),
        "{text}"
    );
    let second = import();
    assert_eq!(second.status.code(), Some(1));
    assert_eq!(server.requests("/wp-content/uploads/pear.png").len(), 1);
    assert_eq!(server.requests("/wp-content/uploads/lost.png").len(), 2);
    assert_eq!(fs::read_to_string(file("posts/pears.md")).unwrap(), text);
}

#[test]
fn the_pages_of_a_list_are_looked_at() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let urls = format!(
        "# Ours\n{}\n{}\n",
        server.url("/anchors"),
        server.url("/gone")
    );
    write(folder.path(), "urls.txt", &urls);
    let audit = run(folder.path(), &["audit", "urls.txt"]);
    let (out, told) = (
        String::from_utf8(audit.stdout).unwrap(),
        String::from_utf8(audit.stderr).unwrap(),
    );
    assert!(
        told.contains("/gone answers 410") && told.contains("1 page was not looked at"),
        "{told}"
    );
    assert!(
        out.contains("1 page, 0 of them articles") && out.contains("without a title"),
        "{out}"
    );
    write(folder.path(), "urls.txt", "not a url\n");
    assert_eq!(
        run(folder.path(), &["audit", "urls.txt"]).status.code(),
        Some(2)
    );
}
