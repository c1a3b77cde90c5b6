// An author with `gen serve` and a browser beside the editor: `node serve.mjs`. What is saved shows at once and stays in
// place; mistakes stand over the page; the bar and the desk.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { generator, launch, run, watched } from "./shared.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const DESK = ["", "suggestions", "articles", "links", "drafts", "lints"];
const root = mkdtempSync(join(tmpdir(), "gen-serve-"));
const save = (path, text) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const article = (title, text) => `---\ntitle: ${title}\ndescription: About it.\ndate: 2026-01-01\n---\n\n${text}\n`;
const long = "A paragraph that takes its place on the page.\n\n".repeat(80);
save("site.toml", 'title = "Small"\nbase_url = "https://example.org/below/"\ntheme = "mine"\n[headers]\nmeta = true\n');
save("themes/mine/theme.toml", 'extends = "default"\n');
save("themes/mine/assets/own.css", "h1 { letter-spacing: 1px }\n");
save("themes/mine/templates/base.html", '{% extends "default/base.html" %}\n');
save("content/index.md", "---\ntitle: Home\n---\nWelcome.\n");
save("content/favicon.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>');
save("content/own.css", ":root { --own: 1 }\n");
save("content/a/one.md", article("One", `First [two](two.md).\n\n${long}`));
save("content/a/two.md", article("Two", `Second.\n\n<link rel="stylesheet" href="/own.css">`));
save("content/a/later.md", "---\ntitle: Later\ndescription: d\ndraft: true\n---\nNot yet.\n");

const server = spawn(generator(), ["serve", "--root", root, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
const url = await new Promise((found, failed) => {
  server.on("exit", (status) => failed(new Error(`gen serve ended with ${status}`)));
  createInterface({ input: server.stdout }).on("line", (line) => {
    const address = line.match(/http:\S+(?= +the site)/);
    if (address) found(address[0]);
  });
});

const browser = await launch();
const complaints = [];
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    // The browser itself, where a page is loaded again while it comes in.
    if (!/ViewTransition|Transition was skipped/.test(String(error))) complaints.push(`${page.url()}: ${error}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${page.url()}: ${message.text()}`);
  });
  const listens = page.waitForRequest(/_gen\/events/).catch(() => null);
  await page.goto(url + path);
  if (options.javaScriptEnabled !== false) await listens;
  return page;
}
// Stays as long as the page is not loaded again.
const mark = (page) => page.evaluate(() => (window.marked = true));
const isMarked = (page) => page.evaluate(() => window.marked === true);
const shows = (page, text) => page.waitForFunction((text) => document.body.innerText.includes(text), text);

const steps = {
  async "what is saved shows at once, and the page stays in its place"() {
    const page = await open("a/one/");
    await page.evaluate(() => scrollTo({ top: 900, behavior: "instant" }));
    save("content/a/one.md", article("One", `First [two](two.md).\n\n${long}\n\nThe new end.`));
    await shows(page, "The new end.");
    await page.waitForFunction(() => scrollY === 900);
  },

  async "a page that did not change is left alone"() {
    const page = await open("a/two/");
    await mark(page);
    const other = await open("a/one/");
    save("content/a/one.md", article("One", `First [two](two.md).\n\n${long}\n\nAnother end.`));
    await shows(other, "Another end.");
    await other.waitForTimeout(300);
    assert.ok(await isMarked(page));
  },

  async "a stylesheet is exchanged without the page"() {
    const page = await open("a/two/");
    await mark(page);
    save("content/own.css", ":root { --own: 2 }\n");
    await page.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue("--own").trim() === "2");
    assert.ok(await isMarked(page));
    assert.equal(await page.locator('link[href*="own.css"]').count(), 1);
  },

  async "a mistake stands over the last good page, runs nothing, and goes when it is mended"() {
    const page = await open("a/two/");
    save("content/a/two.md", article("Two", "[x](nope<img src=x onerror=alert(1)>.md)\n\n[y](none.md)"));
    const overlay = page.locator("gen-serve .overlay");
    await overlay.waitFor();
    assert.match(await overlay.innerText(), /none\.md[\s\S]*line 9/);
    assert.equal(await overlay.locator("img").count(), 0);
    await shows(page, "Second.");
    await page.keyboard.press("Escape");
    await overlay.waitFor({ state: "detached" });
    // Who comes later sees it too.
    const later = await open("a/one/");
    await later.locator("gen-serve .overlay").waitFor();
    save("content/a/two.md", article("Two", "Second, mended."));
    await later.locator("gen-serve .overlay").waitFor({ state: "detached" });
    await shows(page, "mended");
  },

  async "the bar names the file and who links to it, and can be folded away"() {
    const page = await open("a/two/");
    const bar = page.locator("gen-serve .bar");
    assert.match(await bar.innerText(), /content\/a\/\s*two\.md\s+open\s+2 words\s+linked from 1\s+desk/);
    await bar.locator(".edit").click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "content/a/two.md");
    await bar.locator("summary").click();
    await bar.getByRole("link", { name: "One" }).click();
    await page.waitForURL("**/a/one/");
    await page.locator("gen-serve .fold").click();
    assert.ok(!(await page.locator("gen-serve .parts").isVisible()));
    await page.reload();
    assert.ok(!(await page.locator("gen-serve .parts").isVisible()));
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await page.locator("gen-serve .bar").isVisible()));
  },

  async "the desk follows what is saved"() {
    const page = await open("_gen/articles");
    save("content/a/three.md", article("Three", "Third."));
    await shows(page, "content/a/three.md");
    await page.getByRole("button", { name: "Words" }).click();
    const words = await page.locator('[data-name="Words"]').allInnerTexts();
    assert.deepEqual(words.map(Number), words.map(Number).sort((a, b) => a - b));
    save("content/a/three.md", article("Three", "[x](none.md)"));
    await page.goto(`${url}_gen/`);
    await shows(page, "none.md");
    await mark(page);
    await page.waitForTimeout(700);
    assert.ok(await isMarked(page), "it is loaded again and again");
    rmSync(join(root, "content/a/three.md"));
    await page.waitForFunction(() => !document.body.innerText.includes("none.md"));
  },

  async "the desk is read without scripts, on any screen, and axe finds nothing"() {
    const plain = await open("_gen/drafts", { javaScriptEnabled: false });
    assert.match(await plain.locator("main").innerText(), /content\/a\/later\.md/);
    for (const width of [390, 768, 1440]) {
      for (const colorScheme of ["light", "dark"]) {
        for (const path of [...DESK.map((name) => `_gen/${name}`), "a/two/"]) {
          const page = await open(path, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
          const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(wider <= 0, `${path} is ${wider} px too wide at ${width}`);
          await page.addScriptTag({ path: AXE });
          const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
          assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), [], `${path}, ${width}, ${colorScheme}`);
          await page.context().close();
        }
      }
    }
  },
};

await run(watched(steps, browser, complaints), async () => {
  await browser.close();
  server.removeAllListeners("exit");
  server.kill("SIGINT");
  rmSync(root, { recursive: true, force: true });
});
