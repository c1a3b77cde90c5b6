//! How a run begins and ends: ports, Ctrl-C, what it leaves alone.

use std::collections::BTreeMap;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::server::{Server, site};

#[test]
fn a_taken_port_gives_way_to_the_next() {
    let site = site();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut server = Server::start(site.path(), &["--port", &port.to_string()]);
    assert!(
        server.port > port && server.port <= port + 20,
        "{port} {}",
        server.port
    );
    assert_eq!(server.get("/").status, 200);
    assert!(server.seen(&format!("Port {port} is taken; this is {}.", server.port)));
    server.write(
        "content/a/new.md",
        "---\ntitle: New\ndescription: d\n---\n\nNew.\n",
    );
    server.line("→");
}

#[test]
fn a_site_is_served_once() {
    let site = site();
    let server = Server::start(site.path(), &[]);
    let second = gen_serve(site.path(), &["--port", "0"]);
    assert_eq!(second.0, Some(2));
    let wanted = format!(
        "another gen serves this site already, at http://127.0.0.1:{}/",
        server.port
    );
    assert!(second.1.contains(&wanted), "{}", second.1);
}

#[test]
fn what_cannot_be_served_is_refused() {
    let site = site();
    let (status, said) = gen_serve(site.path(), &["--host", "no.such.host.invalid"]);
    assert_eq!(status, Some(2));
    assert!(
        said.contains("gen cannot listen on no.such.host.invalid"),
        "{said}"
    );
    fs::remove_dir_all(site.path().join("content")).unwrap();
    let (status, said) = gen_serve(site.path(), &["--port", "0"]);
    assert_eq!(status, Some(2));
    assert!(said.contains("there is no folder"), "{said}");
}

fn gen_serve(root: &Path, more: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_gen"))
        .args(["serve", "--root", root.to_str().unwrap()])
        .args(more)
        .output()
        .unwrap();
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn the_published_site_is_untouched_and_builds_go_on() {
    let site = site();
    let build = || {
        let output = Command::new(env!("CARGO_BIN_EXE_gen"))
            .args([
                "build",
                "--date",
                "2026-11-23",
                "--root",
                site.path().to_str().unwrap(),
            ])
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        files(&site.path().join("public"))
    };
    let before = build();
    let server = Server::start(site.path(), &[]);
    assert_eq!(files(&site.path().join("public")), before);
    // Built beside each other, neither disturbs the other, nor what the other keeps.
    assert_eq!(build(), before);
    let mut events = server.listen("/a/one/");
    server.write(
        "content/a/one.md",
        "---\ntitle: One\ndescription: d\n---\n\nNew, [two](two.md).\n",
    );
    events.next("page");
    assert_eq!(files(&site.path().join("public")), before);
    let after = build();
    assert!(after != before && after.keys().eq(before.keys()));
    assert!(
        !after
            .keys()
            .any(|name| name.contains(".gen/") || name.contains("_gen"))
    );
    assert!(server.get("/a/one/").text().contains("New,"));
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_it_and_deletes_nothing() {
    let site = site();
    let mut server = Server::start(site.path(), &[]);
    let _open = server.listen("/");
    let before = files(site.path());
    let sent = Command::new("kill")
        .args(["-INT", &server.child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
    assert_eq!(files(site.path()), before);
    // And the next one can begin.
    let again = Server::start(site.path(), &[]);
    assert_eq!(again.get("/a/one/").status, 200);
}

#[test]
fn connections_that_ask_for_nothing_keep_nobody_out() {
    let site = site();
    let server = Server::start(site.path(), &[]);
    // More than are open at once.
    let silent: Vec<TcpStream> = (0..400)
        .map(|_| TcpStream::connect(("127.0.0.1", server.port)).unwrap())
        .collect();
    let begun = Instant::now();
    assert_eq!(server.get("/a/one/").status, 200);
    // After half a minute they would be let go anyway.
    assert!(begun.elapsed() < Duration::from_secs(20));
    drop(silent);
}

/// Every file below a folder, but for what `gen` keeps for itself in `.gen/`.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let name = path.strip_prefix(root).unwrap().display().to_string();
                    all.insert(name, fs::read(&path).unwrap());
                }
            }
        }
    }
    all
}
