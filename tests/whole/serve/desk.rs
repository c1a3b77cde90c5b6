//! The author's desk.

use std::fs;

use super::server::{Server, site};

#[test]
fn every_page_says_what_it_is_there_for() {
    let site = site();
    fs::write(
        site.path().join("content/a/coming.md"),
        "---\ntitle: <Coming> & going\ndescription: d\ndate: 2999-01-01\n---\n\nNot yet.\n",
    )
    .unwrap();
    let server = Server::start(site.path(), &[]);
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
    let graph = page("graph");
    assert!(graph.contains("\"source\":\"a/one.md\"") && graph.contains("href=\"/_gen/\""));
    assert_eq!(server.get("/_gen/nothing").status, 404);
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
        messages.contains("<code class=\"gen-code\">link-text</code>"),
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
    for name in ["articles", "links", "drafts", "graph"] {
        let answer = server.get(&format!("/_gen/{name}"));
        assert_eq!(answer.status, 200, "{name}");
        assert!(
            answer.text().contains("as soon as the site was built once"),
            "{name}"
        );
    }
    assert!(server.get("/_gen/").text().contains("unknown-key"));
}
