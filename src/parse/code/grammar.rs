//! The grammars of languages, and which of their scopes has which colour. The only module that knows syntect and
//! two-face.

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
    ("jsx", "tsx"),
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

/// Scopes are looked at so deep: brackets in brackets without end cost no more than that.
const DEPTH: usize = 12;

/// Read of bytes that are part of the program, at the first block of code: it takes some milliseconds and never changes.
static GRAMMARS: LazyLock<Grammars> = LazyLock::new(|| Grammars {
    syntaxes: two_face::syntax::extra_newlines(),
    classes: CLASSES
        .iter()
        .filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class)))
        .collect(),
});

struct Grammars {
    syntaxes: SyntaxSet,
    classes: Vec<(Scope, u8)>,
}

/// One language.
#[derive(Clone, Copy)]
pub(super) struct Grammar(&'static SyntaxReference);

impl Grammar {
    /// The grammar of a language, by its name or by the ending of its files.
    pub(super) fn of(language: &str) -> Option<Grammar> {
        let written = language.to_ascii_lowercase();
        let alias = ALIASES.iter().find(|(alias, _)| *alias == written);
        let name = alias.map_or(written.as_str(), |(_, name)| name);
        let found = GRAMMARS.syntaxes.find_syntax_by_token(name)?;
        Some(Grammar(found))
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
        match self.0.name.as_str() {
            "Bourne Again Shell (bash)" => "Bash",
            name => name.split(" (").next().unwrap_or(name),
        }
    }

    /// Begins a text in this language.
    pub(super) fn begin(self) -> Reading {
        Reading {
            state: ParseState::new(self.0),
            stack: ScopeStack::new(),
            known: BTreeMap::new(),
        }
    }
}

/// A text that is read line by line.
pub(super) struct Reading {
    state: ParseState,
    stack: ScopeStack,
    /// The classes of scopes that were met.
    known: BTreeMap<Scope, Option<u8>>,
}

impl Reading {
    /// Adds the colours of a line, which holds its line end. What a grammar cannot read is plain.
    pub(super) fn line(&mut self, line: &str, runs: &mut Runs) {
        let changes = self
            .state
            .parse_line(line, &GRAMMARS.syntaxes)
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
}
