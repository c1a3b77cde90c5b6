//! A talk with a server on standard input and output: messages of JSON-RPC go in, and what it says is shown.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use libtest_mimic::Failed;

/// Sends a server the messages, one a line, and returns what it said, one message a line. `<site>` in messages is the
/// site's folder; a line that is no object is sent as it is. Language servers get a head with each message.
pub(crate) fn run(site: &Path, args: &[&str], messages: &str) -> Result<String, Failed> {
    let site = site.canonicalize()?;
    let folder = site.to_string_lossy().into_owned();
    let has_heads = args.first() == Some(&"lsp");
    let mut sent = String::new();
    for message in messages.lines() {
        let message = message.replace("<site>", &folder);
        match has_heads && message.starts_with('{') {
            true => write!(sent, "Content-Length: {}\r\n\r\n{message}", message.len())?,
            false => sent.push_str(&(message + "\n")),
        }
    }
    let mut server = Command::new(env!("CARGO_BIN_EXE_gen"))
        .args(args)
        .current_dir(&site)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut input = server.stdin.take().ok_or("it has a standard input")?;
    // On a thread: what it says may be more than a pipe holds.
    let writer = std::thread::spawn(move || input.write_all(sent.as_bytes()));
    let run = server.wait_with_output()?;
    // A server that ends before it was told everything is seen by what it said.
    let _ = writer.join();
    let said = String::from_utf8(run.stdout)?;
    let mut shown = String::from_utf8_lossy(&run.stderr).into_owned();
    let mut rest = said.as_str();
    while let Some((head, after)) = rest.split_once("\r\n\r\n").filter(|_| has_heads) {
        let length = head.rsplit(' ').next().unwrap_or_default().parse()?;
        shown.push_str(&after[..length]);
        shown.push('\n');
        rest = &after[length..];
    }
    shown.push_str(rest);
    let version = concat!("\"version\":\"", env!("CARGO_PKG_VERSION"), "\"");
    let mut shown = shown
        .replace(&folder, "<site>")
        .replace(version, "\"version\":\"*\"");
    if let Some(code) = run.status.code().filter(|code| *code != 0) {
        writeln!(shown, "(exit status {code})")?;
    }
    Ok(shown)
}
