//! A running `gen serve` with a small site, and a client that speaks as much HTTP as is needed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// On a loaded machine everything may take long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A site of two articles that link to each other, a page, a picture's worth of bytes and a stylesheet.
pub(crate) fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "site.toml",
        "title = \"Small\"\nbase_url = \"https://example.org/below/\"\n[headers]\nmeta = true\n",
    );
    let front = |title: &str| {
        format!("---\ntitle: {title}\ndescription: About {title}.\ndate: 2026-01-01\n---\n\n")
    };
    write(
        "content/a/one.md",
        &format!("{}One links to [two](two.md).\n", front("One")),
    );
    write(
        "content/a/two.md",
        &format!("{}Two stands alone.\n", front("Two")),
    );
    write(
        "content/a/later.md",
        "---\ntitle: Later\ndescription: d\ndraft: true\n---\n\nNot yet.\n",
    );
    write(
        "content/about.md",
        "---\ntitle: About\ndescription: d\n---\n\nAbout us.\n",
    );
    write("content/data.bin", "0123456789");
    write("content/own.css", "p { color: red }\n");
    write("content/words.txt", &"the same words again\n".repeat(200));
    site
}

/// A running server; killed when it is dropped.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) port: u16,
    pub(crate) root: PathBuf,
    lines: Receiver<String>,
    seen: Vec<String>,
}

impl Server {
    /// Serves the site, and waits until it is ready.
    pub(crate) fn start(root: &Path, more: &[&str]) -> Server {
        let program = std::env::var_os("GEN");
        let mut child = Command::new(program.unwrap_or_else(|| env!("CARGO_BIN_EXE_gen").into()))
            .arg("serve")
            .args(["--root", root.to_str().unwrap()])
            .args(if more.contains(&"--port") {
                &[][..]
            } else {
                &["--port", "0"]
            })
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = mpsc::channel();
        let streams: [Box<dyn Read + Send>; 2] = [
            Box::new(child.stdout.take().unwrap()),
            Box::new(child.stderr.take().unwrap()),
        ];
        for stream in streams {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        return;
                    }
                }
            });
        }
        let mut server = Server {
            child,
            port: 0,
            root: root.canonicalize().unwrap(),
            lines,
            seen: Vec::new(),
        };
        let address = server.line("the site");
        let port = address.split(['/', ':']).find_map(|part| part.parse().ok());
        server.port = port.unwrap();
        server.line("Ctrl-C stops");
        server
    }

    /// Waits for a line that holds these words.
    pub(crate) fn line(&mut self, words: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            match self
                .lines
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok(line) => {
                    self.seen.push(line.clone());
                    if line.contains(words) {
                        return line;
                    }
                }
                Err(error) => panic!("no line with `{words}` ({error}) in {:#?}", self.seen),
            }
        }
    }

    /// Whether these words were said so far.
    pub(crate) fn seen(&self, words: &str) -> bool {
        self.seen.iter().any(|line| line.contains(words))
    }

    /// Writes a file of the site.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Sends a request's text, and reads the answer to its end.
    pub(crate) fn raw(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Answer::read(&bytes)
    }

    /// Asks for a path, with more headers, each with its line end.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let host = format!("127.0.0.1:{}", self.port);
        self.raw(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"
        ))
    }

    /// Sends a form, with more headers, each with its line end.
    pub(crate) fn post(&self, path: &str, headers: &str, form: &str) -> Answer {
        let (host, length) = (format!("127.0.0.1:{}", self.port), form.len());
        self.raw(&format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{form}"
        ))
    }

    /// Asks for a path.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// Listens to what a page at this address would hear, that shows what is there now.
    pub(crate) fn listen(&self, path: &str) -> Events {
        let etag = self.get(path).header("etag").trim_matches('"').to_owned();
        self.listen_with(path, &etag)
    }

    pub(crate) fn listen_with(&self, path: &str, etag: &str) -> Events {
        let mut stream = self.connect();
        let query = format!("page={path}&etag={etag}");
        let request = format!("GET /_gen/events?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut lines = BufReader::new(stream);
        let mut line = String::new();
        // The first thing that is told says that nothing after it is missed.
        while !line.starts_with("retry:") {
            line.clear();
            assert!(lines.read_line(&mut line).unwrap() > 0, "the events ended");
        }
        Events { lines }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn read(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no head in {:?}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        };
        Answer {
            status: status.parse().unwrap(),
            headers: lines.map(header).collect(),
            body: bytes[end + 4..].to_vec(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// What a page hears.
pub(crate) struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// Waits for the next event of this name, and gives its data.
    pub(crate) fn next(&mut self, name: &str) -> String {
        loop {
            let (found, data) = self.every();
            if found == name {
                return data;
            }
        }
    }

    /// Waits for the next event that says what a build changed.
    pub(crate) fn any(&mut self) -> (String, String) {
        loop {
            let event = self.every();
            if event.0 != "built" {
                return event;
            }
        }
    }

    fn every(&mut self) -> (String, String) {
        let mut name = String::new();
        loop {
            let mut line = String::new();
            assert!(
                self.lines.read_line(&mut line).unwrap() > 0,
                "the events ended"
            );
            if let Some(found) = line.strip_prefix("event: ") {
                name = found.trim().to_owned();
            } else if let Some(data) = line.strip_prefix("data: ") {
                return (name, data.trim().to_owned());
            }
        }
    }
}
