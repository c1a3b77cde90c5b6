//! The grammars of languages, and which of their scopes has which colour. The only module that knows syntect and
//! two-face.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::runs::Runs;

/// The letter of a class for scopes that begin so; 0 for what is plain whatever it stands in. Of several, the longest
/// decides.
const CLASSES: &[(&str, u8)] = &[
    ("comment", b'c'),
    ("constant", b'n'),
    ("entity.name", b't'),
    ("entity.name.constant", b'n'),
    ("entity.name.function", b'f'),
    ("entity.name.section", b'h'),
    ("entity.name.tag", b'k'),
    ("entity.other.attribute-name", b'a'),
    ("entity.other.inherited-class", b't'),
    ("keyword", b'k'),
    ("keyword.operator", 0),
    ("keyword.operator.word", b'k'),
    ("markup.deleted", b'd'),
    ("markup.heading", b'h'),
    ("markup.inserted", b'i'),
    ("markup.raw", b's'),
    ("markup.underline.link", b's'),
    ("meta.annotation", b'a'),
    ("meta.diff.header", b'c'),
    ("meta.diff.range", b'c'),
    ("meta.interpolation", 0),
    ("meta.template.expression", 0),
    ("source", 0),
    ("storage", b'k'),
    ("string", b's'),
    ("support", b't'),
    ("support.constant", b'n'),
    ("support.function", b'f'),
    ("support.type.property-name", b'a'),
    ("text", 0),
    ("variable.function", b'f'),
    ("variable.language", b'k'),
    ("variable.parameter", 0),
];

/// The names that authors write, where the grammars have another.
const ALIASES: &[(&str, &str)] = &[
    ("apacheconf", "htaccess"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    ("golang", "go"),
    ("gql", "graphql"),
    ("hcl", "tf"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("jsonl", "json"),
    ("make", "makefile"),
    ("mdx", "md"),
    ("objc", "m"),
    ("objective-c", "m"),
    ("patch", "diff"),
    ("proto", "protobuf"),
    ("shell", "bash"),
    ("sh", "bash"),
    ("zsh", "bash"),
    ("terraform", "tf"),
    ("viml", "vim"),
    ("vb", "vbs"),
    ("conf", "ini"),
    ("gitignore", ".gitignore"),
];

/// JavaScript's names. It is read by a grammar of TypeScript's, not by its own, see [`HOLD_JAVASCRIPT`].
const JAVASCRIPT: &[&str] = &["cjs", "javascript", "js", "jsx", "mjs"];

/// JavaScript, and the languages that hold parts in it. Its grammar goes in a circle for ever where a comment begins behind a
/// word (<https://github.com/trishume/syntect/pull/706>): it is shown no such beginning.
const HOLD_JAVASCRIPT: &[&str] = &[
    "ASP",
    "CFML",
    "CFML Script",
    "CFML Script (Tags)",
    "Crystal",
    "Email",
    "Graphviz (DOT)",
    "Groovy",
    "HTML",
    "HTML (ASP)",
    "HTML (EEx)",
    "HTML (Erlang)",
    "HTML (Jinja2)",
    "HTML (Rails)",
    "HTML (Tcl)",
    "HTML (Twig)",
    "HTTP Request and Response",
    "Java",
    "Java Server Page (JSP)",
    "JavaScript",
    "JavaScript (Rails)",
    "Javadoc",
    "LaTeX",
    "Literate Haskell",
    "Markdown",
    "MediaWiki",
    "MultiMarkdown",
    "PHP",
    "PHP Source",
    "Perl",
    "PureScript",
    "QML",
    "Rd (R Documentation)",
    "Ruby",
    "Ruby Haml",
    "Ruby Slim",
    "Ruby on Rails",
    "SQL (Rails)",
    "Svelte",
    "Textile",
    "Typst",
    "Vue Component",
    "orgmode",
    "reStructuredText",
];

/// Scopes are looked at so deep: brackets in brackets without end cost no more than that.
const DEPTH: usize = 12;

/// Read of bytes that are part of the program, at the first block of code: it takes some milliseconds and never changes.
static GRAMMARS: LazyLock<Grammars> = LazyLock::new(|| Grammars {
    syntaxes: two_face::syntax::extra_newlines(),
    javascript: Scope::new("source.js").unwrap_or_default(),
    classes: CLASSES
        .iter()
        .filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class)))
        .collect(),
});

struct Grammars {
    syntaxes: SyntaxSet,
    javascript: Scope,
    classes: Vec<(Scope, u8)>,
}

/// One language.
#[derive(Clone, Copy)]
pub(super) struct Grammar {
    syntax: &'static SyntaxReference,
    is_javascript: bool,
}

impl Grammar {
    /// The grammar of a language, by its name or by the ending of its files.
    pub(super) fn of(language: &str) -> Option<Grammar> {
        let written = language.to_ascii_lowercase();
        let is_javascript = JAVASCRIPT.contains(&&*written);
        let alias = ALIASES.iter().find(|(alias, _)| *alias == written);
        let name = match alias {
            _ if is_javascript => "tsx",
            Some((_, name)) => name,
            None => &written,
        };
        Some(Grammar {
            syntax: GRAMMARS.syntaxes.find_syntax_by_token(name)?,
            is_javascript,
        })
    }

    /// The names of all languages, and the endings of their files, for guesses.
    pub(super) fn all() -> Vec<&'static str> {
        let syntaxes = GRAMMARS.syntaxes.syntaxes().iter();
        let names = syntaxes.flat_map(|one| {
            let endings = one.file_extensions.iter().map(String::as_str);
            endings.chain([one.name.as_str()])
        });
        names.filter(|name| name.len() > 1).collect()
    }

    /// What readers call it.
    pub(super) fn name(self) -> &'static str {
        match self.syntax.name.as_str() {
            _ if self.is_javascript => "JavaScript",
            "Bourne Again Shell (bash)" => "Bash",
            name => name.split(" (").next().unwrap_or(name),
        }
    }

    /// Begins a text in this language.
    pub(super) fn begin(self) -> Reading {
        Reading {
            state: ParseState::new(self.syntax),
            stack: ScopeStack::new(),
            known: BTreeMap::new(),
            holds_javascript: HOLD_JAVASCRIPT.contains(&self.syntax.name.as_str()),
        }
    }
}

/// A text that is read line by line.
pub(super) struct Reading {
    state: ParseState,
    stack: ScopeStack,
    /// The classes of scopes that were met.
    known: BTreeMap<Scope, Option<u8>>,
    holds_javascript: bool,
}

impl Reading {
    /// Adds the colours of a line, which holds its line end. What a grammar cannot read is plain.
    pub(super) fn line(&mut self, line: &str, runs: &mut Runs) {
        let changes = self
            .state
            .parse_line(&self.harmless(line), &GRAMMARS.syntaxes)
            .unwrap_or_default();
        let mut done = 0;
        for (at, change) in changes {
            let at = at.clamp(done, line.len());
            if at > done {
                runs.add(at - done, self.class());
                done = at;
            }
            // An end without a beginning ends nothing.
            if self.stack.apply(&change).is_err() {
                self.stack = ScopeStack::new();
            }
        }
        if line.len() > done {
            runs.add(line.len() - done, self.class());
        }
    }

    /// The line without beginnings of comments that may be JavaScript's, as long as it was: all but one that begins a line
    /// of another language.
    fn harmless<'l>(&self, line: &'l str) -> Cow<'l, str> {
        if !self.holds_javascript || !line.contains("/*") {
            return line.into();
        }
        let in_javascript = |scope: &Scope| GRAMMARS.javascript.is_prefix_of(*scope);
        let in_javascript = self.stack.as_slice().iter().any(in_javascript);
        let begins = line.trim_start().starts_with("/*") && !in_javascript;
        let kept = if begins {
            line.find("/*").map_or(0, |at| at + 2)
        } else {
            0
        };
        let (kept, rest) = line.split_at(kept);
        (kept.to_owned() + &rest.replace("/*", "  ")).into()
    }

    /// The class of the innermost scope that has one.
    fn class(&mut self) -> u8 {
        for scope in self.stack.as_slice().iter().rev().take(DEPTH) {
            let class = *self.known.entry(*scope).or_insert_with(|| class(*scope));
            if let Some(class) = class {
                return class;
            }
        }
        0
    }
}

fn class(scope: Scope) -> Option<u8> {
    let begins = |(name, _): &&(Scope, u8)| name.is_prefix_of(scope);
    let found = GRAMMARS.classes.iter().filter(begins);
    found
        .max_by_key(|(name, _)| name.len())
        .map(|(_, class)| *class)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_authors_write_is_known() {
        let names = "bash c c++ c# clojure cpp csharp css diff docker dockerfile elixir erlang go graphql groovy \
                     haskell hcl html ini java javascript js json json5 jsonc jsx julia kotlin latex lisp lua make \
                     makefile markdown nginx nix objc ocaml patch perl php proto python r ruby rust sass scala \
                     scss sh shell sql svelte swift terraform toml ts tsx typescript vim vue xml yaml yml zig zsh";
        let unknown: Vec<&str> = names
            .split_whitespace()
            .filter(|name| Grammar::of(name).is_none())
            .collect();
        assert_eq!(unknown, [""; 0]);
        assert!(GRAMMARS.syntaxes.syntaxes().len() > 150);
        assert!(Grammar::of("klingon").is_none());
    }

    #[test]
    fn no_language_reads_javascript_for_ever() {
        let definitions = GRAMMARS.syntaxes.clone().into_builder();
        let definitions = definitions.syntaxes();
        let named = |name: &str| definitions.iter().position(|one| one.name == name);
        let javascript = named("JavaScript").unwrap();
        // Which languages name parts of which others.
        let names: Vec<BTreeSet<usize>> = definitions
            .iter()
            .map(|one| {
                let text = format!("{:?}", one.contexts.values().collect::<Vec<_>>());
                let numbers = text.split("syntax_index: ").skip(1);
                let number = |rest: &str| {
                    rest.split(|c: char| !c.is_ascii_digit())
                        .next()?
                        .parse()
                        .ok()
                };
                numbers.filter_map(number).collect()
            })
            .collect();
        let mut holding = BTreeSet::from([javascript]);
        loop {
            let more = |number: &usize| !names[*number].is_disjoint(&holding);
            let all: BTreeSet<usize> = (0..definitions.len()).filter(more).collect();
            if all.is_subset(&holding) {
                break;
            }
            holding.extend(all);
        }
        let holding: BTreeSet<&str> = holding
            .into_iter()
            .map(|number| definitions[number].name.as_str())
            .collect();
        assert_eq!(holding, HOLD_JAVASCRIPT.iter().copied().collect());

        for (language, text) in [
            ("js", "x /*\n*/\n"),
            ("cjs", "<A\n  /* c */\n/>\n"),
            (
                "html",
                "<a onclick=\"x /*\">y</a>\n<script>\nx /*\n  /* c\n*/\n</script>\n",
            ),
            ("md", "```js\nx /*\n```\n"),
            (
                "ruby",
                "x = <<~JS\n x /*\nJS\ny = <<~JS\n /* x\n y /* z\nJS\n",
            ),
            ("php", "<?php /* c */ ?><script>x /*</script>\n"),
            ("svelte", "<a\n  on:click={x /*}\n>\n"),
            ("vue", "<template>{{ x /* }}</template>\n"),
            ("java", "/** <a onclick=\"x /*\"> */ int x; /* y */\n"),
        ] {
            let mut reading = Grammar::of(language).unwrap().begin();
            let mut runs = Runs::default();
            text.split_inclusive('\n')
                .for_each(|line| reading.line(line, &mut runs));
        }
    }
}
