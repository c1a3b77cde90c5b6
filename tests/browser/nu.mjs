// The Nu HTML checker over every page of a built site: `node nu.mjs FOLDER`; needs Java. Errors and warnings in HTML
// and SVG fail. CSS that the checker does not know yet is listed: browsers pass over what they do not know.

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import jar from "vnu-jar";
import { begun, folder, THEMES, withEverything, withLanguages, withReplies } from "./shared.mjs";

const all = mkdtempSync(join(tmpdir(), "gen-nu-"));
cpSync(folder(), join(all, "site"), { recursive: true });
const small = { replies: withReplies, everything: () => withEverything("en"), languages: withLanguages };
for (const theme of Object.keys(THEMES)) small[theme] = () => begun(theme);
for (const [name, make] of Object.entries(small)) {
  const built = make();
  cpSync(built.folder, join(all, name), { recursive: true });
  built.remove();
}

const kinds = { html: 0, svg: 0, css: 0 };
for (const name of readdirSync(all, { recursive: true })) {
  const kind = name.split(".").pop();
  if (kind in kinds) kinds[kind] += 1;
}
const arguments_ = ["-Xss4m", "-jar", jar, "--also-check-css", "--also-check-svg", "--skip-non-html", "--format", "json", all];
const checked = spawnSync("java", arguments_, { encoding: "utf8", maxBuffer: 1 << 28 });
rmSync(all, { recursive: true });
if (checked.error) throw checked.error;

let messages;
try {
  ({ messages } = JSON.parse(checked.stderr));
} catch {
  throw new Error(`the checker did not run:\n${checked.stderr}`);
}
const [newer, counts] = [new Map(), { error: 0, warning: 0 }];
for (const { type, subType, url, lastLine = 0, message } of messages) {
  const name = relative(all, decodeURIComponent(new URL(url).pathname));
  if (name.endsWith(".css")) {
    newer.set(message, (newer.get(message) ?? 0) + 1);
    continue;
  }
  const kind = type === "info" ? (subType ?? "info") : "error";
  if (!(kind in counts)) continue;
  counts[kind] += 1;
  console.log(`${kind} ${name}:${lastLine} ${message}`);
}
for (const [message, times] of newer) console.log(`CSS, listed only: ${message} (${times} times)`);
console.log(`Nu: ${kinds.html} pages and ${kinds.svg} drawings, ${counts.error} errors, ${counts.warning} warnings`);
process.exit(counts.error + counts.warning ? 1 : 0);
