//! What a build finds of addresses, files, pictures, the theme and `site.toml`.

use super::{Group, Lint};

const fn error(code: &'static str, manual: &'static str) -> Lint {
    super::error(Group::Site, code, manual)
}

const fn warning(code: &'static str, manual: &'static str) -> Lint {
    super::warning(Group::Site, code, manual)
}

pub(super) const FOUND: &[Lint] = &[
    error(
        "address",
        "An `address` is none that a page can have.

        It is a path from the site's root, such as `/2015/05/15/rust/`. In a folder's `defaults` it is a pattern: `:year`,
        `:month`, `:day`, `:slug`, `:title`, `:filename` and `:section` stand for what each article has of them.",
    ),
    error(
        "alias",
        "An entry of `aliases` is no address that this site could have had.

        An alias is the path that a page had before, from the site's root: `/old/address/`. It has no host, no `?` and
        no `#`.",
    ),
    warning(
        "blocked-by-policy",
        "Raw HTML loads or runs something that the site's content security policy keeps browsers from: that of `[headers]`, or
        one in `content/_headers`. Or the latter blocks what the theme's pages need.

        Readers do not see it. The message has the line that lets it pass, for `[headers.sources]` or for the policy in
        `content/_headers`; a script or a style may better stand in a file of its own, which a policy with `'self'` lets pass as
        it is.",
    ),
    warning(
        "camera-data",
        "A picture is published with what a camera or a program wrote into its file: the place, the time, the camera.

        From JPEG, PNG, WebP and GIF gen takes it out, whether the file is copied or made anew; pixels, colour profile and
        orientation stay. TIFF, HEIC, AVIF, JPEG XL and the cameras' own kinds are published as they are. Save such a
        picture as JPEG, PNG or WebP, or remove what stands in it with `exiftool -all=`.",
    ),
    warning(
        "card-font",
        "The theme's fonts lack a sign of some titles, so no cards are drawn for these.

        Put a font that has it into the folder `cards/` of a theme of your own, or turn `[cards]` off.",
    ),
    error(
        "config",
        "A value in `site.toml` or `theme.toml` is missing or cannot be what it is.

        The message says what can stand there.",
    ),
    error(
        "data",
        "A file of `data/` or `content/data/` is not what its ending says.

        Templates read these files: TOML, YAML, JSON, and CSV, whose first line names the columns. The message has the place.",
    ),
    warning(
        "dated-address",
        "Files whose names begin with a day would share an address without it, so that the day stays in it.

        A note says so once. There is nothing to do; a `slug` or an `address` in its front matter gives a file another.",
    ),
    warning(
        "edited-output",
        "A published file was changed by hand since gen wrote it.

        It is written anew, as a note says, and the change is gone. Change what the file is made of: a text in `content/`, or a
        template or a style of a theme of your own.",
    ),
    error(
        "file-name",
        "A file's name cannot become part of an address, or begins with a day that no calendar has.

        Rename the file.",
    ),
    error(
        "font",
        "A font in the theme's `cards/` cannot be read.

        TrueType and OpenType can (`.ttf`, `.otf`), WOFF cannot.",
    ),
    error(
        "foreign-file",
        "A file in `content/` would be published as it is, and nobody can mean that.

        Articles in another markup than Markdown (`.mdx`, `.rst`, `.adoc`), an article whose name ends in `.md.txt`, and what
        other programs export: files of WordPress, Ghost, Blogger and Disqus, databases and their dumps. They hold drafts,
        addresses and passwords. Move such a file out of `content/`.",
    ),
    warning(
        "git-dates",
        "`[git] dates` is set, and git's history is not here, or only its newest commits are.

        Pages have no day of their last change then, or all have the same one. Hosts fetch a repository without its history
        unless they are told: `fetch-depth: 0` for `actions/checkout`, `GIT_DEPTH: 0` on GitLab, `git fetch --unshallow` elsewhere.",
    ),
    error(
        "header",
        "A line of `content/_headers` is neither a path nor a header.

        The file is in Netlify's form: a line with a path (`/*` is the whole site), then lines such as `  X-Robots-Tag:
        noindex` for it.",
    ),
    warning(
        "header-twice",
        "A header of `content/_headers` is sent beside the one that `headers.file` asks for.

        A host that finds two blocks for an address sends both, and a browser joins them: of two policies, only what both
        allow. Write the header for the whole site, and gen leaves its own out.",
    ),
    error(
        "missing-file",
        "A picture that an article names is not there.

        Its path is written from the folder of the article, or from `content/` with a `/` before it. Capitals count.",
    ),
    error(
        "no-articles",
        "`content/` holds no article, and the last build had some.

        A folder that is not mounted or not checked out looks like an empty one: what is published stays. If nothing is to
        be left, remove the output folder, and build again.",
    ),
    error(
        "not-utf8",
        "A text file is not UTF-8.

        Old editors on Windows save in encodings of their own, and letters such as ü come out wrong. Save it as UTF-8.",
    ),
    warning(
        "not-a-picture",
        "A file stands where a picture does, and browsers do not show it as one.

        HEIC, which iPhones write, is shown by Safari alone; TIFF and PSD by none: save such a picture as JPEG, PNG or
        WebP. A document or a text is linked: the same without the `!`. Films and sounds have players in a text; at a
        page's head stands a picture.",
    ),
    warning(
        "picture",
        "A photograph cannot be read, so no smaller files are made of it.

        It is published as it is, which may be large, or broken. Open it in another program and save it anew. Where a
        card needs the picture, this is an error.",
    ),
    error(
        "redirect",
        "A line of `content/_redirects` is no rule that a host reads.

        A rule is `/from/ /to/ 301`. `/from/* /to/:splat` and `/:year/:name /blog/:name` are rules for many addresses.
        What stands after a `#` is for people.",
    ),
    warning(
        "removes-most",
        "A build removes more than half of the files that are published.

        Files are missing in `content/`, or their addresses changed. With `--strict`, nothing is published and nothing
        removed.",
    ),
    error(
        "same-address",
        "Two things of the site would have the same address.

        Give one of the two another file name, or a `slug` of its own. An alias is an address that nothing else has:
        one that is its own page's address, or that a new article took, has done its work and can go.",
    ),
    error(
        "slug",
        "A `slug`, a file's name or a tag cannot be the last part of an address.

        Addresses are made of small letters, digits and hyphens. The message shows one that can be.",
    ),
    error(
        "slug-collision",
        "Two tags, authors or other terms that are not the same would have one address.

        `C` and `C++` both become `/tags/c/`. Spell them alike, or give one a file with a `slug` of its own. Two
        that differ only by accents, case, spaces or signs, such as `Café` and `Cafe`, are taken for one, with a note.",
    ),
    warning(
        "static-folder",
        "A folder `static/` beside `content/` is published as it is, though `site.toml` does not name it.

        Its files stand below the site's root, as with Hugo and Zola: `static/img/a.png` is `/img/a.png`. Write
        `content.static = [\"static\"]` into `site.toml`, and nothing is said, or `content.static = []`, and none of it is
        published.",
    ),
    error(
        "symlink",
        "A symbolic link leads out of `content/` or `themes/`, in a circle, or to nothing; or one of the site's folders is
        a symbolic link that leads out of the site.

        What the site publishes stands inside it. Copy the file, or remove the link.",
    ),
    error(
        "template",
        "A template of the theme has a mistake.

        The message names the template and the line, and the article that was being rendered.",
    ),
    error(
        "toml",
        "`site.toml` or `theme.toml` is not TOML.

        A line is `key = value`; texts stand in double quotes, lists in brackets, tables begin with `[name]`.",
    ),
    error(
        "unknown-lint",
        "`site.toml` or a page names a lint that is not there.

        `gen check --list` names them all.",
    ),
    error(
        "unknown-theme",
        "A theme is named that is neither in `themes/` nor built in, or that extends itself.

        A theme is a folder in `themes/`, or `default`.",
    ),
    warning(
        "untranslated-strings",
        "A theme has words in English and lacks them in the site's language.

        Readers meet English words among their own, in the buttons and below the articles. A theme's words stand in
        `strings/<language>.toml`; what is missing there is taken from the languages that stand in for it, English at
        last. Write the missing ones, for the theme that comes with gen in a theme of your own that says `extends =
        \"default\"`. A build says so in a note, so that it stops no build, not with `--strict` either.",

    ),
    warning(
        "unused-redirect",
        "A rule of `content/_redirects` never holds.

        An earlier rule or a page has its address, or the host that `hosting.kind` names cannot do what it says. Hosts also
        read only so many rules.",
    ),
];
