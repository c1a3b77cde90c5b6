#!/usr/bin/env node
// Runs the binary that the package for this machine brings. Nothing is downloaded.
"use strict";

const { spawn } = require("node:child_process");

const name = "@name@";
const binary = process.platform === "win32" ? "gen.exe" : "gen";

/** The packages that may be installed here, the best first. */
function packages() {
  const base = `${name}-${process.platform}-${process.arch}`;
  if (process.platform !== "linux") return [base];
  const report = process.report?.getReport();
  const isGlibc = Boolean(report?.header?.glibcVersionRuntime);
  // A binary for musl is static, and runs everywhere.
  return isGlibc ? [`${base}-gnu`, `${base}-musl`] : [`${base}-musl`];
}

function find() {
  for (const candidate of packages()) {
    try {
      return require.resolve(`${candidate}/${binary}`);
    } catch {
      // Another one may be there.
    }
  }
  console.error(
    `error: ${name} has no package for this machine (${process.platform} ${process.arch}), or npm left it out\n` +
      "help: install again without --omit=optional; or build it: cargo install @name@",
  );
  process.exit(2);
}

const child = spawn(find(), process.argv.slice(2), { stdio: "inherit" });
// A terminal sends Ctrl-C to both: gen says when it is over.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (signal !== "SIGINT") child.kill(signal);
  });
}
child.on("error", (error) => {
  console.error(`error: ${error.message}`);
  process.exit(2);
});
child.on("exit", (status, signal) => {
  if (signal === null) process.exit(status);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
