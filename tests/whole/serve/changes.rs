//! What happens when the author saves, moves, removes, breaks and mends.

use std::fs;

use super::server::{Server, site};

const FRONT: &str = "---\ntitle: One\ndescription: About One.\ndate: 2026-01-01\n---\n\n";

#[test]
fn a_saved_article_is_told_to_the_page_that_shows_it() {
    let site = site();
    let mut server = Server::start(site.path(), &[]);
    let mut events = server.listen("/a/one/");
    server.write(
        "content/a/one.md",
        &format!("{FRONT}One is [changed](two.md).\n"),
    );
    assert!(events.next("page").contains("\"/a/one/\""));
    assert!(server.get("/a/one/").text().contains("One is <a"));
    let line = server.line("→");
    assert!(
        line.contains("content/a/one.md →") && line.contains("page"),
        "{line}"
    );
}

#[test]
fn a_page_hears_at_once_of_what_it_missed() {
    let site = site();
    let server = Server::start(site.path(), &[]);
    assert_eq!(
        server.listen_with("/a/one/", "old").any(),
        ("page".into(), "{\"all\":true}".into())
    );
    // One that shows what is there hears of the next change first.
    let mut events = server.listen("/a/one/");
    server.write("content/own.css", "p { color: blue }\n");
    assert_eq!(events.any().0, "css");
}

#[test]
fn stylesheets_are_swapped_without_the_page() {
    let site = site();
    let theme = site.path().join("themes/mine");
    fs::create_dir_all(theme.join("assets")).unwrap();
    fs::write(theme.join("theme.toml"), "extends = \"default\"\n").unwrap();
    fs::write(theme.join("assets/style.css"), "p { color: green }\n").unwrap();
    let toml = fs::read_to_string(site.path().join("site.toml")).unwrap();
    fs::write(
        site.path().join("site.toml"),
        format!("theme = \"mine\"\n{toml}"),
    )
    .unwrap();
    let server = Server::start(site.path(), &[]);
    let mut events = server.listen("/");
    server.write("content/own.css", "p { color: blue }\n");
    assert_eq!(
        events.any(),
        (
            "css".into(),
            "{\"swap\":[[\"/own.css\",\"/own.css\"]]}".into()
        )
    );
    // A theme's stylesheet has its bytes in its name.
    let before = stylesheet(&server);
    server.write("themes/mine/assets/style.css", "p { color: navy }\n");
    let (name, data) = events.any();
    let now = stylesheet(&server);
    assert_ne!(before, now);
    assert_eq!(
        (name, data),
        (
            "css".into(),
            format!("{{\"swap\":[[\"{before}\",\"{now}\"]]}}")
        )
    );
    // With a template it is the page.
    server.write("themes/mine/templates/404.html", "<p>nothing</p>");
    server.write("themes/mine/assets/style.css", "p { color: black }\n");
    assert!(events.next("page").contains("/404.html"));
}

fn stylesheet(server: &Server) -> String {
    let page = server.get("/").text();
    let (before, rest) = page.split_once(".css\"").unwrap();
    assert!(!rest.is_empty());
    format!("{}.css", before.rsplit('"').next().unwrap())
}

#[test]
fn removed_renamed_and_new_files_count() {
    let site = site();
    let server = Server::start(site.path(), &[]);
    let root = site.path();
    let mut events = server.listen("/");
    fs::rename(root.join("content/about.md"), root.join("content/us.md")).unwrap();
    assert!(events.next("page").contains("/us/"));
    assert_eq!(
        (server.get("/about/").status, server.get("/us/").status),
        (404, 200)
    );
    fs::remove_file(root.join("content/us.md")).unwrap();
    assert!(events.next("page").contains("/us/"));
    assert_eq!(server.get("/us/").status, 404);
    // A new folder, and a file in it.
    server.write(
        "content/new/deep/page.md",
        "---\ntitle: Deep\ndescription: d\n---\n\nDeep.\n",
    );
    while server.get("/new/deep/page/").status != 200 {
        events.next("page");
    }
    // The whole of content/ goes and comes back.
    fs::rename(root.join("content"), root.join("elsewhere")).unwrap();
    assert!(events.next("errors").contains("there is no folder"));
    fs::rename(root.join("elsewhere"), root.join("content")).unwrap();
    assert_eq!(events.next("errors"), "{\"html\":\"\"}");
    server.write(
        "content/a/one.md",
        &format!("{FRONT}After all, [two](two.md).\n"),
    );
    assert!(events.next("page").contains("/a/one/"));
}

#[test]
fn files_that_pages_show_count() {
    let site = site();
    let parts = site.path().join("parts/deep");
    fs::create_dir_all(&parts).unwrap();
    fs::write(parts.join("x.md"), "First words.\n").unwrap();
    let page = format!("{FRONT}{{{{< include \"parts/deep/x.md\" >}}}}\n");
    fs::write(site.path().join("content/a/one.md"), page).unwrap();
    let server = Server::start(site.path(), &[]);
    let mut events = server.listen("/");
    assert!(server.get("/a/one/").text().contains("First words."));
    server.write("parts/deep/x.md", "Other words.\n");
    assert!(events.next("page").contains("/a/one/"));
    assert!(server.get("/a/one/").text().contains("Other words."));
    // It goes with its folders, and comes back.
    fs::remove_dir_all(site.path().join("parts")).unwrap();
    assert!(events.next("errors").contains("parts/deep/x.md"));
    fs::create_dir_all(&parts).unwrap();
    server.write("parts/deep/x.md", "Third words.\n");
    while !server.get("/a/one/").text().contains("Third words.") {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn site_toml_counts() {
    let site = site();
    let server = Server::start(site.path(), &[]);
    let mut events = server.listen("/");
    let toml = fs::read_to_string(site.path().join("site.toml")).unwrap();
    // As many editors save: a new file takes the place of the old one.
    server.write("site.toml.new", &toml.replace("Small", "Smaller"));
    fs::rename(
        site.path().join("site.toml.new"),
        site.path().join("site.toml"),
    )
    .unwrap();
    events.next("page");
    assert!(server.get("/").text().contains("Smaller"));
}

#[test]
fn many_files_are_one_change() {
    let site = site();
    let mut server = Server::start(site.path(), &[]);
    for number in 0..40 {
        let text = format!(
            "---\ntitle: N{number}\ndescription: d\ndate: 2026-02-01\n---\n\nText {number}.\n"
        );
        server.write(&format!("content/many/n{number}.md"), &text);
    }
    server.write(
        "content/many/last.md",
        "---\ntitle: Last\ndescription: d\n---\n\nLast.\n",
    );
    let mut lines = 1;
    while server.get("/many/last/").status != 200 {
        server.line("→");
        lines += 1;
    }
    assert!(lines <= 4, "{lines} builds");
    assert_eq!(server.get("/many/n39/").status, 200);
}

#[test]
fn what_editors_leave_is_no_change() {
    let site = site();
    let mut server = Server::start(site.path(), &[]);
    for name in [
        ".#one.md",
        "one.md~",
        ".one.md.swp",
        "4913",
        "#one.md#",
        ".goutputstream-X",
        "one.md___jb_tmp___",
    ] {
        server.write(&format!("content/a/{name}"), "x");
        fs::remove_file(site.path().join("content/a").join(name)).unwrap();
    }
    for other in ["public/index.html", "notes.txt", ".git/index"] {
        server.write(other, "x");
    }
    server.write(
        "content/a/one.md",
        &format!("{FRONT}The first real change, [two](two.md).\n"),
    );
    let line = server.line("→");
    assert!(line.contains(" content/a/one.md →"), "{line}");
}

#[test]
fn a_mistake_keeps_the_last_good_site_and_is_shown() {
    let site = site();
    let mut server = Server::start(site.path(), &[]);
    let mut events = server.listen("/a/one/");
    let good = server.get("/a/one/").text();
    server.write(
        "content/a/one.md",
        &format!("{FRONT}A [link](nope<b>&amp;.md).\n<i>x</i>\n"),
    );
    let data = events.next("errors");
    for told in ["dead-link", "content/a/one.md", "line 7", "nope&lt;b&gt;"] {
        assert!(data.contains(told), "{told} in {data}");
    }
    assert!(!data.contains("nope<b>"), "{data}");
    server.line("1 error: the last good site stays.");
    assert!(server.get("/a/one/").text().contains("One links to"));
    assert_eq!(body(&server.get("/a/one/").text()), body(&good));
    // Who comes later hears of it too, and the desk says it.
    assert!(
        server
            .listen("/a/one/")
            .next("errors")
            .contains("dead-link")
    );
    let desk = server.get("/_gen/").text();
    assert!(
        desk.contains("dead-link") && desk.contains("nope&lt;b&gt;"),
        "{desk}"
    );
    // A mistake in a template, and in site.toml.
    server.write("themes/default/templates/article.html", "{% if %}");
    assert!(
        events
            .next("errors")
            .contains("themes/default/templates/article.html")
    );
    fs::remove_dir_all(site.path().join("themes")).unwrap();
    server.write(
        "content/a/one.md",
        &format!("{FRONT}Mended, [two](two.md).\n"),
    );
    while events.next("errors") != "{\"html\":\"\"}" {}
    events.next("page");
    assert!(server.get("/a/one/").text().contains("Mended"));
}

/// A page without what is told of the site.
fn body(page: &str) -> &str {
    page.split("<script src=\"/_gen").next().unwrap()
}

#[test]
fn a_site_that_was_never_built_shows_what_is_wrong() {
    let site = site();
    let broken = "---\ntitel: <One>\n---\n";
    fs::write(site.path().join("content/a/one.md"), broken).unwrap();
    let server = Server::start(site.path(), &[]);
    let page = server.get("/");
    assert_eq!(page.status, 500);
    assert!(
        page.text().contains("titel: &lt;One&gt;"),
        "{}",
        page.text()
    );
    let told = page.text();
    let (_, rest) = told.split_once("&quot;etag&quot;:&quot;").unwrap();
    let mut events = server.listen_with("/404.html", rest.split('&').next().unwrap());
    // It is not told to load again what it shows.
    let (name, data) = events.any();
    assert!(
        name == "errors" && data.contains("unknown-key"),
        "{name} {data}"
    );
    server.write("content/a/one.md", &format!("{FRONT}Mended.\n"));
    assert_eq!(events.any(), ("errors".into(), "{\"html\":\"\"}".into()));
    events.next("page");
    events.next("built");
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn drafts_are_shown_where_they_are_asked_for() {
    let site = site();
    let server = Server::start(site.path(), &["--drafts"]);
    let page = server.get("/a/later/");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("&quot;draft&quot;:true"));
}
