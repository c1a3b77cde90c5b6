"""Makes a site and its gold of a public collection: the links that editors made between its pages are cut out of the text
and are what a list should find."""

import json
import pathlib
import re
import subprocess
import tomllib
import unicodedata

HERE = pathlib.Path(__file__).parent


def collections():
    """The table of collections."""
    return tomllib.loads((HERE / "collections.toml").read_text())["collection"]


def checkout(collection, folder, mirror):
    """Brings a collection's files to `folder`, from GitHub or from a mirror with `{}` for owner/name."""
    if folder.exists():
        return
    source = mirror.format(collection["repository"]) if mirror else f"https://github.com/{collection['repository']}"
    git = lambda *arguments: subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)
    folder.mkdir(parents=True)
    git("init", "--quiet")
    if collection["folder"] != ".":
        git("sparse-checkout", "set", collection["folder"])
    git("fetch", "--quiet", "--depth", "1", source, collection["commit"])
    git("checkout", "--quiet", "FETCH_HEAD")


class Page:
    """One file as its author wrote it."""

    def __init__(self, path, text):
        self.path = path
        head, self.body = split(text)
        first = re.search(r"^# +(.+)$", self.body, re.M)
        self.title = value(head, "title") or (first and first[1]) or path.stem
        self.date = value(head, "date") or value(head, "publishDate") or dated(path)
        self.tags = listed(head, "tags") + listed(head, "topics") + listed(head, "keywords")
        self.authors = listed(head, "authors")
        self.names = {path.stem.lower(), (value(head, "slug") or path.stem).lower()}
        self.names |= {re.sub(r"^\d{4}-\d\d-\d\d-", "", name) for name in self.names}
        if path.stem in ("index", "_index"):
            self.names = {path.parent.name.lower()}


def split(text):
    """Front matter and body."""
    found = re.match(r"(---|\+\+\+)\n(.*?)\n\1\n(.*)", text.replace("\r\n", "\n").lstrip("\ufeff"), re.S)
    return (found[2], found[3]) if found else ("", text.replace("\r\n", "\n"))


def value(head, key):
    found = re.search(rf"^{key}\s*[:=]\s*(.+)$", head, re.M | re.I)
    return found[1].strip().strip("\"'") if found else None


def listed(head, key):
    found = re.search(rf"^{key}\s*[:=]\s*(\[.*?\]|(?:\n\s*-[^\n]*)+)", head, re.M | re.S)
    if not found:
        return []
    words = re.split(r"[,\n]", found[1].strip("[] \n"))
    return [word.strip(" -\"'") for word in words if word.strip(" -\"'")]


def dated(path):
    found = re.search(r"\d{4}-\d\d-\d\d", path.name)
    return found[0] if found else None


INLINE = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*(?:<([^<>\n]*)>|((?:\{\{.*?\}\}|[^()\s]|\([^()]*\))*))(?:\s+\"[^\"]*\")?\s*\)")
REFERENCE = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\[([^\]]*)\]")
DEFINITION = re.compile(r"^ {0,3}\[([^\]]+)\]:\s*<?(\S+?)>?(?:\s+\"[^\"]*\")?\s*$", re.M)
ANCHOR = re.compile(r"<a\s[^>]*href=\"([^\"]*)\"[^>]*>(.*?)</a>", re.S)


def links(body):
    """Where the links of a text lead, and the text with their words in their place."""
    defined = {name.lower(): target for name, target in DEFINITION.findall(body)}
    targets = []

    def keep(picture, words, target):
        if picture:
            return words
        targets.append(target)
        return words

    body = DEFINITION.sub("", body)
    for _ in range(2):
        body = INLINE.sub(lambda m: keep(m[1], m[2], m[3] or m[4] or ""), body)
    body = REFERENCE.sub(lambda m: keep(m[1], m[2], defined.get((m[3] or m[2]).lower(), "")), body)
    body = ANCHOR.sub(lambda m: keep("", m[2], m[1]), body)
    return targets, body


def named(target):
    """The name that a link gives to the page that it leads to."""
    quoted = re.search(r"\{\{.*?\"([^\"]+)\"", target)
    path = re.split(r"[?#]", quoted[1] if quoted else target)[0].rstrip("/")
    return re.sub(r"\.(md|html?)$", "", path.rsplit("/", 1)[-1]).lower()


def prepare(collection, source, site):
    """Writes the site and returns what each page should find: names of files to sets of names of files."""
    root = source / collection["folder"]
    wanted = lambda path: path.stem != "_index" and re.search(collection.get("only", ""), str(path))
    files = sorted(filter(wanted, root.rglob("*.md")))
    pages = [Page(path, path.read_text(errors="replace")) for path in files]
    by_name = {}
    for page in pages:
        for name in page.names:
            by_name.setdefault(name, []).append(page)
    file = lambda page: "-".join(page.path.relative_to(root).with_suffix("").parts) + ".md"
    gold = {file(page): set() for page in pages}
    (site / "content" / "all").mkdir(parents=True, exist_ok=True)
    for page in pages:
        body = page.body
        if collection.get("links") == "list":
            sections = re.findall(f"(?:{collection['list']})", body, re.M)
            whole = [found[0] for found in re.finditer(collection["list"], body, re.M)]
            targets = [target for text in whole for target in links(text)[0] + re.findall(r"`([^`]+)`", text)]
            targets = [target.replace(" ", "-") for target in targets] if sections else []
            body = links(re.sub(collection["list"], "", body, flags=re.M))[1]
        else:
            targets, body = links(body)
        for target in targets:
            found = [other for other in by_name.get(named(target), []) if other is not page]
            beside = [other for other in found if other.path.parent == page.path.parent]
            for other in beside[:1] or (found if len(found) == 1 else []):
                gold[file(page)].add(file(other))
                gold[file(other)].add(file(page))
        write(site / "content" / "all" / file(page), page, plain(body))
    language = collection.get("language", "en")
    (site / "site.toml").write_text(
        f'language = "{language}"\n'
        'title = "Collection"\nbase_url = "https://example.org"\n[up_next]\ncount = 10\n[markdown]\nmath = false\n'
    )
    gold = {name: sorted(others) for name, others in gold.items() if others}
    (site / "gold.json").write_text(json.dumps(gold, indent=1))
    return gold


def plain(body):
    """Text without what only its own generator understands."""
    body = re.sub(r"\{\{[<%].*?[>%]\}\}|\{%.*?%\}|<!--.*?-->", "", body, flags=re.S)
    body = re.sub(r"^([\s>]*(?:```+|~~~+)[\w+-]*).*$", r"\1", body, flags=re.M)
    return re.sub(r"</?[A-Za-z](?:[^<>\n]|\n(?!\n))*>", " ", body).replace("[[", "[ [")


def ascii_of(name):
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()


def write(path, page, body):
    # One name in two spellings would be an error.
    spelled = lambda names: sorted({ascii_of(name): name for name in names})
    head = {"title": page.title, "description": page.title, "tags": spelled(page.tags), "authors": spelled(page.authors)}
    date = re.match(r"\d{4}-\d\d-\d\d", page.date or "")
    lines = [f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in head.items() if text]
    lines += [f"date: {date[0]}"] if date else []
    body = re.sub(r"\A\s*# .*\n", "", body)
    path.write_text("---\n" + "\n".join(lines) + "\n---\n\n" + body)
