// Every page, light and dark, held against the rules of axe-core.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { archive, cli, launch, serve } from "./served.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let kept, server, browser, open, quote, story;

before(async () => {
  kept = archive();
  cli(kept.dir, "saved", "add", "barrier", "barrier", "--quotes");
  open = encodeURIComponent(JSON.parse(cli(kept.dir, "search", "barrier", "--json", "-n", "1").stdout).id);
  quote = encodeURIComponent(JSON.parse(cli(kept.dir, "quotes", "barrier", "--json", "-n", "1").stdout).id);
  const all = cli(kept.dir, "search", "*", "--json", "-n", "all").stdout.trim().split("\n").map((line) => JSON.parse(line));
  story = encodeURIComponent(all.find((hit) => hit.copies > 0).cluster);
  server = await serve(kept.dir);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.stop();
  kept?.remove();
});

const pages = () => [
  "/",
  "/?q=barrier&f=-lang%3Ade&since=2020",
  "/?q=barrier&what=quotes",
  "/?q=barrier&vs=ferry&scale=percent&rank=unusual",
  "/?q=barrier&vs=*",
  "/?q=barrier&vs=(ferry",
  `/?q=barrier&open=${open}`,
  `/?q=barrier&what=quotes&open=${quote}`,
  `/article?id=${open}`,
  "/person?name=Adaeze%20Okafor",
  "/compare",
  "/compare?a=barrier&b=ferry&words=1",
  "/compare?a=barrier&b=ferry&what=quotes",
  `/story?id=${story}`,
  `/similar?id=${story}`,
  "/kwic?q=barrier",
  "/alert?q=Okafor+barrier&what=quotes",
  "/names",
  "/coverage",
  "/coverage?since=2024&until=2024",
  "/ingest",
  "/saved",
  "/help",
  "/facet?by=person",
  "/facet?by=person&q=barrier&rank=unusual",
  "/?q=barrier%20nosuchword%20speaker%3Anobody",
  "/?q=(barrier",
  "/no/such/page",
];

const EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// In the dark only colours are others. Narrow ones are laid out otherwise: rows of tables become blocks, columns follow each
// other.
for (const [colorScheme, width, rules] of [["light", 1400, EVERYTHING], ["dark", 1400, ["color-contrast"]], ["light", 320, EVERYTHING]]) {
  test(`axe finds nothing in ${colorScheme}, ${width} points wide`, async () => {
    // The page's policy forbids scripts from elsewhere, and means it: axe comes in beside it.
    const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const told = [];
    for (const path of pages()) {
      await page.goto(server.address + path);
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
      await page.addScriptTag({ content: axe });
      const { violations } = await page.evaluate((runOnly) => axe.run(document, { runOnly }), rules);
      told.push(...violations.flatMap((v) => v.nodes.map((n) => `${path} ${v.id}: ${n.target.join(" ")}: ${n.failureSummary}`)));
    }
    assert.ok(told.length === 0, told.join("\n"));
    await context.close();
  });
}
