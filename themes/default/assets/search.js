// Searches the site in the reader's browser. The index lies in small files; a query fetches those that it
// needs, and never more than BUDGET bytes. How they are made stands in the generator's src/output/search/.

const BUDGET = 150000;
// Of these, what is kept for the pages to be shown, and what a file takes, about.
const SHOWN = 45000;
const LIST = 13000;
const CHUNK = 4500;
// What a page of the site takes, about, and whether its host compresses.
const PAGE_BYTES = 14000;
const MINUTE_BYTES = 1800;
const [visit] = performance.getEntriesByType("navigation");
const packed = visit?.encodedBodySize / visit?.decodedBodySize || 1;
const PAGE = 10;
const WORDS = 7;
const IN_TITLE = 16;

const form = document.querySelector("form[data-index]");
const results = document.querySelector("[data-results]");
const text = results.dataset;
const root = JSON.parse(form.dataset.index);
const input = form.elements.q;
const suggests = "suggest" in text;

// ---- Words: as src/parse/words/fold.rs cuts them.

const RUNS = /[\p{Alphabetic}\p{N}\p{M}'’]+/gu;
const SPACELESS = /[\u2e80-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+/gu;
const SPELLED = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ",
  "\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643" };
const ACCENTS = /['’ʼ\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff]/g;

const fold = (run) =>
  run.replace(/['’]s$/i, "").normalize("NFKD").replace(ACCENTS, "").toLowerCase()
    .replace(/[ßæœøłđðþıς\u0671\u0649\u06cc\u06a9]/g, (c) => SPELLED[c]).normalize("NFC");

const pairs = (run) => {
  const signs = [...run];
  return signs.length < 2 ? signs : signs.slice(1).map((sign, at) => signs[at] + sign);
};

// The words of a run, each with whether it is a pair of signs, which means itself.
function cut(run) {
  const found = [];
  let done = 0;
  const folded = fold(run);
  const plain = (word) => {
    if ((word.length > 1 || word > "\x7f") && [...word].length <= 40) found.push([word, false]);
  };
  for (const { 0: signs, index } of folded.matchAll(SPACELESS)) {
    plain(folded.slice(done, index));
    pairs(signs).forEach((pair) => found.push([pair, signs.length > 1]));
    done = index + signs.length;
  }
  plain(folded.slice(done));
  return found;
}

export const words = (text) => (text.match(RUNS) ?? []).flatMap((run) => cut(run).map(([word]) => word));

// ---- Files.

const files = new Map();
let spent = 0;

// Fetches a file once. Its size is guessed until it is known, because others are asked for meanwhile.
function load(name, guess) {
  if (!files.has(name)) {
    spent += guess;
    const fetched = fetch(root.folder + name).then(async (answer) => {
      if (!answer.ok) throw new Error(answer.status);
      const bytes = await answer.arrayBuffer();
      spent += bytes.byteLength - guess;
      return name.endsWith("json") ? JSON.parse(new TextDecoder().decode(bytes)) : new Uint8Array(bytes);
    });
    fetched.catch(() => files.delete(name));
    files.set(name, fetched);
  }
  return files.get(name);
}

// Whether there are bytes left for a file.
const affordable = (name, size, kept = SHOWN) => files.has(name) || spent + size + kept <= BUDGET;

function reader(bytes) {
  let at = 0;
  return {
    more: () => at < bytes.length,
    byte: () => bytes[at++],
    bytes: (count) => bytes.subarray(at, (at += count)),
    number() {
      for (let value = 0, unit = 1; ; unit *= 128) {
        const byte = bytes[at++];
        value += (byte & 127) * unit;
        if (byte < 128) return value;
      }
    },
  };
}

const lists = new Map();

// The words of a list: how many pages hold each, and where its postings are.
async function list(number) {
  const bytes = await load(`${number}.bin`, LIST);
  if (!lists.has(number)) {
    const read = reader(bytes);
    const spelling = new Uint8Array(256);
    const decoder = new TextDecoder();
    const entries = [];
    let block = 0;
    let at = 0;
    while (read.more()) {
      const shared = read.byte();
      const own = read.bytes(read.byte());
      spelling.set(own, shared);
      const word = decoder.decode(spelling.subarray(0, shared + own.length));
      const pages = read.number();
      const length = read.number();
      if (at && at + length > root.block) {
        block += 1;
        at = 0;
      }
      entries.push({ word, pages, file: `${number}-${block}.bin`, at, length });
      at += length;
    }
    lists.set(number, entries);
  }
  return lists.get(number);
}

// ---- Words that are meant.

// The list that holds a word, if any does.
const place = (word) => Math.max(0, root.lists.findLastIndex((first) => first <= word));

// How many letters are wrong, left out, too many, or changed places with the next; 3 for more than two.
function distance(a, b) {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let before = [];
  let above = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] !== b[j - 1]));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = above;
    above = row;
  }
  return above[b.length];
}

// How well a word of the site fits one of the query: 1 for the same, 0 for not at all.
function fit(asked, word) {
  if (word === asked) return 1;
  if (word.startsWith(asked)) return (0.9 * asked.length) / word.length;
  const ending = asked.length - word.length;
  return word.length > 2 && ending <= (asked.length > 5 ? 3 : 1) && asked.startsWith(word) ? 0.5 : 0;
}

// The same for words with one letter wrong, or two in a long one.
function typo(asked, word) {
  const wrong = distance(asked, word);
  return wrong <= (asked.length > 7 ? 2 : 1) ? 0.8 / (1 + wrong) : 0;
}

// What a word of the query may mean, the best first.
async function meanings([asked, isPair]) {
  const own = place(asked);
  const meant = [];
  const look = async (number, fit) => {
    if (number !== own && !affordable(`${number}.bin`, LIST)) return;
    for (const entry of await list(number)) {
      const weight = fit(asked, entry.word);
      if (weight) meant.push({ ...entry, weight });
    }
  };
  await look(own, isPair ? (asked, word) => +(word === asked) : fit);
  if (isPair) return meant;
  const from = place(asked.slice(0, Math.max(3, asked.length - 3)));
  const to = Math.min(place(asked + "\uffff"), own + 2);
  for (let number = from; number <= to; number++) {
    if (number !== own) await look(number, fit);
  }
  if (asked.length > 3 && !meant.some(({ weight }) => weight > 0.5)) {
    const { lists } = root;
    // Lists with words of the same first letter, the nearest first.
    const near = [...lists.keys()].filter(
      (number) => lists[number][0] <= asked[0] && (lists[number + 1] ?? asked)[0] >= asked[0],
    );
    near.sort((a, b) => Math.abs(a - own) - Math.abs(b - own));
    for (const number of near) await look(number, typo);
  }
  return meant.sort((a, b) => b.weight - a.weight || b.pages - a.pages).slice(0, 10);
}

// ---- Ranking.

const rarity = (pages) => Math.log(1 + (root.pages - pages + 0.5) / (pages + 0.5));

// The levels of the pages that hold a word.
async function postings({ file, at, length }) {
  const levels = new Map();
  const read = reader((await load(file, root.block)).subarray(at, at + length));
  while (read.more()) {
    const head = read.byte();
    let page = 0;
    for (let count = head & 7 || read.number(); count; count--) {
      levels.set((page += read.number()), head >> 3);
    }
  }
  return levels;
}

// The best that a page gets for one word of the query, by page.
async function scores(group, first) {
  const payable = group.filter(
    (meaning) => (first && meaning === group[0]) || affordable(meaning.file, root.block),
  );
  const best = new Map();
  const all = await Promise.all(payable.map(postings));
  for (const [at, levels] of all.entries()) {
    const { weight, pages } = payable[at];
    best.capped ||= levels.size < pages;
    for (const [page, level] of levels) {
      if (suggests && level < IN_TITLE) continue;
      const score = weight * Math.min(group.rarity, rarity(pages)) * (level + 2);
      if (score > (best.get(page) ?? 0)) best.set(page, score);
    }
  }
  return best;
}

// Whether all these words stand in a query.
function holds(query, parts) {
  const asked = words(query);
  return parts.length > 0 && parts.every((part) => asked.includes(part));
}

// The pages for a query, the best first, the words that were meant, and whether there are more pages.
async function search(query) {
  spent = 0;
  const asked = [...new Map((query.match(RUNS) ?? []).flatMap(cut))].slice(0, WORDS);
  const groups = await Promise.all(asked.map(meanings));
  // What the site's owner says that words are looked for as, too; it counts as one of them.
  for (const [said, others] of Object.entries(root.synonyms ?? {})) {
    const parts = words(said);
    if (!holds(query, parts)) continue;
    const at = asked.findIndex(([word]) => parts.includes(word));
    for (const other of others) {
      const [meant] = await Promise.all(words(other).map((word) => meanings([word, false])));
      groups[at].push(...(meant ?? []).map((one) => ({ ...one, weight: one.weight * 0.8 })));
    }
    groups[at].sort((a, b) => b.weight - a.weight);
    // The other words of several mean nothing by themselves.
    if (parts.length > 1) for (const [i, [word]] of asked.entries()) if (i !== at && parts.includes(word)) groups[i] = [];
  }
  const found = groups.filter((group) => group.length);
  for (const group of found) group.rarity = rarity(group[0].pages);
  // Words that are nearly everywhere tell pages apart only where there are no others.
  found.sort((a, b) => b.rarity - a.rarity);
  const telling = found.filter((group, at) => !at || group.rarity > 0.4);
  const whole = telling.reduce((sum, group) => sum + group.rarity, 0);

  const pages = new Map();
  const all = await Promise.all(telling.map((group, at) => scores(group, !at)));
  for (const [at, best] of all.entries()) {
    for (const [page, score] of best) {
      const sum = pages.get(page) ?? { page, score: 0, share: 0 };
      sum.score += score;
      sum.share += telling[at].rarity / whole;
      pages.set(page, sum);
    }
  }
  let kept = [...pages.values()];
  const complete = kept.filter(({ share }) => share > 0.99);
  if (suggests) kept = kept.filter(({ share }) => share > 0.4);
  else if (complete.length) kept = complete;
  kept.sort((a, b) => b.score * b.share ** 2 - a.score * a.share ** 2 || a.page - b.page);
  // What the site's owner says that a search leads to comes first.
  const first = suggests ? [] : (root.first ?? []).filter(([said]) => holds(query, words(said))).map(([, page]) => page);
  return {
    pages: [...new Set([...first, ...kept.map(({ page }) => page)])],
    meant: new Set(found.flat().map(({ word }) => word)),
    capped: all.some(({ capped }) => capped),
  };
}

// ---- What readers see.

// Puts a text into an element, the words that were meant marked. Says whether there are any.
function mark(element, text, meant) {
  let done = 0;
  const add = (from, to) => {
    element.append(text.slice(done, from));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(from, to);
    element.append(mark);
    done = to;
  };
  for (const { 0: run, index } of text.matchAll(RUNS)) {
    const cuts = cut(run);
    if (cuts.some(([word, isPair]) => !isPair && meant.has(word))) add(index, index + run.length);
    else if (cuts.some(([, isPair]) => isPair)) {
      // Signs keep their places in the text: it is looked through sign by sign.
      for (let at = index; at + 1 < index + run.length; at++) {
        if (meant.has(fold(run.slice(at - index, at - index + 2)))) add(Math.max(at, done), at + 2);
      }
    }
  }
  element.append(text.slice(done));
  return done > 0;
}

// The part of a page's text that holds most of the words that were meant; nothing where there is none.
function excerpt(html, meant) {
  const page = new DOMParser().parseFromString(html, "text/html");
  let [most, best] = [0];
  for (const part of page.querySelectorAll(".prose :is(p, li, td, h2, h3, figcaption)")) {
    const whole = part.textContent.replace(/\s+/g, " ").trim();
    const held = new Set();
    let first = 0;
    for (const { 0: run, index } of whole.matchAll(RUNS)) {
      for (const [word] of cut(run)) {
        if (!meant.has(word)) continue;
        if (!held.size) first = index;
        held.add(word);
      }
    }
    if (held.size > most) [most, best] = [held.size, { whole, first }];
  }
  if (!best) return "";
  const { whole, first } = best;
  // Cut at spaces, where there are any.
  const before = whole.indexOf(" ", first - 80) + 1;
  const from = first < 90 ? 0 : before && before <= first ? before : first - 40;
  const after = whole.lastIndexOf(" ", from + 220);
  const to = whole.length < from + 240 ? whole.length : after > first ? after : from + 220;
  return (from ? "… " : "") + whole.slice(from, to) + (to < whole.length ? " …" : "");
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

async function show([title, url, description, section, minutes], meant) {
  const link = element("a");
  link.href = url;
  mark(link, title, meant);
  const item = element("li", "", element("h2", "", link));
  if (suggests) return item;
  const words = element("p", "search-text");
  const told = mark(words, description, meant);
  if (section) item.append(element("p", "search-section", section));
  item.append(words);
  // The page itself says where the word stands, if there are bytes left for it.
  const size = (PAGE_BYTES + minutes * MINUTE_BYTES) * packed;
  if (!told && affordable("", size, 0)) {
    spent += size;
    const html = await fetch(url).then((answer) => answer.text(), () => "");
    const found = excerpt(html, meant);
    if (found) {
      words.textContent = "";
      mark(words, found, meant);
    }
  }
  return item;
}

const status = results.querySelector("[role=status]");
const items = results.querySelector("ol");
const more = results.querySelector("button");
let asking = 0;

async function answer(query, most = PAGE) {
  const number = ++asking;
  let [said, made, rest] = ["", [], false];
  try {
    if (words(query).length) {
      const { pages, meant, capped } = await search(query);
      const count = pages.length;
      const chunks = await Promise.all(
        pages.slice(0, most).map((page) => load(`${Math.floor(page / root.chunk)}.json`, CHUNK)),
      );
      if (number !== asking) return;
      made = await Promise.all(chunks.map((chunk, at) => show(chunk[pages[at] % root.chunk], meant)));
      const { lang } = document.documentElement;
      const form = () => new Intl.PluralRules(text.language || lang).select(count);
      said = text[count ? (capped ? "best" : form()) : "none"] ?? text.other;
      said = said.replace("{count}", count.toLocaleString(lang, { useGrouping: "min2" }));
      rest = count > most;
    }
  } catch {
    said = text.failed;
  }
  if (number !== asking) return;
  items.replaceChildren(...made);
  status.textContent = said;
  if (!more) return;
  more.hidden = !rest;
  more.onclick = async () => {
    await answer(query, most + PAGE);
    items.children[most]?.querySelector("a").focus();
  };
}

if (suggests) {
  // The address that is none often holds the words of the one that was meant.
  let path = location.pathname.slice(root.folder.lastIndexOf("search/")).replace(/(index)?\.\w+$/, "");
  try {
    path = decodeURIComponent(path);
  } catch {}
  path = words(path.replaceAll("_", " ")).join(" ");
  input.value ||= path;
  answer(path, 3);
} else if (form.closest("dialog")) {
  // Over another page, whose address stays; sending the form leads to the page for search.
  let wait;
  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => answer(input.value, 6), 150);
  });
} else {
  const asked = () => new URLSearchParams(location.search).get("q") ?? "";
  const address = () => (input.value ? `?q=${encodeURIComponent(input.value)}` : location.pathname);
  let wait;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(wait);
    if (input.value !== asked()) history.pushState(null, "", address());
    answer(input.value);
  });
  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => {
      history.replaceState(null, "", address());
      answer(input.value);
    }, 250);
  });
  addEventListener("popstate", () => answer((input.value = asked())));
  answer((input.value = asked()));
}
