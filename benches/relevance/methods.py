"""The plain methods that up next is measured beside: TF-IDF and BM25 over all words of a page, Hugo's related content, and
`gen` itself. Each gives a list of ten names for each page."""

import collections
import json
import math
import pathlib
import re
import subprocess

# A word, or what scripts write without spaces between words: of that each pair of characters counts.
WORD = re.compile(r"(?:(?![\u3040-\u30ff\u3400-\u9fff])[^\W_]){2,}|[\u3040-\u30ff\u3400-\u9fff]{2,}")
TEN = 10
# Words that more pages hold, and more than a tenth of all, are left out as stop words are.
COMMON = 100


def texts(site):
    """The pages of a site: name to front matter and body."""
    pages = {}
    for path in sorted((site / "content" / "all").glob("*.md")):
        _, head, body = path.read_text().split("---\n", 2)
        pages[path.name] = (head, body)
    return pages


def words(head, body):
    title = re.search(r'^title: (".*")$', head, re.M)
    title = json.loads(title[1]) if title else ""
    counts = collections.Counter()
    for run in WORD.findall((body + (" " + title) * 3).lower()):
        counts.update([run] if run[0] < "\u3040" or run[0] > "\u9fff" else map("".join, zip(run, run[1:])))
    return counts


def best(scores, own):
    ranked = sorted(((-score, name) for name, score in scores.items() if name != own and score > 0))
    return [name for _, name in ranked[:TEN]]


def tf_idf(site):
    counts = {name: words(*page) for name, page in texts(site).items()}
    frequency = collections.Counter(word for count in counts.values() for word in count)
    postings, vectors = collections.defaultdict(list), {}
    for name, count in counts.items():
        vector = {
            word: (1 + math.log(times)) * math.log(len(counts) / frequency[word])
            for word, times in count.items()
            if frequency[word] <= max(COMMON, len(counts) / 10)
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors[name] = {word: weight / length for word, weight in vector.items()}
        for word, weight in vectors[name].items():
            postings[word].append((name, weight))
    return {name: best(asked(vector, postings), name) for name, vector in vectors.items()}


def bm25(site, terms=60, k1=1.2, b=0.75):
    counts = {name: words(*page) for name, page in texts(site).items()}
    frequency = collections.Counter(word for count in counts.values() for word in count)
    rarity = {word: math.log(1 + (len(counts) - df + 0.5) / (df + 0.5)) for word, df in frequency.items()}
    mean = sum(sum(count.values()) for count in counts.values()) / len(counts)
    postings = collections.defaultdict(list)
    for name, count in counts.items():
        length = k1 * (1 - b + b * sum(count.values()) / mean)
        for word, times in count.items():
            if frequency[word] > max(COMMON, len(counts) / 10):
                continue
            postings[word].append((name, rarity[word] * times * (k1 + 1) / (times + length)))
    lists = {}
    for name, count in counts.items():
        query = sorted(count, key=lambda word: (-(1 + math.log(count[word])) * rarity[word], word))[:terms]
        lists[name] = best(asked(dict.fromkeys(query, 1.0), postings), name)
    return lists


def asked(query, postings):
    scores = collections.defaultdict(float)
    for word, weight in query.items():
        for name, other in postings[word]:
            scores[name] += weight * other
    return scores


def hugo(site):
    """Hugo's related content as it is set by default, by tags and dates; none where there is no `hugo`."""
    folder = site / "hugo"
    content, layouts = folder / "content", folder / "layouts"
    for made in (content, layouts):
        made.mkdir(parents=True, exist_ok=True)
    for name, (head, body) in texts(site).items():
        head = head.replace("tags:", "keywords:")
        # A page named `index.md` would be its folder's.
        (content / f"page-{name}").write_text(f"---\n{head}---\n\n{re.sub(r'[{}]', '', body)}")
    (folder / "hugo.toml").write_text('disableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n')
    (layouts / "single.html").write_text("")
    (layouts / "home.html").write_text(
        '{{ range .Site.RegularPages }}{{ .File.Path }}{{ range first 10 (.Site.RegularPages.Related .) }}'
        '{{ "\\t" }}{{ .File.Path }}{{ end }}{{ "\\n" }}{{ end }}'
    )
    try:
        subprocess.run(["hugo", "--quiet", "--source", str(folder)], check=True, capture_output=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None
    lines = (folder / "public" / "index.html").read_text().splitlines()
    lists = ([path.removeprefix("page-") for path in line.split("\t")] for line in lines if line)
    return {name: others for name, *others in lists}


def gen(site, program, without=None):
    """The lists of `gen graph`, or what they are without one of the weights of `[up_next.weights]`."""
    settings = (site / "site.toml").read_text()
    if without:
        (site / "site.toml").write_text(f"{settings}[up_next.weights]\n{without} = 0\n")
    command = [program, "graph", "--format", "json", "--root", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    (site / "site.toml").write_text(settings)
    if done.returncode:
        raise SystemExit(f"{site}: {done.stderr[-2000:]}")
    graph = json.loads(done.stdout)
    name = lambda source: pathlib.PurePath(source).name
    return {
        name(article["source"]): [name(other["source"]) for other in article["up_next"]][:TEN]
        for article in graph["articles"]
    }
