//! What a build finds in an article's front matter and text.

use super::{Group, Lint};

const fn error(code: &'static str, manual: &'static str) -> Lint {
    super::error(Group::Words, code, manual)
}

const fn warning(code: &'static str, manual: &'static str) -> Lint {
    super::warning(Group::Words, code, manual)
}

pub(super) const FOUND: &[Lint] = &[
    error(
        "changed-meanwhile",
        "A file changed, or could no longer be read, while the site was built.

        Of a large site not every page is held in memory: some are made again of their files when they are written, and
        half of one version must not stand beside half of another. Nothing was published. Build again.",
    ),
    error(
        "code-file",
        "A block of code is taken from a file that is not there or not of the site, or from a part of it that is not there.

        `file=` names a file from the site's root, where `site.toml` is; `lines=3-9` and `region=name` name a part of it. A
        region stands between `#region name` and `#endregion name` in the file's comments.",
    ),
    warning(
        "code-language",
        "A block of code has no colours, because its language is not known or the page has more than 128 KiB of code.

        It is shown as plain text, and a build says so in a note. Write the language's name or the ending of its files;
        `text` says that it is none.",
    ),
    warning(
        "code-option",
        "A fence says something of its block of code that has no meaning, or names lines that are not there.

        The message guesses what is meant. Lines are counted from 1, whatever number is shown beside the first.",
    ),
    warning(
        "diagram",
        "A diagram in Mermaid's language cannot be drawn, and is shown as it is written.

        The message says what is not understood, and on which line. It may also be larger than 16 KiB or 400 lines, which
        nobody reads. `text` in the place of `mermaid` shows the source on purpose.",
    ),
    error(
        "duplicate-id",
        "A reply has an `id` that another reply, or a heading of the article, has already.

        A link to it could end in either. Change one, or leave `id` out: one is made of the name and the date.",
    ),
    warning(
        "empty-body",
        "An article has front matter and no text.

        A reader who comes to it finds a title and nothing else. Write it, or set `draft: true` until it is written.",
    ),
    error(
        "empty-file",
        "A Markdown file is empty.

        Begin it with the front matter that the message shows, or remove the file.",
    ),
    warning(
        "footnote",
        "Two footnotes of one article have the same name, or the text does not mention one.

        `[^1]` in the text leads to the last `[^1]: …`, and nobody sees the other. Rename one of the two, in the text
        too, or remove it. A note that is mentioned nowhere is not shown at all.",
    ),
    error(
        "front-matter",
        "The front matter cannot be read, or one of its values is of the wrong kind.

        It stands between two lines `---` at the very start of the file, one `key: value` a line. Texts with a colon
        stand in quotes, lists in brackets, dates as `2026-01-31`.",
    ),
    error(
        "include",
        "A file that a text shows is not there, is not of the site, would stand in itself, or lacks the part that is asked for.

        `{{< include \"parts/a.md\" part=\"Heading\" >}}` names a file from the site's root, or with `./` from the file at hand; a
        part is what stands below a heading, or between `<!-- #region name -->` and `<!-- #endregion -->`.",
    ),
    warning(
        "left-over-markup",
        "Markdown did not become what it looks like, so readers see its marks.

        A path with a space stands in angle brackets, `[words](<my file.md>)`; what `[words][label]` and `[^label]` name
        is said below; `**` is closed at a word; a `#` has a space behind it, an ordinary one; in an HTML block Markdown
        stands between empty lines. A mark that readers are to see has a backslash before it, or stands in backticks.",
    ),
    warning(
        "left-over-template",
        "Readers see template code that another program would have understood.

        Jinja, Liquid, boxes with `:::` or `!!!`, attributes such as `{width=300}` and components mean nothing here.
        Write Markdown or HTML in their place. Code that readers are to see stands in backticks.",
    ),
    warning(
        "lost-words",
        "Words that the author wrote are not on the page.

        In front matter ` #` begins a comment and `!` a tag: put the text in quotes. `tags: a, b` is one tag: write `[a, b]`.
        A row of a table has no more cells than its head. `<name>` is taken for HTML, and browsers do not show it: put it
        in backticks.",
    ),
    error(
        "misplaced-key",
        "A key of the front matter stands in a file where it means nothing.

        `bio` and `role` belong to files in `authors/`, `defaults` to a folder's `index.md`, `after` to a guide; `tags`,
        `up_next`, `takeaways`, `source`, `sources` and `weight` to articles. The message says where to put it.",
    ),
    warning(
        "missing-description",
        "An article has no `description`.

        Search engines and cards show it below the title, and readers choose by it. Until there is one, the article's
        first paragraph stands in, which was written for another place. Write one sentence under 160 characters that
        says what the reader will get.",
    ),
    warning(
        "missing-title",
        "A page has no `title`, and its text begins with no `# heading`.

        Lists, links and search engines show a title; until there is one, it is made of the file's name. Add the line that
        the message shows.",
    ),
    warning(
        "math",
        "A formula cannot be read, and is shown as it is written.

        The message says what LaTeX would stop at. A dollar sign that begins no formula is written `\\$`; `math = false` in
        `[markdown]` of `site.toml` leaves all of them alone.",
    ),
    error(
        "nul",
        "A file holds a NUL byte, or an escape for a control character, which no text has.

        It is most often a picture or a document with the wrong ending. Give it the right one, or remove the byte.",
    ),
    warning(
        "replies",
        "A file of replies belongs to no article.

        `let-go.replies.yml` stands beside `let-go.md` and has its name. After an article is renamed, rename the file
        of its replies too.",
    ),
    error(
        "reply",
        "A reply in a `.replies.yml` file cannot be shown as it is written.

        Each has a `name` (or an `author` of the site) and a `text`; answers to it stand in its own `replies`.",
    ),
    error(
        "same-id",
        "Two headings of one page were given the same `{#id}`.

        A link could lead to either. Change one of the two.",
    ),
    error(
        "shortcode",
        "A shortcode is not known, lacks an argument or has a wrong one, or its tags do not go together.

        Write `{{< name key=\"value\" >}}` with straight quotes, and end with `{{< /name >}}` what has a text. Tags of blocks stand on
        lines of their own, as far indented as each other. What a shortcode takes, its template says.",
    ),
    error(
        "too-large",
        "A Markdown file is larger than 16 MiB.

        No reader gets to its end. It is most often data or a picture in the text: keep those in files of their own.",
    ),
    warning(
        "unbalanced-html",
        "A tag of raw HTML is never closed, or closes nothing.

        The rest of the page stands in it, in bold or folded away, or a part of the page's own is closed too early. It is an
        error where all that follows is gone: after a comment without `-->`, a `script`, `style`, `textarea`, `table`. What
        HTML lets you leave open, such as `p`, `li` and `td`, may be left open.",
    ),
    warning(
        "unknown-author",
        "A reply is marked as one by an author whom the site does not have.

        `author` names a file in `authors/`. For anybody else, write `name`. An author who is nowhere is an error; of
        one whose file is a draft, or not out yet, the reply is shown without the author's mark.",
    ),
    warning(
        "unknown-callout",
        "The theme has no callout of this kind, so it is shown as a plain quote.

        `> [!tip]` needs the template `callouts/tip.html`. Take a kind that the theme has, or add a template.",
    ),
    error(
        "unknown-key",
        "A key is not one that `gen` knows.

        It is most often misspelled, and would have done nothing. Values of your own, for your theme, stand below
        `extra`. In front matter, a key that is like none of `gen`'s is a note, once for the whole site;
        `[front_matter] unknown = \"error\"` makes it a mistake.",
    ),
    error(
        "yaml",
        "The front matter, or a file of replies, is not YAML.

        Texts with quotes, colons, brackets or `#` stand in double quotes; indentation is spaces, not tabs.",
    ),
];
