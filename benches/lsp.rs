//! How long an editor waits for `gen lsp`: `cargo bench --bench lsp -- 1000 10000` edits an article of a made-up site of
//! each size twenty times and asks about it. Times run from the message to the answer, the server's pause for who types
//! on (15 ms) included. `GEN` names another program to measure.

#![expect(clippy::disallowed_methods, reason = "writes a site, and measures")]
#![expect(clippy::print_stdout, reason = "prints what it measured")]

#[expect(dead_code, reason = "nothing is parsed here")]
mod corpus;
#[path = "corpus/site.rs"]
mod made_up_site;

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use gen_site::output::json::{self, Value, json};

/// Edits, and questions of each kind.
const TIMES: usize = 20;

fn main() {
    // Cargo adds `--bench`; `cargo test` asks for nothing to be measured.
    let sizes: Vec<usize> = env::args()
        .skip(1)
        .filter_map(|argument| argument.parse().ok())
        .collect();
    if sizes.is_empty() {
        println!("usage: cargo bench --bench lsp -- ARTICLES…");
        return;
    }
    println!("articles  what                    median ms   most ms");
    for size in sizes {
        measure(size);
    }
}

fn measure(size: usize) {
    let site = tempfile::tempdir().unwrap();
    let sources = made_up_site::write(site.path(), size).unwrap();
    let folder = site.path().canonicalize().unwrap();
    let root = format!("file://{}", folder.display());
    let uri = format!("{root}/content/{}", corpus::path(size / 2));
    let text = &sources[size / 2];
    let end = text.lines().count();

    let mut server = Server::start(&folder);
    let began = Instant::now();
    server.ask(
        "initialize",
        json!({ "rootUri": root, "capabilities": {}, "initializationOptions": { "check": false } }),
    );
    server.tell("initialized", json!({}));
    let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
    server.tell("textDocument/didOpen", json!({ "textDocument": document }));
    server.ask(
        "textDocument/documentSymbol",
        json!({ "textDocument": { "uri": uri } }),
    );
    println!(
        "{size:>8}  from the start    {:>14.0}",
        began.elapsed().as_secs_f64() * 1e3
    );

    let link = "[x](nothing.md)";
    let edits = (0..TIMES).map(|time| {
        let there = json!({ "line": end, "character": 0 });
        let behind = json!({ "line": end, "character": link.len() });
        let (range, text) = match time % 2 {
            0 => (json!({ "start": there, "end": there }), link),
            _ => (json!({ "start": there, "end": behind }), ""),
        };
        let began = Instant::now();
        server.tell(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri, "version": time + 2 },
                "contentChanges": [{ "range": range, "text": text }],
            }),
        );
        server.wait(|message| message["method"] == "textDocument/publishDiagnostics");
        began.elapsed().as_secs_f64() * 1e3
    });
    let edits: Vec<f64> = edits.collect();
    report(size, "diagnostics", edits);

    let line = text
        .lines()
        .position(|line| line.contains("[another]"))
        .unwrap();
    let column = text.lines().nth(line).unwrap().find("](").unwrap() + 3;
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": column } });
    for (what, method) in [
        ("completion of a link", "textDocument/completion"),
        ("hover", "textDocument/hover"),
        ("definition", "textDocument/definition"),
        ("references", "textDocument/references"),
    ] {
        let times = (0..TIMES).map(|_| {
            let began = Instant::now();
            server.ask(method, at.clone());
            began.elapsed().as_secs_f64() * 1e3
        });
        let times: Vec<f64> = times.collect();
        report(size, what, times);
    }
}

fn report(size: usize, what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{size:>8}  {what:<22}  {median:>9.1}  {most:>8.1}");
}

/// A server that is talked with.
struct Server {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    asked: u64,
}

impl Server {
    fn start(folder: &std::path::Path) -> Server {
        let program = env::var("GEN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_gen").to_owned());
        let mut process = Command::new(program)
            .arg("lsp")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Server {
            input: process.stdin.take().unwrap(),
            output: BufReader::new(process.stdout.take().unwrap()),
            process,
            asked: 0,
        }
    }

    fn send(&mut self, message: &Value) {
        let text = json::compact(message);
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks, and waits for the answer.
    fn ask(&mut self, method: &str, params: Value) {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.wait(|message| message["id"] == id);
    }

    /// Waits for a message.
    fn wait(&mut self, is_it: impl Fn(&Value) -> bool) {
        loop {
            let mut head = String::new();
            self.output.read_line(&mut head).unwrap();
            let length = head.trim().rsplit(' ').next().unwrap().parse().unwrap();
            self.output.read_line(&mut String::new()).unwrap();
            let mut body = vec![0; length];
            self.output.read_exact(&mut body).unwrap();
            if is_it(&json::read(&body).unwrap()) {
                return;
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}
