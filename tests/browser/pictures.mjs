// Takes the pictures of docs/: `node pictures.mjs FOLDER DOCS`, with a built site. Run it when the look has changed.

import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder, launch, PAGES, serve } from "./shared.mjs";

const docs = process.argv[3];
if (!docs) throw new Error("say where the pictures go: node pictures.mjs FOLDER DOCS");
const LIMIT = 60_000;
const desk = { viewport: { width: 1280, height: 960 }, colorScheme: "light" };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, colorScheme: "dark" };
const results = (page) => page.waitForFunction(() => document.querySelector("[role=status]").textContent);
// Scrolls to a part, so many pixels above it left in sight.
const to = (page, part, above = 0) =>
  page.evaluate(([part, above]) => scrollTo({ top: document.querySelector(part).offsetTop - above, behavior: "instant" }), [part, above]);
const PICTURES = [
  ["home", "", desk],
  ["article", PAGES.step, desk],
  ["up-next-cards", PAGES.step, { ...desk, viewport: { width: 1280, height: 1200 } }, (page) => to(page, ".next", 32)],
  ["guide", PAGES.hub, desk, (page) => to(page, ".steps", 480)],
  ["search", "search/?q=friends", desk, results],
  ["article-phone-dark", "getting-through/money-and-moving-out/", phone],
];

const site = await serve(folder());
const browser = await launch();
for (const [name, path, device, prepare] of PICTURES) {
  const page = await (await browser.newContext({ ...device, reducedMotion: "reduce" })).newPage();
  await page.goto(site.url + path);
  await prepare?.(page);
  await page.evaluate(() => Promise.all([...document.images].map((image) => ((image.loading = "eager"), image.decode().catch(() => {})))));
  await page.waitForTimeout(200);
  const session = await page.context().newCDPSession(page);
  const file = join(docs, `${name}.webp`);
  for (let quality = 85; quality > 20; quality -= 10) {
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality });
    writeFileSync(file, Buffer.from(data, "base64"));
    if (statSync(file).size <= LIMIT) break;
  }
  console.log(`${file}: ${(statSync(file).size / 1000).toFixed(0)} KB`);
  await page.context().close();
}
await browser.close();
site.close();
