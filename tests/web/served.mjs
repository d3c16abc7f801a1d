// A browser and a served archive, for the tests beside this file.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const project = fileURLToPath(new URL("../..", import.meta.url));
export const morgue = process.env.MORGUE_BIN ?? join(project, "target/debug/morgue");

const found = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"].find(existsSync);
const executablePath = process.env.MORGUE_CHROMIUM ?? found;

/// A browser without a face that asks nobody for anything.
export const launch = () =>
  chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/// Runs the command line on an archive.
export const cli = (archive, ...args) => {
  const run = spawnSync(morgue, ["-C", archive, ...args], { encoding: "utf8" });
  if (run.error) throw run.error;
  return run;
};

/// An archive of the sample corpus in a directory of its own, with one article that is not read yet (see `late`).
export const archive = () => {
  const dir = mkdtempSync(join(tmpdir(), "morgue-web-"));
  cli(dir, "index", join(project, "sample_corpus"));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
};

/// Serves an archive on a free port.
export const serve = async (dir, ...args) => {
  const child = spawn(morgue, ["-C", dir, "serve", "--port", "0", ...args], { stdio: ["ignore", "pipe", "ignore"] });
  const address = await new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
      if (text.includes("\n")) resolve(text.split("\n")[0].replace(/\/$/, ""));
    });
    child.on("exit", (code) => reject(new Error(`morgue serve ended with ${code}`)));
  });
  return { address, stop: () => child.kill() };
};

/// The sample corpus served, with saved searches (the words of `saved add`), and a page on it in a browser.
export const opened = async ({ saved = [], width = 1400, permissions = [] } = {}) => {
  const kept = archive();
  for (const words of saved) cli(kept.dir, "saved", "add", ...words);
  const server = await serve(kept.dir);
  const browser = await launch();
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  if (permissions.length) await context.grantPermissions(permissions);
  const page = await context.newPage();
  page.on("pageerror", (e) => assert.fail(e));
  const close = async () => {
    await browser.close();
    server.stop();
    kept.remove();
  };
  return { kept, server, browser, context, page, close };
};
