// What the scripts share: a static server as hosts have it, the browser, the kinds of page, and how a failed
// step is told. Nothing here knows what is tested.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const PACKED = /^(text|application\/(json|xml|manifest)|image\/svg)/;

/** The kinds of page of this repository's site. Pages that are not for search engines say so. */
export const PAGES = {
  home: "",
  article: "letting-go/oystering/",
  step: "get-your-ex-back/give-them-space/",
  "article with a crisis box": "hard-questions/when-there-was-fear-or-violence/",
  hub: "get-your-ex-back/",
  section: "hard-questions/",
  tag: "tags/no-contact/",
  tags: "tags/",
  author: "authors/editors/",
  authors: "authors/",
  archive: "archive/",
  year: "archive/2026/",
  page: "about/",
  help: "find-help/",
  "page 2": "page/2/",
  search: "search/",
  "page not found": "no/such/oystering-page",
};
export const UNLISTED = ["search", "page not found"];

/** The folder of a built site, from the command line. */
export function folder() {
  const given = process.argv[2];
  if (!given || !existsSync(join(given, "index.html"))) {
    console.error(`say where the built site is: node ${process.argv[1]} FOLDER`);
    process.exit(2);
  }
  return given;
}

/** The path below which a site was built, as its home page says it. */
export function basePath(folder) {
  const home = readFileSync(join(folder, "index.html"), "utf8");
  const [, canonical] = home.match(/rel="canonical" href="([^"]+)"/) ?? [];
  return canonical ? new URL(canonical).pathname : "/";
}

// What `_headers` asks for on every page.
function siteHeaders(folder, base) {
  const file = join(folder, "_headers");
  if (!existsSync(file)) return [];
  const [, rule = ""] = readFileSync(file, "utf8").split(/^(?=\/)/m).find((rule) => rule.startsWith(`${base}*\n`))?.split(/\n(.*)/s) ?? [];
  return [...rule.matchAll(/^ +([\w-]+): (.*)$/gm)].map(([, name, value]) => [name, value]);
}

/** Serves a built site as static hosts do: folders get their slash, what is missing gets 404.html, text is
 * compressed. What is posted is kept in `posted`. `packs: false` is a host that does not compress, `slow` is a bad line:
 * pages come in small pieces, the rest late. */
export async function serve(folder, { packs = true, slow = false } = {}) {
  const base = basePath(folder);
  const headers = siteHeaders(folder, base);
  const posted = [];
  const send = async (request, answer) => {
    let path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    if (request.method === "POST") {
      let body = "";
      for await (const part of request) body += part;
      posted.push({ path, body: new URLSearchParams(body) });
      answer.setHeader("content-type", "text/html");
      return answer.end('<!doctype html><html lang="en"><title>Thank you</title><link rel="icon" href="data:,"><style>@view-transition { navigation: auto; }</style><h1>Thank you</h1>');
    }
    const inside = path.startsWith(base) ? path.slice(base.length) : null;
    let file = inside === null ? null : join(folder, inside);
    let found = file && !inside.split("/").includes("..") ? await stat(file).catch(() => null) : null;
    if (found?.isDirectory() && !path.endsWith("/")) return answer.writeHead(301, { location: `${path}/` }).end();
    if (found?.isDirectory()) found = await stat((file = join(file, "index.html"))).catch(() => null);
    if (!found) file = join(folder, "404.html");
    let bytes = await readFile(file);
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    for (const [name, value] of headers) answer.setHeader(name, value);
    if (inside?.startsWith("assets/")) answer.setHeader("cache-control", "public, max-age=31536000, immutable");
    answer.setHeader("content-type", type);
    if (packs && PACKED.test(type)) {
      bytes = gzipSync(bytes);
      answer.setHeader("content-encoding", "gzip");
    }
    answer.setHeader("content-length", bytes.length);
    answer.statusCode = found ? 200 : 404;
    if (slow && file.endsWith(".html")) {
      for (let at = 0; at < bytes.length; at += 400) {
        answer.write(bytes.subarray(at, at + 400));
        await wait(15);
      }
      return answer.end();
    }
    if (slow && !file.endsWith(".css")) await wait(150);
    answer.end(bytes);
  };
  const server = createServer((request, answer) => send(request, answer).catch(() => answer.writeHead(500).end()));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { url: origin + base, origin, base, posted, close: () => server.close() };
}

/** Chromium: the one that CHROMIUM names, the machine's, or the one that Playwright has installed. */
export function chromiumPath() {
  const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome", chromium.executablePath()];
  return places.find((place) => place && existsSync(place));
}

export const ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const launch = () => chromium.launch({ executablePath: chromiumPath(), args: ARGUMENTS });

/** Builds a small site out of `files` (path → text) with this repository's theme. `remove()` removes it. */
export function build(files) {
  const root = mkdtempSync(join(tmpdir(), "gen-browser-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  cpSync(join(REPOSITORY, "themes"), join(root, "themes"), { recursive: true });
  execFileSync(generator(), ["build", "--root", root, "--strict", "--quiet"], { stdio: "inherit" });
  return { folder: join(root, "public"), remove: () => rmSync(root, { recursive: true }) };
}

/** The program that GEN names, or the one that was built last. */
export function generator() {
  if (process.env.GEN) return process.env.GEN;
  const built = ["release", "profiling", "debug"].map((name) => join(REPOSITORY, "target", name, "gen")).filter(existsSync);
  if (!built.length) throw new Error("build gen first, or name it in GEN");
  const age = (file) => statSync(file).mtimeMs;
  return built.sort((a, b) => age(b) - age(a))[0];
}

/** A site with a thread of replies and a form to write one. */
export const withReplies = () =>
  build({
    "site.toml": `title = "Replies"
base_url = "https://example.org/below"
[comments]
mode = "form"
action = "/api/replies"
[headers]
file = true
`,
    "content/index.md": "---\ntitle: Replies\n---\nA small site.\n",
    "content/favicon.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>',
    "content/authors/ana.md": "---\ntitle: Ana Ríos\n---\nWrites.\n",
    "content/talk/index.md": "---\ntitle: Talk\n---\nTwo articles.\n",
    "content/talk/one.md": `---
title: What to say when they write at night
description: Three short answers, and the one that is no answer.
date: 2026-03-01
authors: [ana]
---
Sleep first. A message that matters tonight will matter at ten in the morning as well, and you will read it with better eyes.

## Then answer in one line

Say when you will be back, and be back then.
`,
    "content/talk/two.md": "---\ntitle: When nobody answers\ndescription: Silence is an answer too.\ndate: 2026-03-02\n---\nWait. See [the other one](one.md).\n",
    "content/talk/one.replies.yml": `- name: Marta
  date: 2026-03-02
  text: |
    I wrote back at three in the morning, twice. The one line at ten did more.

    Thank you for the plain words.
  replies:
    - name: Ana Ríos
      author: ana
      date: 2026-03-03
      text: Thank you for telling us. Was it hard to leave the telephone in the kitchen?
      replies:
        - name: Marta
          date: 2026-03-03
          text: "The first night, yes. See https://example.org/a-very-long-address/that-does-not-end/where-a-line-ends for the one I bought an alarm clock from."
          replies:
            - {name: Jo, date: 2026-03-04, text: An alarm clock is the best idea here.}
- name: يوسف
  date: 2026-03-05
  text: شكرا لكم
`,
  });

const drawing = (color) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600" viewBox="0 0 8 6"><path fill="${color}" d="M0 0h8v6H0z"/><path fill="#fff" d="M3 2h2v3H3z"/></svg>`;

/** A site with a page that holds everything that a text can, in a language. */
export const withEverything = (language) =>
  build({
    "site.toml": `title = "Everything"\nbase_url = "https://example.org/below"\nlanguage = "${language}"\n[headers]\nfile = true\n`,
    "content/index.md": "---\ntitle: Everything\n---\nA small site.\n",
    "content/favicon.svg": drawing("#7d2e50"),
    "content/all/index.md": "---\ntitle: All\n---\nTwo articles.\n",
    "content/all/one.md": readFileSync(new URL("everything.md", import.meta.url), "utf8"),
    "content/all/two.md": "---\ntitle: Two\ndescription: The other one.\ndate: 2026-03-02\ntags: [all]\n---\nSee [the page with everything](one.md).\n",
    "content/all/pot.svg": drawing("#1d5e3f"),
    "content/all/cup.svg": drawing("#2b4d74"),
    "content/all/film.webm": "",
    "content/all/film.vtt": "WEBVTT\n",
    "content/all/talk.mp3": "",
  });

/** The themes that come with the program, each with some pages of the site that `gen init` makes of it. */
export const THEMES = {
  magazine: ["", "first-pot/", "first-pot/fill-the-pot/", "tending/watering/", "tags/", "about/"],
  blog: ["", "posts/", "posts/a-crust-that-sings/", "tags/oven/", "archive/", "about/"],
  documentation: ["", "start/", "start/install/", "reference/settings/", "search/?q=water"],
  garden: ["", "beds/", "beds/compost/", "tags/ground/", "about/"],
};

/** The site that `gen init` begins with in a theme. */
export function begun(theme) {
  const root = mkdtempSync(join(tmpdir(), "gen-begun-"));
  const gen = (...words) => execFileSync(generator(), words, { stdio: ["ignore", "ignore", "inherit"] });
  gen("init", root, "--theme", theme, "--title", theme, "--base-url", "https://example.org/below");
  cpSync(join(REPOSITORY, "themes"), join(root, "themes"), { recursive: true });
  gen("build", "--root", root, "--strict", "--quiet");
  return { folder: join(root, "public"), remove: () => rmSync(root, { recursive: true }) };
}

/** Texts of a small site in Arabic, Japanese, German and Hindi, by language. */
export const LANGUAGES = JSON.parse(readFileSync(new URL("languages.json", import.meta.url), "utf8"));

/** A site in these languages, the first at the root: a guide of two steps, a section, tags, an author, search. */
export function withLanguages() {
  const [first, ...others] = Object.keys(LANGUAGES);
  const texts = (language) => {
    const { title, description, guide, about } = LANGUAGES[language];
    const menu = [["guide/index.md", guide[0]], ["about.md", about[0]]].map(([url, title]) => `{ title = "${title}", url = "${url}" }`);
    return `title = "${title}"\ndescription = "${description}"\nmenu = [${menu}]\n`;
  };
  const files = {
    "site.toml": `${texts(first)}base_url = "https://example.org/below"
language = "${first}"
search = true
[headers]
file = true
${others.map((language) => `[languages.${language}]\n${texts(language)}`).join("")}`,
    "content/favicon.svg": drawing("#7d2e50"),
    "content/pot.svg": drawing("#1d5e3f"),
  };
  for (const [language, { welcome, author, about, section, guide, tag, articles }] of Object.entries(LANGUAGES)) {
    const add = (name, front, text = "") => {
      const lines = Object.entries(front).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
      files[`content/${name}${language === first ? "" : `.${language}`}.md`] = `---\n${lines.join("")}---\n${text}`;
    };
    add("index", { title: welcome, image: "pot.svg" });
    add("about", { title: about[0] }, about[1]);
    add("authors/ann", { title: author });
    add("care/index", { title: section[0], description: section[1] });
    const common = { tags: [tag], authors: ["ann"] };
    add("guide/index", { title: guide[0], description: guide[1], date: "2026-02-01", steps: ["one", "two"], ...common }, guide[2]);
    for (const [at, [title, description, text]] of articles.entries()) {
      const place = at < 2 ? "guide" : "care";
      const front = { title, description, date: `2026-03-0${at + 1}`, takeaways: [description], ...common };
      add(`${place}/${["one", "two", "three", "four"][at]}`, front, text);
    }
  }
  return build(files);
}

/** The steps, each in a browser without pages of the one before, and failing where `complaints` holds one after it. */
export function watched(steps, browser, complaints) {
  const watch = (step) => async () => {
    complaints.length = 0;
    await step();
    for (const context of browser.contexts()) await context.close();
    assert.deepEqual(complaints, []);
  };
  return Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, watch(step)]));
}

/** Runs steps (name → function), tells each, and ends the process with 1 if one has failed. */
export async function run(steps, after = () => {}) {
  let failed = 0;
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step();
      console.log(`ok   ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL ${name}\n     ${String(error.message ?? error).replaceAll("\n", "\n     ")}`);
    }
  }
  await after();
  console.log(`${Object.keys(steps).length - failed} of ${Object.keys(steps).length} passed`);
  process.exit(failed ? 1 : 0);
}
