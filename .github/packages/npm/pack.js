// Packs postlint for npm: `node pack.js FOLDER PLATFORM=PROGRAM...`, such as `dist linux-x64=target/dist/postlint`. The
// package `postlint` is a launcher; the program comes with a package for each platform, of which npm installs the one
// that fits. Platforms that are not given are left out of both.
"use strict";

const fs = require("fs");
const path = require("path");
const { execFileSync } = require("child_process");

const top = path.join(__dirname, "../../..");
const manifest = fs.readFileSync(path.join(top, "Cargo.toml"), "utf8");
const fact = (key) => manifest.match(new RegExp(`^${key} = "(.*)"$`, "m"))[1];
const shared = {
  version: fact("version"),
  description: fact("description"),
  license: fact("license"),
  repository: { type: "git", url: `git+${fact("repository")}.git` },
};

const folder = path.resolve(process.argv[2]);
const programs = process.argv.slice(3).map((pair) => pair.split("="));

// A package of these files; the archive that npm makes of it.
function pack(manifest, files) {
  const at = fs.mkdtempSync(path.join(folder, "pack-"));
  fs.writeFileSync(path.join(at, "package.json"), JSON.stringify({ ...manifest, ...shared }, null, 2) + "\n");
  for (const [from, to, mode] of files) {
    fs.copyFileSync(from, path.join(at, to));
    fs.chmodSync(path.join(at, to), mode);
  }
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: at, stdio: "inherit" });
  fs.rmSync(at, { recursive: true });
}

fs.mkdirSync(folder, { recursive: true });
const license = [path.join(top, "LICENSE"), "LICENSE", 0o644];
for (const [platform, program] of programs) {
  const [os, cpu] = platform.split("-");
  const file = os === "win32" ? "postlint.exe" : "postlint";
  pack({ name: `@postlint/${platform}`, os: [os], cpu: [cpu], files: [file], preferUnplugged: true }, [
    [program, file, 0o755],
    license,
  ]);
}
pack(
  {
    name: "postlint",
    keywords: ["blog", "markdown", "lint", "jekyll", "hugo"],
    bin: { postlint: "postlint.js" },
    files: ["postlint.js"],
    engines: { node: ">=14.18" },
    optionalDependencies: Object.fromEntries(programs.map(([platform]) => [`@postlint/${platform}`, shared.version])),
  },
  [
    [path.join(__dirname, "postlint.js"), "postlint.js", 0o755],
    [path.join(top, "README.md"), "README.md", 0o644],
    license,
  ],
);
