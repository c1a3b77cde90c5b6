//! `gen mcp`: the Model Context Protocol on standard input and output, for agents that help to write. Each tool is one
//! command of this program, run as anybody would run it: it can do nothing else, and says what the command says.

use std::io::{BufRead, BufReader, Write, stdin, stdout};
use std::path::Path;
use std::process::{Command, Stdio};

use gen_site::error::Error;
use gen_site::output::json::{Value, json};
use gen_site::rpc::{self, Fault, Framing, Incoming};
use gen_site::scan;

use super::Outcome;

/// Let an agent work on the site: list, read, check, explain, suggest, start and move articles
#[derive(clap::Args)]
#[command(
    after_help = "The agent starts this command itself: docs/editors.md says how to set it up. It speaks the Model Context\nProtocol on standard input and output. Each tool is a command of gen, and none writes outside of the site."
)]
pub(super) struct Args {}

/// The protocol's versions, the newest first.
const VERSIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];

/// An answer is about so long at most, in bytes: an agent keeps what it reads in mind, and pays for it.
const LONGEST: usize = 100_000;

/// What an agent is told when it begins.
const ABOUT: &str = "This is a site of linked articles, made with gen. Articles are Markdown files below content/. \
    After you changed one, call check: it says what a build would say. Never rename a file yourself: move does it, and \
    mends every link.";

/// A tool: a command, and how its flags are made.
struct Tool {
    name: &'static str,
    about: &'static str,
    /// Nothing is written.
    reads_only: bool,
    fields: &'static [Field],
    /// The command's words before all flags; empty where the tool reads a file.
    command: &'static [&'static str],
}

/// Something that a tool takes.
struct Field {
    name: &'static str,
    about: &'static str,
    kind: Kind,
    is_required: bool,
}

/// What it is, and how the command line has it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A text in its place behind all flags.
    Place,
    /// `--name=text`.
    Flag,
    /// `--name`, where it is true.
    Switch,
}

const fn field(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field {
        name,
        about,
        kind,
        is_required: false,
    }
}

const fn needed(name: &'static str, about: &'static str) -> Field {
    Field {
        is_required: true,
        ..field(name, Kind::Place, about)
    }
}

const TOOLS: &[Tool] = &[
    Tool {
        name: "list",
        about: "List the articles of the site with titles, dates, tags and states, the newest first.",
        reads_only: true,
        fields: &[
            field(
                "section",
                Kind::Flag,
                "Only those in this folder of content/ and below.",
            ),
            field("tag", Kind::Flag, "Only those with this tag."),
            field("drafts", Kind::Switch, "Only drafts."),
            field(
                "orphans",
                Kind::Switch,
                "Only those that no text, guide or menu leads to.",
            ),
        ],
        command: &["list", "--format=json"],
    },
    Tool {
        name: "read",
        about: "Read an article, or another text of the site, as it is written.",
        reads_only: true,
        fields: &[needed(
            "path",
            "Its path from the site's folder, such as content/letting-go/let-go.md.",
        )],
        command: &[],
    },
    Tool {
        name: "check",
        about: "Check the site: everything that a build would say, and what could be better.",
        reads_only: true,
        fields: &[
            field(
                "only",
                Kind::Flag,
                "Only these lints, by their codes, with commas between them.",
            ),
            field("skip", Kind::Flag, "All lints but these."),
        ],
        command: &["check", "--format=json"],
    },
    Tool {
        name: "explain",
        about: "Explain an article's place in the site: what is read after it and why, which articles list it, how readers get there.",
        reads_only: true,
        fields: &[needed(
            "article",
            "Its path in content/, its file's name or its slug.",
        )],
        command: &["explain", "--format=json"],
    },
    Tool {
        name: "suggest",
        about: "Suggest words in articles that could link to articles with few links.",
        reads_only: true,
        fields: &[
            field("article", Kind::Flag, "Only links to this article."),
            field(
                "from",
                Kind::Flag,
                "Only links that would stand in this article.",
            ),
            field("all", Kind::Switch, "Those of little worth, too."),
        ],
        command: &["check", "--format=json"],
    },
    Tool {
        name: "new",
        about: "Start a new article, as a draft.",
        reads_only: false,
        fields: &[
            needed("title", "Its title."),
            field(
                "section",
                Kind::Flag,
                "The folder in content/ that it belongs into.",
            ),
            field("guide", Kind::Flag, "Make it the last step of this guide."),
        ],
        command: &["new", "--draft"],
    },
    Tool {
        name: "move",
        about: "Move an article or a folder, and mend every link to it.",
        reads_only: false,
        fields: &[
            needed("old", "Its path in content/, or its name."),
            needed("new", "Its new path, or a folder to put it into."),
            field("dry-run", Kind::Switch, "Only show what would change."),
        ],
        command: &["mv"],
    },
];

pub(super) fn run(root: &Path) -> Result<Outcome, Error> {
    let mut input = BufReader::new(stdin());
    serve(root, &mut input, &mut stdout())?;
    Ok(Outcome::Clean)
}

fn serve(root: &Path, input: &mut dyn BufRead, output: &mut dyn Write) -> Result<(), Error> {
    let io = |error| Error::io("could not speak on", "standard output".as_ref())(error);
    // A stream that fails has ended.
    while let Ok(Some(message)) = rpc::read(input, Framing::Lines) {
        let answer = match message {
            Incoming::Request(mut request) => {
                let params = request.params.take();
                let result = answer(root, &request.method, &params);
                Some(request.answer(result))
            }
            Incoming::Broken(fault) => Some(rpc::told(&Value::Null, &fault)),
            Incoming::Notification { .. } | Incoming::Answer => None,
        };
        if let Some(answer) = answer {
            rpc::write(output, Framing::Lines, &answer).map_err(io)?;
        }
    }
    Ok(())
}

/// Answers a request.
fn answer(root: &Path, method: &str, params: &Value) -> Result<Value, Fault> {
    match method {
        "initialize" => Ok(hello(params)),
        "ping" => Ok(json!({})),
        "tools/list" => Ok(json!({ "tools": TOOLS.iter().map(told).collect::<Vec<Value>>() })),
        "tools/call" => call(root, params),
        _ => {
            let message = format!("there is no method `{method}`");
            Err(Fault::new(Fault::NO_METHOD, message))
        }
    }
}

fn hello(params: &Value) -> Value {
    let asked = params.get("protocolVersion").and_then(Value::as_str);
    let version = VERSIONS.iter().find(|known| Some(**known) == asked);
    json!({
        "protocolVersion": version.unwrap_or(&VERSIONS[0]),
        "capabilities": { "tools": {} },
        "serverInfo": { "name": "gen", "version": env!("CARGO_PKG_VERSION") },
        "instructions": ABOUT,
    })
}

/// A tool as agents are told it.
fn told(tool: &Tool) -> Value {
    let fields = tool.fields.iter().map(|field| {
        let kind = match field.kind {
            Kind::Switch => "boolean",
            Kind::Place | Kind::Flag => "string",
        };
        let about = json!({ "type": kind, "description": field.about });
        (field.name.to_owned(), about)
    });
    let needed = tool.fields.iter().filter(|field| field.is_required);
    json!({
        "name": tool.name,
        "description": tool.about,
        "inputSchema": {
            "type": "object",
            "properties": Value::Object(fields.collect()),
            "required": needed.map(|field| field.name).collect::<Vec<_>>(),
            "additionalProperties": false,
        },
        "annotations": { "readOnlyHint": tool.reads_only, "openWorldHint": false },
    })
}

fn call(root: &Path, params: &Value) -> Result<Value, Fault> {
    let name = params
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let Some(tool) = TOOLS.iter().find(|tool| tool.name == name) else {
        let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
        let message = format!(
            "there is no tool `{name}`; the tools are {}",
            names.join(", ")
        );
        return Err(Fault::new(Fault::WRONG_PARAMS, message));
    };
    let words = words(tool, params.get("arguments").unwrap_or(&Value::Null))
        .map_err(|why| Fault::new(Fault::WRONG_PARAMS, why))?;
    let said = match (tool.command.is_empty(), words.as_slice()) {
        (true, [.., path]) => match read(root, path) {
            Ok(text) => (text, true),
            Err(why) => (format!("{path}: {why}"), false),
        },
        // What the machine refuses once, it may do the next time.
        _ => run_command(root, tool, &words).unwrap_or_else(|why| (why.to_string(), false)),
    };
    let (text, is_well) = said;
    Ok(json!({
        "content": [{ "type": "text", "text": text }],
        "isError": !is_well,
    }))
}

/// The command line of a call, behind the command's own words.
fn words(tool: &Tool, arguments: &Value) -> Result<Vec<String>, String> {
    let empty = json!({});
    let given = match arguments {
        Value::Null => empty.as_object(),
        given => given.as_object(),
    };
    let given = given.ok_or("the arguments are no object")?;
    let is_known = |name: &str| tool.fields.iter().any(|field| field.name == name);
    if let Some(name) = given.keys().find(|name| !is_known(name)) {
        return Err(format!("{} takes no `{name}`", tool.name));
    }
    let (mut flags, mut places) = (Vec::new(), Vec::new());
    for field in tool.fields {
        let name = field.name;
        match (field.kind, given.get(name)) {
            (_, None) if field.is_required => return Err(format!("{} needs `{name}`", tool.name)),
            (_, None) => {}
            (_, Some(Value::String(text))) if text.contains('\0') => {
                return Err(format!("`{name}` holds a sign that no command can take"));
            }
            (Kind::Place, Some(Value::String(text))) => places.push(text.clone()),
            (Kind::Flag, Some(Value::String(text))) => flags.push(format!("--{name}={text}")),
            (Kind::Switch, Some(Value::Bool(true))) => flags.push(format!("--{name}")),
            (Kind::Switch, Some(Value::Bool(false))) => {}
            (Kind::Switch, Some(_)) => return Err(format!("`{name}` is true or false")),
            (_, Some(_)) => return Err(format!("`{name}` is a text")),
        }
    }
    if tool.name == "suggest" {
        let article = flags.iter_mut().find(|flag| flag.starts_with("--article="));
        match article {
            Some(flag) => *flag = flag.replacen("--article", "--suggest", 1),
            None => flags.push("--suggest".to_owned()),
        }
    }
    // What comes behind the two hyphens is no flag, whatever it begins with.
    if !places.is_empty() {
        flags.push("--".to_owned());
    }
    Ok(flags.into_iter().chain(places).collect())
}

/// Runs this program; returns what it said, and whether all was well.
fn run_command(root: &Path, tool: &Tool, words: &[String]) -> Result<(String, bool), Error> {
    let own = std::env::current_exe().map_err(Error::io("could not find", "gen".as_ref()))?;
    let run = Command::new(&own)
        .arg("--root")
        .arg(root)
        .args(tool.command)
        .args(words)
        .stdin(Stdio::null())
        .output()
        .map_err(Error::io("could not run", &own))?;
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    let aside = String::from_utf8_lossy(&run.stderr);
    // A site with errors is an answer, too; beside one for programs, what is said for people is too much.
    let has_answer = tool.reads_only && !said.trim().is_empty();
    let text = match has_answer {
        true => said,
        false => format!("{said}{aside}"),
    };
    Ok((short(text), has_answer || run.status.success()))
}

/// The beginning of an answer that is too long for an agent, by whole lines.
fn short(text: String) -> String {
    let fitting = text.as_bytes().get(..LONGEST).unwrap_or_default();
    let Some(end) = fitting.iter().rposition(|byte| *byte == b'\n') else {
        return text;
    };
    format!(
        "{}\n\nThe answer ends here: {} of its {} lines are shown. Ask for less, by the fields of this tool.",
        &text[..end],
        text[..end].lines().count(),
        text.lines().count()
    )
}

/// A text below the site's folder, without what hides.
fn read(root: &Path, path: &str) -> Result<String, String> {
    if path.split(['/', '\\']).any(|part| part.starts_with('.')) {
        return Err("it is hidden, or outside of the site".to_owned());
    }
    let bytes = scan::inside(root, path)?;
    String::from_utf8(bytes).map_err(|_| "it is no text".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_answer_ends_at_a_line() {
        let line = "ü".repeat(40) + "\n";
        let whole = line.repeat(LONGEST / line.len());
        assert_eq!(short(whole.clone()), whole);
        let cut = short(line.repeat(LONGEST / line.len() + 10));
        let lines = LONGEST / line.len();
        assert!(cut.starts_with(&line), "{cut}");
        let end = format!("{lines} of its {} lines are shown.", lines + 10);
        assert!(cut.contains(&end), "{}", &cut[cut.len() - 200..]);
        let one = "x".repeat(2 * LONGEST);
        assert_eq!(short(one.clone()), one, "a line is not cut");
    }
}
