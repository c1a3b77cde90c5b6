//! What a build finds of links, references and guides.

use super::{Group, Lint};

const fn error(code: &'static str, manual: &'static str) -> Lint {
    super::error(Group::Links, code, manual)
}

const fn warning(code: &'static str, manual: &'static str) -> Lint {
    super::warning(Group::Links, code, manual)
}

pub(super) const FOUND: &[Lint] = &[
    error(
        "ambiguous-link",
        "A wiki link could lead to several articles of the same name.

        `[[name]]` looks in the article's own folder first and then in the whole site, where the name must be the only
        one. Write the path instead: `[[letting-go/name]]`.",
    ),
    error(
        "ambiguous-reference",
        "A reference in the front matter could mean several articles of the same name.

        References in `steps`, `after` and `up_next` look in the file's own folder first and then in the whole site.
        Write the path: `letting-go/name`.",
    ),
    error(
        "canonical",
        "The `canonical` of an article is no full address.

        Search engines are told by it where the original of a copy stands, and take nothing but a full address:
        `canonical: https://example.org/article/`.",
    ),
    error(
        "dead-anchor",
        "A link ends in a `#` that the page has no heading for.

        The browser would open the page at its top and leave the reader to search. An anchor is a heading's words in
        small letters with hyphens, as on GitHub, or what stands in `{#…}` behind it. When you reword a heading that is
        linked to, give it its old anchor: `## New words {#old-words}`.",
    ),
    error(
        "dead-link",
        "A link, an entry of the menu, or a rule of `content/_redirects` leads to nothing.

        Links between articles are paths of files, from the folder of the article that links:
        `[text](../letting-go/let-go.md)`. A link that begins with `/` is an address of the finished site. When the
        article has only moved, name its old address in its `aliases`: then `gen check --fix` mends the links to it.

        A full address of the own site is such a link, too. Where something else serves a part of the host, name it in
        `not_ours`. Of other sites, what no browser can follow is told: a scheme with a slip (`htps://`), no host, a
        file of your own machine.",
    ),
    error(
        "same-translation",
        "Two files translate the same page into one language.

        A page has one translation into a language. Take one of the two away, or its `translation_of`.",
    ),
    error(
        "draft-link",
        "A link leads to an article that is a draft.

        Readers would find nothing there. Publish the draft by removing `draft: true`, or take the link out until it is
        done. `gen build --drafts` shows both.",
    ),
    error(
        "draft-reference",
        "A step of a guide, an `after` or an `up_next` names an article that is a draft.

        Publish it by removing `draft: true`, or leave it out of the list until it is done.",
    ),
    warning(
        "far-from-home",
        "An article is more than four clicks from the home page.

        Readers, and the programs of search engines, seldom go that deep. Lists, guides, tags, up next and the links in
        texts all count as ways. Link to it from an article that is nearer, or give it a tag that others have.",
    ),
    error(
        "guide-step",
        "A guide lists a step that cannot be one.

        A step is an article, stands in the list once, and is not the guide itself. What is read after the guide
        (`after`) is an article too: pages such as `about.md` have no card.",
    ),
    warning(
        "hidden-link",
        "A link leads to an article that is not out yet, or that is over.

        It is shown as plain text. A build says so in a note, so that it never stops for the calendar, not with `--strict`
        either. Before the article's day there is
        nothing to do. After its `expires`, take the link out, or move the day.",
    ),
    warning(
        "hidden-reference",
        "A step of a guide, an `after` or an `up_next` names an article that is not out yet, or that is over.

        It is left out of the list. Before the article's day there is nothing to do. After its `expires`, take it out
        of the list, or move the day.",
    ),
    warning(
        "orphan",
        "An article stands in no other article's up-next list.

        The engine gives every article a place in some list. It cannot where every list that could hold it is full of
        what authors pinned, or where `never`, `count` or `scope` refuse it. Pin it somewhere, or loosen one of these.",
    ),
    warning(
        "unknown-scheme",
        "An address begins with a word and a colon that few browsers know.

        Readers who have no program for it can do nothing with the link. For an address of the web, write its
        `https://`; for a file whose name holds a colon, write `./` before it.",
    ),
    error(
        "unsafe-link",
        "An address runs a script, or holds a whole page.

        What begins with `javascript:`, `vbscript:` or `data:` (but for pictures, sounds and films) does nothing good
        in a text: browsers stop most of it, and the rest acts in the name of your site. Link to a page; a script
        belongs into the theme.",
    ),
    error(
        "unknown-reference",
        "The front matter or `site.toml` names an article or a tag that is not there.

        A reference is a file's name without `.md`, a slug, or a path in `content/`. When the article has only moved,
        name its old address in its `aliases`: then `gen check --fix` mends what refers to it.",
    ),
    error(
        "up-next",
        "A pin in `up_next` cannot stand in the list.

        Only articles and guides have a card, and no article can follow itself. Link to a page in the text instead.",
    ),
];
