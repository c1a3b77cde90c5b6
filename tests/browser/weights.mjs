// What readers pay: `node weights.mjs FOLDER`, with a built site. Every article with its cards: HTML and CSS, and
// scripts, compressed as hosts do it. Fails above the limits, where a script blocks, or where a page asks another host.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { basePath, folder } from "./shared.mjs";

const PAGE_LIMIT = 20_000;
const SCRIPT_LIMIT = 10_000;
const CARDS = 7;

const site = folder();
const read = (file) => readFileSync(join(site, file));
const base = basePath(site);
const packed = (bytes) => gzipSync(bytes).length;
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
const own = (address) => (address.startsWith(base) ? read(decodeURIComponent(address.slice(base.length))) : "");
const faults = [];

function weigh(name) {
  const html = read(name).toString();
  const tags = [...html.matchAll(/<(script|link|img|source|iframe|video|audio)\b([^>]*)>/g)].map(([, tag, rest]) => {
    const attributes = Object.fromEntries([...rest.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, key, value]) => [key, value ?? ""]));
    return { tag, ...attributes };
  });
  const loaded = tags.filter(({ tag, rel }) => tag !== "link" || /stylesheet|icon|manifest|preload/.test(rel));
  for (const address of loaded.map(({ tag, src, href }) => (tag === "link" ? href : src)).filter(Boolean)) {
    if (!address.startsWith(base)) faults.push(`${name} asks for ${address}`);
  }
  const scripts = tags.filter(({ tag, src }) => tag === "script" && src);
  for (const { src, type, ...rest } of scripts) {
    if (!("defer" in rest || "async" in rest || type === "module")) faults.push(`${name}: ${src} blocks`);
  }
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)(?![^>]*ld\+json)[^>]*>(.*?)<\/script>/gs)].map(([, text]) => text);
  const styles = loaded.filter(({ rel }) => rel === "stylesheet").map(({ href }) => packed(own(href)));
  return {
    name,
    cards: html.split('<li class="card').length - 1,
    html: packed(html),
    css: styles.reduce((sum, size) => sum + size, 0),
    scripts: scripts.reduce((sum, { src }) => sum + packed(own(src)), 0) + (inline.length ? packed(inline.join("\n")) : 0),
  };
}

const names = readdirSync(site, { recursive: true }).filter((name) => name.endsWith(".html"));
const pages = names.map(weigh);
const isArticle = ({ name }) => read(name).includes("BlogPosting");
const articles = pages.filter((page) => page.cards >= CARDS && isArticle(page));
if (!articles.length) faults.push(`no article has ${CARDS} cards`);
const whole = ({ html, css }) => html + css;
articles.sort((a, b) => whole(a) - whole(b));
const half = articles[articles.length >> 1];
const most = articles.at(-1);
const tell = (what, page) => console.log(`${what}: HTML ${kb(page.html)} + CSS ${kb(page.css)} = ${kb(whole(page))} (${page.name})`);
if (half) {
  tell(`half of ${articles.length} articles with ${CARDS} cards at most`, half);
  tell("the heaviest", most);
  if (whole(most) > PAGE_LIMIT) faults.push(`${most.name} is above ${kb(PAGE_LIMIT)}`);
}
const scripted = pages.reduce((a, b) => (b.scripts > a.scripts ? b : a));
console.log(`scripts: ${kb(half?.scripts ?? 0)} on an article, at most ${kb(scripted.scripts)} (${scripted.name})`);
if (scripted.scripts > SCRIPT_LIMIT) faults.push(`${scripted.name}: scripts above ${kb(SCRIPT_LIMIT)}`);
for (const fault of faults) console.log(`FAIL ${fault}`);
console.log(`weights: ${pages.length} pages, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
