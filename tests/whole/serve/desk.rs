//! The author's desk.

use std::fs;

use super::server::{Answer, Server, site};

#[test]
fn every_page_says_what_it_is_there_for() {
    let site = site();
    fs::write(
        site.path().join("content/a/coming.md"),
        "---\ntitle: <Coming> & going\ndescription: d\ndate: 2999-01-01\n---\n\nNot yet.\n",
    )
    .unwrap();
    let server = Server::start(site.path(), &["--editor", "none"]);
    let page = |name: &str| {
        let answer = server.get(&format!("/_gen/{name}"));
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(
            answer.header("content-security-policy"),
            "frame-ancestors 'none'"
        );
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        answer.text()
    };
    let articles = page("articles");
    for told in [
        "<a href=\"/a/one/\">One</a> <code>content/a/one.md</code>",
        "data-name=\"Words\">4<",
        "data-name=\"In\">1<",
        "data-name=\"Out\">1<",
        "The score is 100, less 20 for each error and 5 for each warning",
    ] {
        assert!(articles.contains(told), "{told} in {articles}");
    }
    let links = page("links");
    let (unlinked, rest) = links.split_once("These link to no other article").unwrap();
    let dead_ends = rest.split("In nobody").next().unwrap();
    assert!(unlinked.contains("content/a/one.md") && !unlinked.contains("content/a/two.md"));
    assert!(dead_ends.contains("content/a/two.md") && !dead_ends.contains("content/a/one.md"));
    let drafts = page("drafts");
    assert!(
        drafts.contains("Later <code>content/a/later.md</code>"),
        "{drafts}"
    );
    assert!(drafts.contains("&lt;Coming&gt; &amp; going") && drafts.contains("2999-01-01"));
    assert!(drafts.contains("gen serve --drafts") && drafts.contains("gen serve --future"));
    let lints = page("lints");
    assert!(
        lints.contains("id=\"dead-link\"") && lints.contains("<code>gen check --suggest</code>")
    );
    let graph = page("graph");
    assert!(graph.contains("\"source\":\"a/one.md\"") && graph.contains("href=\"/_gen/\""));
    for name in ["articles", "lints", "desk.css"] {
        let slash = server.get(&format!("/_gen/{name}/"));
        assert_eq!((slash.status, slash.text()), (200, page(name)), "{name}/");
    }
    for nothing in ["nothing", "nothing/", "articles//"] {
        assert_eq!(
            server.get(&format!("/_gen/{nothing}")).status,
            404,
            "{nothing}"
        );
    }
}

#[test]
fn what_check_says_stands_there_and_counts() {
    let site = site();
    let text =
        "---\ntitle: One\ndescription: About One.\ndate: 2026-01-01\n---\n\nSee [here](two.md).\n";
    fs::write(site.path().join("content/a/one.md"), text).unwrap();
    let server = Server::start(site.path(), &["--drafts"]);
    let messages = server.get("/_gen/").text();
    assert!(
        messages.contains(
            "<a href=\"/_gen/lints#link-text\"><code class=\"gen-code\">link-text</code></a>"
        ),
        "{messages}"
    );
    assert!(messages.contains("<mark>"), "{messages}");
    let articles = server.get("/_gen/articles").text();
    let row = articles
        .split("<tr>")
        .find(|row| row.contains("content/a/one.md"))
        .unwrap();
    let number = |name: &str| -> usize {
        let (_, rest) = row.split_once(&format!("data-name=\"{name}\">")).unwrap();
        rest.split('<').next().unwrap().parse().unwrap()
    };
    assert!(number("Messages") >= 1, "{row}");
    assert_eq!(number("Score"), 100 - 5 * number("Messages"));
    // A draft that is shown can be looked at from there.
    assert!(
        server
            .get("/_gen/drafts")
            .text()
            .contains("<a href=\"/a/later/\">Later</a>")
    );
}

#[test]
fn before_there_is_a_site_the_desk_says_so() {
    let site = site();
    fs::write(
        site.path().join("content/a/one.md"),
        "---\ntitel: One\n---\n",
    )
    .unwrap();
    let server = Server::start(site.path(), &[]);
    for name in ["articles", "suggestions", "links", "drafts", "graph"] {
        let answer = server.get(&format!("/_gen/{name}"));
        assert_eq!(answer.status, 200, "{name}");
        assert!(
            answer.text().contains("as soon as the site was built once"),
            "{name}"
        );
    }
    assert!(server.get("/_gen/").text().contains("unknown-key"));
}

/// A site whose articles name others without a link.
fn walks() -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    fs::create_dir_all(site.path().join("content/a")).unwrap();
    let write = |path: &str, text: &str| fs::write(site.path().join(path), text).unwrap();
    write(
        "site.toml",
        "title = \"Walks\"\nbase_url = \"https://example.org\"\n",
    );
    let article = |name: &str, title: &str, text: &str| {
        let text =
            format!("---\ntitle: {title}\ndescription: About it.\ntags: [rest]\n---\n{text}\n");
        write(&format!("content/a/{name}.md"), &text);
    };
    article(
        "evening-walks",
        "Evening walks",
        "An evening walk is short. Take an evening walk.",
    );
    article(
        "one",
        "One",
        "Words. Slow mornings help. And evening walks do.",
    );
    article(
        "slow",
        "Slow mornings",
        "A slow morning is a gift. A morning without haste, a slow one, is rare.",
    );
    article("two", "Two", "Words. An evening walk helps as well.");
    // Beside them, what the others name is rare.
    for number in 0..8 {
        let title = format!("Number {number}");
        article(&format!("n{number}"), &title, "Nothing of that.");
    }
    site
}

/// The value of the first hidden field of this name.
fn field(html: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let (_, rest) = html
        .split_once(&start)
        .unwrap_or_else(|| panic!("no {name} in {html}"));
    rest.split('"').next().unwrap().to_owned()
}

/// The part of a page that shows one suggestion or message.
fn part<'h>(html: &'h str, words: &str) -> &'h str {
    let mut parts = html.split("<article ");
    parts
        .find(|part| part.contains(words))
        .unwrap_or_else(|| panic!("no {words} in {html}"))
}

/// Clicks a button of the page at an address, beside these words.
fn click(server: &Server, address: &str, words: &str, what: &str) -> Answer {
    let html = server.get(address).text();
    let part = part(&html, words);
    let form = format!(
        "token={}&id={}&do={what}",
        field(part, "token"),
        field(part, "id")
    );
    let origin = format!("Origin: http://127.0.0.1:{}\r\n", server.port);
    server.post(address, &origin, &form)
}

#[test]
fn a_suggestion_is_taken_or_refused_for_good() {
    let site = walks();
    let server = Server::start(site.path(), &[]);
    let read = |path: &str| fs::read_to_string(site.path().join(path)).unwrap_or_default();
    let page = "/_gen/suggestions";
    let shown = || server.get(page).text();
    for told in [
        "Slow mornings</mark> help",
        "An <mark>evening walk</mark> helps",
        "And <mark>evening walks</mark> do",
        "Never for “Slow mornings”",
    ] {
        assert!(shown().contains(told), "{told} in {}", shown());
    }
    let taken = click(&server, page, "<mark>Slow mornings", "take");
    assert_eq!(
        (taken.status, taken.header("location")),
        (303, page),
        "{}",
        taken.text()
    );
    assert!(
        read("content/a/one.md").contains("[Slow mornings](slow.md) help. And evening walks do.")
    );
    let after = shown();
    assert!(!after.contains("<mark>Slow mornings"), "{after}");
    assert!(
        after.contains("role=\"status\"")
            && after.contains("Written into <code>content/a/one.md</code>")
    );
    // This pair, and no other.
    assert_eq!(
        click(&server, page, "An <mark>evening walk", "not-this").status,
        303
    );
    assert!(read("refused.txt").contains("\na/two.md -> a/evening-walks.md\n"));
    assert!(!shown().contains("An <mark>evening walk") && shown().contains("<mark>evening walks"));
    // These words, in any form.
    assert_eq!(
        click(&server, page, "<mark>evening walks", "never").status,
        303
    );
    assert!(
        read("refused.txt").ends_with("\nevening walks\n"),
        "{}",
        read("refused.txt")
    );
    assert!(shown().contains("Nothing is suggested."), "{}", shown());
    assert!(read("content/a/two.md").contains("\nWords. An evening walk helps as well.\n"));
}

#[test]
fn suggestions_are_asked_by_article() {
    let site = walks();
    let server = Server::start(site.path(), &[]);
    let articles = server.get("/_gen/articles").text();
    let to = "/_gen/suggestions?to=content%2Fa%2Fslow.md";
    assert!(articles.contains(&format!("href=\"{to}\"")), "{articles}");
    let shown = server.get(to).text();
    assert!(
        shown.contains("<mark>Slow mornings") && !shown.contains("<mark>evening"),
        "{shown}"
    );
    let from = server
        .get("/_gen/suggestions?from=content%2Fa%2Ftwo.md")
        .text();
    assert!(
        from.contains("<mark>evening walk</mark>") && !from.contains("<mark>Slow"),
        "{from}"
    );
    let by = server.get("/_gen/suggestions?by=from").text();
    let (one, two) = (
        by.find("content/a/one.md").unwrap(),
        by.find("content/a/two.md").unwrap(),
    );
    assert!(one < two, "{by}");
    let taken = click(&server, to, "<mark>Slow mornings", "take");
    assert_eq!((taken.status, taken.header("location")), (303, to));
    assert!(server.get(to).text().contains("Nothing is suggested."));
    assert!(
        server
            .get("/_gen/suggestions?to=no%20such")
            .text()
            .contains("Nothing is suggested.")
    );
}

#[test]
fn what_gen_can_mend_has_a_button() {
    let site = site();
    let write = |text: &str| {
        let front = "---\ntitle: One\ndescription: About One.\ndate: 2026-01-01\n---\n\n";
        fs::write(
            site.path().join("content/a/one.md"),
            format!("{front}{text}"),
        )
        .unwrap();
    };
    write(
        "See [two](https://example.org/below/a/two/) and [us](https://example.org/below/about/).\n",
    );
    let server = Server::start(site.path(), &[]);
    let read = || fs::read_to_string(site.path().join("content/a/one.md")).unwrap();
    let messages = server.get("/_gen/").text();
    assert!(
        messages.contains("-See [two](https://example.org/below/a/two/)"),
        "{messages}"
    );
    let first = part(&messages, "value=\"mend\"");
    let words = first
        .split("<mark>")
        .nth(1)
        .unwrap()
        .split("</mark>")
        .next()
        .unwrap();
    assert_eq!(
        click(&server, "/_gen/", &format!("<mark>{words}"), "mend").status,
        303
    );
    let mended = || {
        (
            read().contains("[two](two.md)"),
            read().contains("[us](../about.md)"),
        )
    };
    assert!(
        matches!(mended(), (true, false) | (false, true)),
        "{}",
        read()
    );
    let after = server.get("/_gen/").text();
    assert!(
        after.contains("Mended in <code>content/a/one.md</code>"),
        "{after}"
    );
    let form = format!("token={}&do=mend-all", field(&messages, "token"));
    assert_eq!(server.post("/_gen/", "", &form).status, 303);
    assert_eq!(mended(), (true, true), "{}", read());
    // Nothing is left to mend: the page says so, and writes nothing.
    let before = read();
    let again = server.post("/_gen/", "", &form);
    assert_eq!((again.status, read()), (409, before));
    assert!(again.text().contains("role=\"alert\""), "{}", again.text());
}

#[test]
fn only_the_desk_itself_can_change_anything() {
    let site = walks();
    let server = Server::start(site.path(), &[]);
    let read = || fs::read_to_string(site.path().join("content/a/one.md")).unwrap();
    let (before, page) = (read(), "/_gen/suggestions");
    let html = server.get(page).text();
    let (token, id) = (
        field(&html, "token"),
        field(part(&html, "<mark>Slow"), "id"),
    );
    let take = format!("id={id}&do=take");
    let own = format!("token={token}&{take}");
    let here = format!("Origin: http://127.0.0.1:{}\r\n", server.port);
    let post = |path: &str, headers: &str, form: &str| server.post(path, headers, form).status;
    for (headers, form) in [
        (&*here, &*take),
        (&here, &format!("token=&{take}")),
        (&here, &format!("token={}0&{take}", &token[1..])),
        ("Origin: http://evil.example\r\n", &own),
        ("Origin: null\r\n", &own),
        (
            &format!("Origin: http://localhost:{}\r\n", server.port),
            &own,
        ),
        (&here.replace("http:", "https:"), &own),
    ] {
        assert_eq!(post(page, headers, form), 403, "{headers} {form}");
    }
    let host = "POST /_gen/suggestions HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n";
    let request = format!("{host}Content-Length: {}\r\n\r\n{own}", own.len());
    assert_eq!(server.raw(&request).status, 403);
    // Asking changes nothing, whatever is asked.
    for method in ["GET", "HEAD"] {
        assert_eq!(
            server.ask(method, &format!("{page}?{own}"), &here).status,
            200
        );
    }
    assert_eq!(
        server.ask("PUT", page, "").header("allow"),
        "GET, HEAD, POST"
    );
    assert_eq!(post("/a/one/", &here, &own), 405);
    assert_eq!(post("/_gen/nothing", &here, &own), 404);
    assert_eq!(post(page, &here, &format!("token={token}&do=fly")), 409);
    assert_eq!(
        post(page, &here, &format!("token={token}&do=take&id=m0")),
        409
    );
    assert_eq!(
        post(page, &here, &format!("{own}&more={}", "x".repeat(70_000))),
        413
    );
    assert_eq!(read(), before);
    assert!(!site.path().join("refused.txt").exists());
    // What the file no longer says is not written.
    server.write(
        "content/a/one.md",
        &before.replace("Slow mornings", "Mornings"),
    );
    assert_eq!(post(page, &here, &own), 409);
    server.write("content/a/one.md", &before);
    assert_eq!(post(page, &here, &own), 303);
    assert!(read().contains("[Slow mornings](slow.md)"));
}

#[test]
#[cfg(unix)]
fn files_open_in_the_editor() {
    let site = walks();
    let root = site.path().canonicalize().unwrap();
    let server = Server::start(site.path(), &["--editor", "code"]);
    let href = format!(
        "href=\"vscode://file{}/content/a/one.md:1:1\"",
        root.display()
    );
    assert!(server.get("/_gen/articles").text().contains(&href));
    assert!(server.get("/a/one/").text().contains("vscode://file"));
    drop(server);
    // A command: only the desk can start it, and only for files of the site.
    let opened = root.join("opened");
    let script = root.join("editor.sh");
    fs::write(
        &script,
        format!("#!/bin/sh\necho \"$@\" >>{}\n", opened.display()),
    )
    .unwrap();
    let editor = format!("sh {} +{{line}} {{file}}", script.display());
    let server = Server::start(site.path(), &["--editor", &editor]);
    assert!(
        !server
            .get("/a/one/")
            .text()
            .contains(&server_token(&server))
    );
    let open = |path: &str| {
        let form = format!("token={}&do=open&line=7&path={path}", server_token(&server));
        server.post("/_gen/articles", "", &form).status
    };
    for outside in ["%2Fetc%2Fpasswd", "..%2Fx", "content%2Fnone.md", "content"] {
        assert_eq!(open(outside), 409, "{outside}");
    }
    assert_eq!(open("content%2Fa%2Fone.md"), 303);
    let wanted = format!("+7 {}/content/a/one.md\n", root.display());
    let end = std::time::Instant::now() + super::server::PATIENCE;
    while fs::read_to_string(&opened).unwrap_or_default() != wanted {
        assert!(std::time::Instant::now() < end, "the editor is not started");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[cfg(unix)]
fn server_token(server: &Server) -> String {
    field(&server.get("/_gen/articles").text(), "token")
}
