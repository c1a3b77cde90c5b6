//! What a static host does with a path, and what a server on an author's machine must not do.

use std::fs;

use super::server::{Server, site};

#[test]
fn paths_mean_what_they_mean_on_a_static_host() {
    let site = site();
    let server = Server::start(site.path(), &[]);
    let page = server.get("/a/one/");
    assert_eq!(
        (page.status, page.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    assert!(page.text().contains("One links to"), "{}", page.text());
    // The site's own address has a path; here it stands at the root.
    assert!(page.text().contains("href=\"/a/two/\""));
    let moved = server.get("/a/one?x=1");
    assert_eq!(
        (moved.status, moved.header("location")),
        (301, "/a/one/?x=1")
    );
    assert_eq!(server.get("/_gen").header("location"), "/_gen/");
    let missing = server.get("/nothing/");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("</html>"), "the site's 404 page");
    for (path, kind) in [
        ("/feed.xml", "application/xml"),
        ("/feed.json", "application/json"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/own.css", "text/css; charset=utf-8"),
        ("/data.bin", "application/octet-stream"),
    ] {
        let answer = server.get(path);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, kind),
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    // A file is no folder, and a folder without a page is nothing.
    for path in ["/data.bin/", "/assets/", "/a/one/index.html/", "/a/later/"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    assert_eq!(server.get("/a/one/index.html").status, 200);
}

#[test]
fn no_path_leaves_the_site() {
    let site = site();
    fs::write(site.path().join("secret.txt"), "secret").unwrap();
    let server = Server::start(site.path(), &[]);
    let served = site.path().join(".gen/serve");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(site.path().join("secret.txt"), served.join("link.txt"))
            .unwrap();
        std::os::unix::fs::symlink(site.path(), served.join("link")).unwrap();
    }
    assert!(!served.join(".gen-manifest").exists());
    for path in [
        "/../../secret.txt",
        "/a/../../../secret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "/..%2f..%2fsecret.txt",
        "/..%5c..%5csecret.txt",
        "/%2e%2e%2f%2e%2e%2fsecret.txt",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/data.bin%00.html",
        "/%00",
        "/link.txt",
        "/link/secret.txt",
        "/.gen-manifest",
        "/%2egen-manifest",
        "/_gen/../../secret.txt",
        "/_gen/..%2f..%2fsecret.txt",
        "/%zz",
        "/%",
        "/%ff%fe",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        assert!(
            !answer.text().contains("secret\n") && answer.text() != "secret",
            "{path}"
        );
    }
    let long = format!("/{}", "a/".repeat(8000));
    assert!(
        matches!(server.get(&long).status, 404 | 414 | 431),
        "a long path"
    );
}

#[test]
fn only_reading_is_answered_and_only_for_this_machine() {
    let site = site();
    let server = Server::start(site.path(), &[]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let answer = server.ask(method, "/", "Content-Length: 0\r\n");
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, "GET, HEAD"),
            "{method}"
        );
    }
    let whole = server.get("/data.bin");
    let head = server.ask("HEAD", "/data.bin", "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), "10");
    assert_eq!(whole.body, b"0123456789");
    let asked = |host: &str| {
        server.raw(&format!(
            "GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n"
        ))
    };
    for good in [
        "localhost",
        "LOCALHOST:1",
        "127.0.0.1",
        "[::1]:1111",
        "x.localhost",
    ] {
        assert_eq!(asked(&format!("Host: {good}\r\n")).status, 200, "{good}");
    }
    for bad in [
        "Host: evil.example\r\n",
        "Host: 192.168.1.5\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: \r\n",
        "",
    ] {
        let answer = asked(bad);
        assert!(
            matches!(answer.status, 400 | 403),
            "{bad:?}: {}",
            answer.status
        );
        assert!(!answer.text().contains("<html"), "{bad:?}");
    }
    assert!(
        asked("Host: evil.example\r\n")
            .text()
            .contains("does not answer for the host `evil.example`")
    );
    let proxied = server
        .raw("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!(proxied.status, 403);
}

#[test]
fn parts_tags_and_compression() {
    let site = site();
    let server = Server::start(site.path(), &[]);
    let part = |range: &str| server.ask("GET", "/data.bin", &format!("Range: {range}\r\n"));
    let middle = part("bytes=2-4");
    assert_eq!(
        (middle.status, middle.header("content-range")),
        (206, "bytes 2-4/10")
    );
    assert_eq!(
        (middle.text().as_str(), middle.header("content-length")),
        ("234", "3")
    );
    assert_eq!(part("bytes=-3").text(), "789");
    let beyond = part("bytes=10-");
    assert_eq!(
        (beyond.status, beyond.header("content-range")),
        (416, "bytes */10")
    );
    assert_eq!(part("bytes=0-1,4-5").status, 200);

    for path in ["/data.bin", "/words.txt", "/a/one/", "/_gen/"] {
        let etag = server.get(path).header("etag").to_owned();
        let again = server.ask("GET", path, &format!("If-None-Match: {etag}\r\n"));
        assert_eq!((again.status, again.body.len()), (304, 0), "{path} {etag}");
        let other = server.ask("GET", path, "If-None-Match: \"x\"\r\n");
        assert_eq!(other.status, 200);
    }

    let plain = server.get("/words.txt");
    let zipped = server.ask("GET", "/words.txt", "Accept-Encoding: gzip, br\r\n");
    assert_eq!(zipped.header("content-encoding"), "gzip");
    assert_eq!(zipped.header("vary"), "Accept-Encoding");
    assert!(zipped.body.len() * 4 < plain.body.len());
    let mut text = String::new();
    let mut reader = flate2::read::GzDecoder::new(&zipped.body[..]);
    std::io::Read::read_to_string(&mut reader, &mut text).unwrap();
    assert_eq!(text, plain.text());
    let tag = zipped.header("etag").to_owned();
    let again = server.ask(
        "GET",
        "/words.txt",
        &format!("Accept-Encoding: gzip\r\nIf-None-Match: {tag}\r\n"),
    );
    assert_eq!(again.status, 304);
    let picture = server.ask("GET", "/data.bin", "Accept-Encoding: gzip\r\n");
    assert_eq!(picture.header("content-encoding"), "");
}

#[test]
fn what_is_put_into_pages_is_not_in_the_site() {
    let site = site();
    let server = Server::start(site.path(), &[]);
    let page = server.get("/a/two/").text();
    assert!(page.contains("/_gen/live.js"));
    for told in [
        "&quot;edit&quot;:&quot;content/a/two.md&quot;",
        "&quot;words&quot;:3",
        "&quot;from&quot;:1",
        "[&quot;One&quot;,&quot;/a/one/&quot;]",
    ] {
        assert!(page.contains(told), "{told} in {page}");
    }
    // The theme's policy stands in the page, and lets the script run.
    assert!(page.contains("http-equiv=\"Content-Security-Policy\""));
    assert!(
        page.contains("script-src &#39;self&#39;") || page.contains("script-src 'self'"),
        "{page}"
    );
    for (path, kind) in [
        ("/_gen/live.js", "text/javascript; charset=utf-8"),
        ("/_gen/desk.css", "text/css; charset=utf-8"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, kind));
    }
    let mut folders = vec![site.path().join(".gen/serve")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            assert!(!text.contains("_gen/"), "{}", path.display());
            files += 1;
        }
    }
    assert!(files > 10);
}

#[test]
fn the_policy_of_headers_is_sent_with_each_page() {
    let site = site();
    let config =
        "title = \"Small\"\nbase_url = \"https://example.org/below/\"\n[headers]\nfile = true\n";
    fs::write(site.path().join("site.toml"), config).unwrap();
    let server = Server::start(site.path(), &[]);
    for path in ["/a/one/", "/gone/"] {
        let policy = server
            .get(path)
            .header("content-security-policy")
            .to_owned();
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        // The script of the bar may run, and listen.
        assert!(policy.contains("script-src 'self'"), "{policy}");
        assert!(policy.contains("connect-src 'self'"), "{policy}");
    }
    assert_eq!(server.get("/own.css").header("content-security-policy"), "");
}
