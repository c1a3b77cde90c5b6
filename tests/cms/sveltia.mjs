// An author opens the editor that `gen init --cms sveltia` wrote: `node sveltia.mjs`. The site is Sveltia's local repository:
// its files lie in the browser's own folder, which stands for the one that the author would choose. The written config is
// loaded as it is.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { generator, launch } from "../browser/shared.mjs";

const PACKAGE = process.env.SVELTIA ?? fileURLToPath(new URL("node_modules/@sveltia/cms", import.meta.url));
const SCRIPT = "https://unpkg.com/@sveltia/cms/";
const PATIENCE = 30_000;

const root = mkdtempSync(join(tmpdir(), "gen-cms-"));
const gen = (...words) => execFileSync(generator(), words, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
gen("init", "--title", "Pots");
gen("init", "--cms", "sveltia");
const written = join(root, "content/first-pot/fill-the-pot.md");
writeFileSync(written, readFileSync(written, "utf8").replace("\ntags:", "\nauthors: [Your name]\ntags:"));
const config = readFileSync(join(root, "content/admin/config.yml"), "utf8");

function files(folder = root) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [relative(root, path)];
  });
}

const server = createServer((request, answer) => {
  const path = request.url.replace(/\?.*/, "").replace(/\/$/, "/index.html");
  try {
    const bytes = readFileSync(join(root, "content", path));
    const kind = { html: "text/html; charset=utf-8", yml: "text/yaml" }[path.split(".").pop()] ?? "application/octet-stream";
    answer.writeHead(200, { "content-type": kind }).end(bytes);
  } catch {
    answer.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const url = `http://localhost:${server.address().port}/admin/`;

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, locale: "en-US" });
const page = await context.newPage();
page.setDefaultTimeout(PATIENCE);
const complaints = [];
page.on("pageerror", (error) => complaints.push(String(error)));
page.on("console", (message) => {
  // What it asks of other hosts, such as the newest version's number, is not answered here.
  if (message.type() === "error" && !message.text().includes("net::ERR")) complaints.push(message.text());
});
await context.route((address) => address.hostname !== "localhost", (route) => {
  const address = route.request().url();
  if (!address.startsWith(SCRIPT)) return route.abort();
  const path = join(PACKAGE, address.slice(SCRIPT.length).replace(/\?.*/, ""));
  return route.fulfill({ path, contentType: "text/javascript", headers: { "access-control-allow-origin": "*" } });
});

async function seen(what, words) {
  try {
    await page.waitForFunction((words) => document.body.innerText.includes(words), words);
  } catch {
    throw new Error(`${what}: no "${words}" in:\n${await page.evaluate(() => document.body.innerText)}`);
  }
}

try {
  // The author's folder, before the editor asks for it.
  const texts = files().map((path) => [path, readFileSync(join(root, path), "base64")]);
  await page.goto(`${url}config.yml`);
  await page.evaluate(async (texts) => {
    const top = await navigator.storage.getDirectory();
    await top.getDirectoryHandle(".git", { create: true });
    for (const [path, text] of texts) {
      const parts = path.split("/");
      const name = parts.pop();
      let folder = top;
      for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
      const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await stream.write(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
      await stream.close();
    }
  }, texts);
  await page.addInitScript(() => {
    window.showDirectoryPicker = () => navigator.storage.getDirectory();
  });

  await page.goto(url);
  await page.getByRole("button", { name: /local repository/i }).click();
  const labels = [...config.matchAll(/^ {4}label: "?(.*?)"?$/gm)].map(([, label]) => label);
  assert.ok(labels.length >= 3, config);
  for (const label of labels) await seen("the list of collections", label);
  console.log(`ok: ${labels.length} collections: ${labels.join(", ")}`);

  await page.goto(`${url}#/collections/first-pot/entries/fill-the-pot`);
  await seen("an article", "Title");
  const section = config.slice(config.indexOf("name: first-pot"));
  const fields = section.slice(section.indexOf("\n    fields:")).split("\n  - name:")[0];
  const names = [...fields.matchAll(/^ {8}label: "?(.*?)"?$/gm)].map(([, label]) => label);
  assert.ok(names.length >= 5, fields);
  for (const name of names) await seen("the fields of an article", name);
  console.log(`ok: ${names.length} fields: ${names.join(", ")}`);

  // Authors are a relation: the one that the site has is offered.
  assert.match(fields, /widget: relation/);
  await seen("the relation of authors", "Your name");
  console.log("ok: the author of the article is shown by the relation");

  assert.deepEqual(complaints, []);
} finally {
  if (process.env.PICTURE) await page.screenshot({ path: process.env.PICTURE, fullPage: true });
  console.log(complaints.join("\n"));
  await browser.close();
  server.close();
  rmSync(root, { recursive: true, force: true });
}
