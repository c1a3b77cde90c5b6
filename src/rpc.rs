//! JSON-RPC 2.0, as language servers and the Model Context Protocol speak it: reads messages from a stream, one after
//! the other, and writes answers. What cannot be read is told and passed over, so that no message ends a server.
//! `lsp-server` is not used: it stops at the first message that is no JSON, and believes any length that it is told.

use std::io::{self, BufRead, Read, Write};

use crate::output::json::{self, Value, json};

/// A message is no longer than this, in bytes: four times the longest article.
const LONGEST: u64 = 64 << 20;
/// A line of a message's head is no longer than this.
const LONGEST_HEAD: u64 = 8 << 10;

/// How messages are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// By a head that tells their length: language servers.
    Heads,
    /// By line ends: the Model Context Protocol.
    Lines,
}

/// What came in.
#[derive(Clone, Debug)]
pub enum Incoming {
    /// Something that waits for an answer.
    Request(Request),
    /// Something that waits for none.
    Notification {
        /// What it is about.
        method: String,
        /// What it says.
        params: Value,
    },
    /// The answer to something that the server asked.
    Answer,
    /// No message at all, and why.
    Broken(Fault),
}

/// What waits for an answer.
#[derive(Clone, Debug)]
pub struct Request {
    /// A number or a text, of the client's choice.
    pub id: Value,
    /// What is asked.
    pub method: String,
    /// The particulars.
    pub params: Value,
}

/// Why a request has no result.
#[derive(Clone, Debug)]
pub struct Fault {
    /// One of the numbers that the protocol has.
    pub code: i32,
    /// In words.
    pub message: String,
}

impl Fault {
    /// It is no JSON.
    pub const NO_JSON: i32 = -32700;
    /// It is no request, or none at this time.
    pub const NO_REQUEST: i32 = -32600;
    /// There is no such method.
    pub const NO_METHOD: i32 = -32601;
    /// The particulars are not those of the method.
    pub const WRONG_PARAMS: i32 = -32602;
    /// The server has not been told to begin.
    pub const NOT_BEGUN: i32 = -32002;
    /// All was well with the request, and it cannot be done.
    pub const FAILED: i32 = -32803;

    /// A fault of this number.
    pub fn new(code: i32, message: impl Into<String>) -> Fault {
        Fault {
            code,
            message: message.into(),
        }
    }

    /// It cannot be done.
    pub fn failed(message: impl Into<String>) -> Fault {
        Fault::new(Fault::FAILED, message)
    }
}

impl Request {
    /// The answer to it, as a message.
    pub fn answer(&self, result: Result<Value, Fault>) -> Value {
        match result {
            Ok(result) => json!({ "jsonrpc": "2.0", "id": self.id, "result": result }),
            Err(fault) => told(&self.id, &fault),
        }
    }
}

/// What is told of a message that nobody can answer.
pub fn told(id: &Value, fault: &Fault) -> Value {
    let error = json!({ "code": fault.code, "message": fault.message });
    json!({ "jsonrpc": "2.0", "id": id, "error": error })
}

/// A message that waits for no answer.
pub fn notification(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

/// Reads the next message; none at the end of the stream.
///
/// # Errors
/// The stream cannot be read.
pub fn read(from: &mut dyn BufRead, framing: Framing) -> io::Result<Option<Incoming>> {
    let bytes = match framing {
        Framing::Heads => with_head(from)?,
        Framing::Lines => line(from)?,
    };
    Ok(bytes.map(|bytes| match bytes {
        Ok(bytes) => parse(&bytes),
        Err(fault) => Incoming::Broken(fault),
    }))
}

/// Writes a message.
///
/// # Errors
/// The stream cannot be written to.
pub fn write(to: &mut dyn Write, framing: Framing, message: &Value) -> io::Result<()> {
    let text = json::compact(message);
    match framing {
        Framing::Heads => write!(to, "Content-Length: {}\r\n\r\n{text}", text.len())?,
        Framing::Lines => writeln!(to, "{text}")?,
    }
    to.flush()
}

/// The bytes of a message, or why there are none; none at the end of the stream.
type Bytes = Option<Result<Vec<u8>, Fault>>;

fn line(from: &mut dyn BufRead) -> io::Result<Bytes> {
    loop {
        let mut bytes = Vec::new();
        from.take(LONGEST).read_until(b'\n', &mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        if !bytes.trim_ascii().is_empty() {
            return Ok(Some(Ok(bytes)));
        }
    }
}

/// Where a head is broken, what follows is read line by line until there is another one.
fn with_head(from: &mut dyn BufRead) -> io::Result<Bytes> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        from.take(LONGEST_HEAD).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        match (text.is_empty(), length) {
            (true, Some(length)) => return body(from, length),
            (true, None) => {}
            (false, _) => {
                let (name, value) = text.split_once(':').unwrap_or((text, ""));
                if name.eq_ignore_ascii_case("Content-Length") {
                    let told = value.trim().parse().ok().filter(|told| *told <= LONGEST);
                    let Some(told) = told else {
                        let message = format!("`{text}` is no length of a message");
                        return Ok(Some(Err(Fault::new(Fault::NO_REQUEST, message))));
                    };
                    length = Some(told);
                } else if !name.eq_ignore_ascii_case("Content-Type") {
                    let message = "a message begins with its Content-Length";
                    return Ok(Some(Err(Fault::new(Fault::NO_REQUEST, message))));
                }
            }
        }
    }
}

fn body(from: &mut dyn BufRead, length: u64) -> io::Result<Bytes> {
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    let is_whole = bytes.len() as u64 == length;
    Ok(is_whole.then_some(Ok(bytes)))
}

fn parse(bytes: &[u8]) -> Incoming {
    let mut message = match json::read(bytes) {
        Ok(message) => message,
        Err(why) => return Incoming::Broken(Fault::new(Fault::NO_JSON, why)),
    };
    let id = message.get("id").filter(|id| !id.is_null()).cloned();
    let method = message.get("method").and_then(Value::as_str);
    let method = method.map(str::to_owned);
    let params = message.get_mut("params").map(Value::take);
    let params = params.unwrap_or_default();
    match (id, method) {
        (Some(id), Some(method)) => Incoming::Request(Request { id, method, params }),
        (None, Some(method)) => Incoming::Notification { method, params },
        (Some(_), None) => Incoming::Answer,
        (None, None) => Incoming::Broken(Fault::new(Fault::NO_REQUEST, "this is no message")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, framing: Framing) -> Vec<String> {
        let mut from = text.as_bytes();
        let mut seen = Vec::new();
        while let Some(incoming) = read(&mut from, framing).unwrap() {
            seen.push(match incoming {
                Incoming::Request(request) => format!("{} {}", request.id, request.method),
                Incoming::Notification { method, .. } => method,
                Incoming::Answer => "answer".to_owned(),
                Incoming::Broken(fault) => fault.code.to_string(),
            });
        }
        seen
    }

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    #[test]
    fn what_is_broken_is_passed_over() {
        let good = framed(r#"{"id":"ü","method":"m"}"#);
        for (broken, seen) in [
            (framed("{"), &["-32700"][..]),
            (framed("[1]"), &["-32600"]),
            (framed("\u{0}"), &["-32700"]),
            (framed(&"[".repeat(100_000)), &["-32700"]),
            ("Content-Length: 99999999999999\r\n\r\n".into(), &["-32600"]),
            ("Content-Length: -1\r\n\r\n".into(), &["-32600"]),
            ("\r\n\r\n".into(), &[]),
            (
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n".into(),
                &["-32600", "-32600"],
            ),
            (
                framed(r#"{"id":9007199254740993,"result":null}"#),
                &["answer"],
            ),
            (framed(r#"{"method":"n"}"#), &["n"]),
        ] {
            let mut expected = seen.to_vec();
            expected.push("\"ü\" m");
            assert_eq!(all(&format!("{broken}{good}"), Framing::Heads), expected);
        }
        assert!(all("Content-Length: 100\r\n\r\n{", Framing::Heads).is_empty());
    }

    #[test]
    fn lines_are_messages() {
        let text = "\n{\"id\":1,\"method\":\"a\"}\r\n{\n{\"method\":\"b\"}";
        assert_eq!(all(text, Framing::Lines), ["1 a", "-32700", "b"]);
    }
}
