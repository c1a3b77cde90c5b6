// Searches the site in the reader's browser. The index lies in small files; a query fetches those that it
// needs, and never more than BUDGET bytes. How they are made stands in the generator's src/output/search/.

const BUDGET = 150000;
// Of these, what is kept for the pages to be shown, and what a file takes, about.
const SHOWN = 45000;
const LIST = 13000;
const CHUNK = 4500;
// What a page of the site takes, about, and whether its host compresses.
const PAGE_BYTES = 18000;
const MINUTE_BYTES = 1800;
const [visit] = performance.getEntriesByType("navigation");
const packed = visit?.encodedBodySize / visit?.decodedBodySize || 1;
const PAGE = 10;
const WORDS = 7;
// Pages with some of the words that are shown, at most.
const SOME = 50;
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
// The breve of й makes another letter.
const ACCENTS = /([иИ]\u0306)|['’ʼ\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff]/g;

const fold = (run) =>
  run.replace(/['’]s$/i, "").normalize("NFKD").replace(ACCENTS, "$1").toLowerCase()
    .replace(/[ßæœøłđðþıς\u0671\u0649\u06cc\u06a9]/g, (c) => SPELLED[c]).normalize("NFC");

const pairs = (run) => {
  const signs = [...run];
  return signs.length < 2 ? signs : signs.slice(1).map((sign, at) => signs[at] + sign);
};

// The words of a run, each with what kind it is: a "pair" of signs means itself. The same runs come again and again, so
// each is cut once.
const known = new Map();
function cut(run) {
  if (known.has(run)) return known.get(run);
  const found = [];
  let done = 0;
  const folded = fold(run);
  const plain = (word) => {
    if ((word.length > 1 || word > "\x7f") && [...word].length <= 40) found.push([word, ""]);
  };
  for (const { 0: signs, index } of folded.matchAll(SPACELESS)) {
    plain(folded.slice(done, index));
    pairs(signs).forEach((pair) => found.push([pair, signs.length > 1 ? "pair" : ""]));
    done = index + signs.length;
  }
  plain(folded.slice(done));
  known.set(run, found);
  return found;
}

// Names that are told apart by a sign, as src/parse/words/signs.rs finds them: C++, C#, .NET. They mean themselves.
function signed(text, run, index) {
  if (!/^[a-z\d]{1,39}$/i.test(run)) return [];
  const before = text.slice(Math.max(0, index - 3), index);
  const dot = /^[a-z]/i.test(run) && /(^|[^\p{Alphabetic}\p{N}\p{M}'’.])\.$/u.test(before) ? ["." + run] : [];
  const [sign] = text.slice(index + run.length).match(/^(\+\+|#(?![\p{Alphabetic}\p{N}\p{M}]))/u) ?? [];
  return [...dot, ...(sign ? [run + sign] : [])].map((name) => [name.toLowerCase(), "sign"]);
}

// The runs of a text, each with its place and its words.
const runs = (text) =>
  [...text.matchAll(RUNS)].map(({ 0: run, index }) => ({ run, index, cuts: [...cut(run), ...signed(text, run, index)] }));

export const words = (text) => runs(text).flatMap(({ cuts }) => cuts.map(([word]) => word));

// Where words that follow each other begin in a text; -1 where they do not.
function whereabouts(text, phrase) {
  const all = runs(text).flatMap(({ index, cuts }) => cuts.map(([word]) => [word, index]));
  const at = all.findIndex((_, at) => phrase.every((word, next) => all[at + next]?.[0] === word));
  return at < 0 ? at : all[at][1];
}

const QUOTED = /["“”„«»「」『』]([^"“”„«»「」『』]+)["“”«»「」『』]/g;

// ---- Files.

const files = new Map();
let spent = 0;

// A file's name, of its five bytes in another file.
const name = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// The file of this number, of those that a file names.
const numbered = async (names, at, ending) => `${name((await load(names, 0)).subarray(at * 5, at * 5 + 5))}.${ending}`;

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

// Work that takes long lets go now and then, so that the page answers whoever writes or scrolls.
const SLICE = 8;
let since = 0;
async function pause() {
  if (performance.now() - since < SLICE) return;
  await (globalThis.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done)));
  since = performance.now();
}

const lists = new Map();
const reading = new Map();

// The words of a list, each with its family: how many pages hold one of this, and where its postings are. Read once.
function list(number) {
  if (!reading.has(number)) {
    const entries = readList(number);
    entries.then((entries) => lists.set(number, entries), () => reading.delete(number));
    reading.set(number, entries);
  }
  return reading.get(number);
}

async function readList(number) {
  const read = reader(await load(root.lists[number][1], LIST));
  const spelling = new Uint8Array(256);
  const decoder = new TextDecoder();
  const entries = [];
  const told = [];
  let block;
  // A family's postings lie behind those of the one before, or are the first of the next block.
  const family = (begins) => {
    if (begins) block = { file: `${name(read.bytes(5))}.bin`, size: 0 };
    const pages = read.number();
    const length = read.number();
    const at = block.size;
    block.size += length;
    return { key: `${block.file} ${at}`, block, at, length, pages };
  };
  while (read.more()) {
    if (entries.length % 64 === 0) await pause();
    const shared = read.byte();
    const own = read.bytes(read.byte());
    spelling.set(own, shared);
    const word = decoder.decode(spelling.subarray(0, shared + own.length));
    const distance = read.number();
    const known = distance > 1 ? told.at(1 - distance) : family(distance);
    if (distance < 2) told.push(known);
    entries.push({ word, family: known });
  }
  return entries;
}

// ---- Words that are meant.

// The list that holds a word, if any does.
const place = (word) => Math.max(0, root.lists.findLastIndex(([first]) => first <= word));

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

// Whether two words differ as those of one stem do on this site.
const endings = new Set(root.endings);
function kin(a, b) {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return same > 2 && endings.has(a.slice(same)) && endings.has(b.slice(same));
}

// How well a word of the site fits one of the query: 1 for the same, 0 for not at all.
function fit(asked, word) {
  if (word === asked) return 1;
  if (kin(asked, word)) return 0.7;
  if (word.startsWith(asked)) return (0.9 * asked.length) / word.length;
  const ending = asked.length - word.length;
  return word.length > 2 && ending <= (asked.length > 5 ? 3 : 1) && asked.startsWith(word) ? 0.5 : 0;
}

// The same for words with one letter wrong, or two in a long one.
function typo(asked, word) {
  const wrong = distance(asked, word);
  return wrong <= (asked.length > 7 ? 2 : 1) ? 0.8 / (1 + wrong) : 0;
}

// What a word of the query may mean: families of words, the best first. The words of one say the same. The word may be
// the beginning of another where it is still being written.
async function meanings([asked, kind], isBegun) {
  const own = place(asked);
  const best = new Map();
  const look = async (number, fit, slip) => {
    if (number !== own && !affordable(root.lists[number][1], LIST)) return;
    const entries = await list(number);
    for (const [at, { word, family }] of entries.entries()) {
      if (at % 256 === 0) await pause();
      const weight = fit(asked, word);
      if (weight > (best.get(family.key)?.weight ?? 0)) best.set(family.key, { ...family, word, weight, slip });
    }
  };
  await look(own, kind ? (asked, word) => +(word === asked) : fit);
  if (kind) return [...best.values()];
  const from = place(asked.slice(0, Math.max(3, asked.length - 3)));
  const to = Math.min(place(asked + "\uffff"), own + 2);
  for (let number = from; number <= to; number++) {
    if (number !== own) await look(number, fit);
  }
  let meant = [...best.values()];
  // A word of the site means its own.
  if (meant.some(({ weight }) => weight === 1)) {
    meant = meant.filter(({ word, weight }) => weight === 1 || (isBegun && word.startsWith(asked)));
  } else if (asked.length > 3 && !meant.some(({ weight }) => weight > 0.5)) {
    const { lists } = root;
    // Lists with words of the same first letter, the nearest first.
    const near = [...lists.keys()].filter(
      (number) => lists[number][0][0] <= asked[0] && (lists[number + 1]?.[0] ?? asked)[0] >= asked[0],
    );
    near.sort((a, b) => Math.abs(a - own) - Math.abs(b - own));
    for (const number of near) await look(number, typo, true);
    meant = [...best.values()];
  }
  return meant.sort((a, b) => b.weight - a.weight || b.pages - a.pages).slice(0, 10);
}

// ---- Ranking.

const rarity = (pages) => Math.log(1 + (root.pages - pages + 0.5) / (pages + 0.5));

// The levels of the pages that hold a word.
async function postings({ block, at, length }) {
  const levels = new Map();
  const read = reader((await load(block.file, block.size)).subarray(at, at + length));
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
    (meaning) => (first && meaning === group[0]) || affordable(meaning.block.file, meaning.block.size),
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

// Whether all these words stand in a query, in any form.
function holds(query, parts) {
  const asked = words(query);
  return parts.length > 0 && parts.every((part) => asked.some((word) => word === part || kin(word, part)));
}

// Which pages may hold words that follow each other, by the place of each two in src/parse/words/neighbours.rs: a bit for
// each page. Which do, their texts say.
async function mayHold(phrase) {
  const hash = (word) =>
    new TextEncoder().encode(word).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5);
  const rows = phrase.slice(1).map(async (word, at) => {
    const slot = Math.imul(Math.imul(hash(phrase[at]), 0x9e3779b1) + hash(word), 0x85ebca6b) >>> 19;
    const file = await numbered(root.phrases, Math.floor(slot / root.rows), "bin");
    const size = root.rows * root.row;
    if (!affordable(file, size)) return () => true;
    const row = (await load(file, size)).subarray((slot % root.rows) * root.row);
    return (page) => (row[page >> 3] >> (page & 7)) & 1;
  });
  const all = await Promise.all(rows);
  return (page) => all.every((row) => row(page));
}

// What is found for a query: the pages with all of its words and those with some, the best first; the words that were
// meant; the query without its slips; and whether there are more pages.
async function search(query) {
  spent = 0;
  // These names are asked for last, but can come first.
  load(root.chunks, 0);
  const phrases = suggests ? [] : [...query.matchAll(QUOTED)].map(([, said]) => words(said)).filter(({ length }) => length);
  const asked = [...new Map(runs(query).flatMap(({ cuts }) => cuts))].slice(0, WORDS);
  const begun = /[\p{Alphabetic}\p{N}\p{M}]$/u.test(query) ? asked.length - 1 : -1;
  const groups = await Promise.all(asked.map((one, at) => meanings(one, at === begun)));
  const silent = new Set();
  // What the site's owner says that words are looked for as, too; it counts as one of them.
  for (const [said, others] of Object.entries(root.synonyms ?? {})) {
    const parts = words(said);
    if (!holds(query, parts)) continue;
    const isPart = ([word]) => parts.some((part) => word === part || kin(word, part));
    const at = asked.findIndex(isPart);
    if (at < 0) continue;
    for (const other of others) {
      const [meant] = await Promise.all(words(other).map((word) => meanings([word, ""])));
      groups[at].push(...(meant ?? []).map((one) => ({ ...one, weight: one.weight * 0.8 })));
    }
    groups[at].sort((a, b) => b.weight - a.weight);
    // The other words of several mean nothing by themselves.
    if (parts.length > 1) for (const [i, one] of asked.entries()) if (i !== at && isPart(one)) silent.add(i);
  }
  const slips = new Map(asked.flatMap(([word], at) => (groups[at][0]?.slip ? [[word, groups[at][0].word]] : [])));
  const unfound = groups.some((group, at) => !group.length && !silent.has(at));
  const found = groups.filter((group, at) => group.length && !silent.has(at));
  for (const group of found) group.rarity = rarity(group[0].pages);
  // Words that are nearly everywhere tell pages apart only where there are no others.
  found.sort((a, b) => b.rarity - a.rarity);
  const telling = found.filter((group, at) => !at || group.rarity > 0.4);
  const sum = telling.reduce((sum, group) => sum + group.rarity, 0);

  const pages = new Map();
  const all = await Promise.all(telling.map((group, at) => scores(group, !at)));
  for (const [at, best] of all.entries()) {
    for (const [page, score] of best) {
      const one = pages.get(page) ?? { page, score: 0, share: 0 };
      one.score += score;
      one.share += telling[at].rarity / sum;
      pages.set(page, one);
    }
  }
  const may = await Promise.all(phrases.map(mayHold));
  const isWhole = ({ page, share }) => (suggests ? share > 0.33 : !unfound && share > 0.99 && may.every((holds) => holds(page)));
  const kept = [...pages.values()].sort((a, b) => b.score * b.share ** 2 - a.score * a.share ** 2 || b.page - a.page);
  // What the site's owner says that a search leads to comes first.
  const first = suggests ? [] : (root.first ?? []).filter(([said]) => holds(query, words(said))).map(([, page]) => page);
  const whole = [...new Set([...first, ...kept.filter(isWhole).map(({ page }) => page)])];
  const some = suggests ? [] : kept.filter(({ page, share }) => share > 0.25 && !whole.includes(page)).slice(0, SOME);
  const keys = new Set(found.flat().map(({ key }) => key));
  return {
    whole,
    first: first.length,
    some: some.map(({ page }) => page),
    phrases,
    meant: new Set([...lists.values()].flat().filter(({ family }) => keys.has(family.key)).map(({ word }) => word)),
    corrected: slips.size && runs(query).reduceRight((said, { run, index, cuts }) => {
      const slip = slips.get(cuts[0]?.[0]);
      return slip ? said.slice(0, index) + slip + said.slice(index + run.length) : said;
    }, query),
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
  for (const { run, index, cuts } of runs(text)) {
    if (cuts.some(([word, kind]) => kind !== "pair" && meant.has(word))) add(index, index + run.length);
    else if (cuts.some(([, kind]) => kind === "pair")) {
      // Signs keep their places in the text: it is looked through sign by sign.
      for (let at = index; at + 1 < index + run.length; at++) {
        if (meant.has(fold(run.slice(at - index, at - index + 2)))) add(Math.max(at, done), at + 2);
      }
    }
  }
  element.append(text.slice(done));
  return done > 0;
}

// The part of a page's text that holds most of the words that were meant, above all those that stand in quotes; nothing
// where there is none.
function excerpt(page, meant, phrases) {
  const wanted = [...meant, ...phrases.flat()];
  let [most, best] = [0];
  for (const part of page.querySelectorAll(".prose :is(p, li, td, h2, h3, figcaption)")) {
    const whole = part.textContent.replace(/\s+/g, " ").trim();
    // Most parts hold none of the words, which is seen sooner than it is cut.
    const folded = fold(whole);
    if (!wanted.some((word) => folded.includes(word))) continue;
    const held = new Set();
    let first = 0;
    for (const { index, cuts } of runs(whole)) {
      for (const [word] of cuts) {
        if (!meant.has(word)) continue;
        if (!held.size) first = index;
        held.add(word);
      }
    }
    const quoted = phrases.map((phrase) => whereabouts(whole, phrase)).filter((at) => at >= 0);
    if (quoted.length) first = quoted[0];
    const worth = held.size + quoted.length * 10;
    if (worth > most) [most, best] = [worth, { whole, first }];
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

// What is shown of a page; nothing where words in quotes do not follow each other there.
async function show([title, url, description, section, minutes], meant, phrases) {
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
  const quoted = phrases.every((phrase) => [title, description].some((text) => whereabouts(text, phrase) >= 0));
  if (!(told && quoted) && affordable("", size, 0)) {
    spent += size;
    const html = await fetch(url).then((answer) => answer.text(), () => "");
    spent += html.length * packed - size;
    await pause();
    const page = new DOMParser().parseFromString(html, "text/html");
    const main = page.querySelector("main")?.textContent;
    if (!quoted && main && phrases.some((phrase) => whereabouts(main, phrase) < 0)) return null;
    const found = excerpt(page, meant, phrases);
    if (found) {
      words.textContent = "";
      mark(words, found, meant);
    }
  }
  return item;
}

const status = results.querySelector("[role=status]");
const items = results.querySelector("ol");
const part = results.querySelector("[data-part]");
const more = results.querySelector("button");
let asking = 0;

// "Did you mean …?", with the query as it may have been meant.
const meantThis = element("p", "search-meant");
function ask(query) {
  const link = element("a", "", query || "");
  link.href = `${form.action}?q=${encodeURIComponent(query)}`;
  const [before, after] = (text.meant ?? "").split("{query}");
  meantThis.replaceChildren(...(query && text.meant ? [before, link, after ?? ""] : []));
}

async function answer(query, most = PAGE) {
  const number = ++asking;
  let [said, made, others, rest, corrected] = ["", [], [], false];
  try {
    if (words(query).length) {
      const found = await search(query);
      // The best first: until there are enough, as some turn out not to hold what stands in quotes.
      const take = async (pages, most, quoted) => {
        const taken = [];
        let at = 0;
        while (taken.length < most && at < pages.length && number === asking) {
          const some = pages.slice(at, at + most - taken.length);
          const chunk = async (page) => load(await numbered(root.chunks, Math.floor(page / root.chunk), "json"), CHUNK);
          const chunks = await Promise.all(some.map(chunk));
          const shown = chunks.map((chunk, i) => show(chunk[some[i] % root.chunk], found.meant, quoted(at + i)));
          taken.push(...(await Promise.all(shown)).filter(Boolean));
          at += some.length;
        }
        return [taken, at];
      };
      let at;
      // What comes first because the site's owner says so need not hold the words.
      [made, at] = await take(found.whole, most, (at) => (at < found.first ? [] : found.phrases));
      const count = found.whole.length - at + made.length;
      if (made.length < most) [others] = await take(found.some, most - made.length, () => []);
      if (number !== asking) return;
      corrected = found.corrected;
      const { capped } = found;
      const { lang } = document.documentElement;
      const form = () => new Intl.PluralRules(text.language || lang).select(count);
      said = text[count ? (capped ? "best" : form()) : "none"] ?? text.other;
      said = said.replace("{count}", count.toLocaleString(lang, { useGrouping: "min2" }));
      if (!count && others.length) said = text.some ?? said;
      rest = count + found.some.length > most;
    }
  } catch {
    said = text.failed;
  }
  if (number !== asking) return;
  // Where nothing is asked for, the lists that lead to everything stand in the place of results.
  results.classList.toggle("idle", !words(query).length);
  ask(corrected);
  if (!meantThis.isConnected) status.after(meantThis);
  items.replaceChildren(...made);
  // Where nothing is like the address, nothing is promised.
  if (suggests) results.classList.toggle("none", !made.length);
  if (part) {
    part.hidden = !others.length;
    part.querySelector("h2").hidden = !made.length;
    part.querySelector("ol").replaceChildren(...others);
  } else items.append(...others);
  status.textContent = said;
  if (!more) return;
  more.hidden = !rest;
  more.onclick = async () => {
    await answer(query, most + PAGE);
    results.querySelectorAll("ol > li")[most]?.querySelector("a").focus();
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
