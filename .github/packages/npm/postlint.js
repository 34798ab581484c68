#!/usr/bin/env node
// Runs the program that the package for this machine holds.
"use strict";

const { spawnSync } = require("child_process");

const platform = `${process.platform}-${process.arch}`;
const name = `@postlint/${platform}`;

function program() {
  const file = process.platform === "win32" ? "postlint.exe" : "postlint";
  try {
    return require.resolve(`${name}/${file}`);
  } catch {
    const { optionalDependencies } = require("./package.json");
    const reason =
      name in optionalDependencies
        ? `the package ${name} is not installed; install postlint again, without \`--omit=optional\` or \`--no-optional\``
        : `npm has no program of postlint for ${platform}; \`cargo install --locked postlint\` builds one`;
    console.error(`postlint: ${reason}`);
    process.exit(2);
  }
}

const { status, signal, error } = spawnSync(program(), process.argv.slice(2), { stdio: "inherit" });
if (error) {
  console.error(`postlint: ${error.message}`);
  process.exit(2);
}
if (signal) {
  process.kill(process.pid, signal);
}
process.exit(status ?? 2);
