// The timeline beyond its brush: shares instead of counts, another search drawn over it, values by unusualness.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cli, opened } from "./served.mjs";

let world, kept, server, browser, page;

before(async () => {
  world = await opened({ saved: [["boats", "ferry OR boat*"]], width: 1280 });
  ({ kept, server, browser, page } = world);
});

after(() => world?.close());

const go = (path, p = page) => p.goto(server.address + path);
const highest = (p = page) => p.locator(".bars .bar").evaluateAll((all) => Math.max(...all.map((b) => b.getBoundingClientRect().height)));

test("bars show shares of the archive, and say so", async () => {
  await go("/?q=barrier");
  const [bars, tall] = [await page.locator(".bars .bar").count(), await highest()];
  await page.getByRole("group", { name: "Bars show" }).getByRole("link", { name: "% of the archive" }).click();
  await page.waitForURL(/scale=percent/);
  assert.equal(await page.locator(".bars .bar").count(), bars);
  assert.ok(Math.abs((await highest()) - tall) < 2, "the highest is as high as before");
  assert.match(await page.locator(".key").innerText(), /at most [\d.]+ % of the archive/);
  assert.equal(await page.locator('.measure [aria-current="true"]').innerText(), "% of the archive");
  // What was chosen goes along when the page is narrowed.
  await page.locator(".bars a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/since=.*scale=percent/);
});

test("another search is drawn over the bars and taken away again", async () => {
  await go("/?q=barrier");
  await page.locator("details.beside > summary").click();
  await page.fill("input[name=vs]", "ferry");
  await page.getByRole("button", { name: "Draw" }).click();
  await page.waitForURL(/vs=ferry/);
  assert.equal(await page.locator(".bars path.beside").count(), 2, "a line and what sets it off");
  const total = cli(kept.dir, "search", "ferry", "-c").stdout.trim();
  assert.match(await page.locator(".key").innerText(), new RegExp(`ferry: ${total} article${total === "1" ? "" : "s"},`));
  const labels = await page.locator(".bars a").evaluateAll((all) => all.map((bar) => bar.getAttribute("aria-label")));
  assert.ok(labels.some((label) => /: 1 article,/.test(label)) && labels.every((label) => !/\b1 articles/.test(label)), labels.join("\n"));
  const line = await page.locator(".bars path.beside").last().evaluate((p) => ({ width: p.getBBox().width, height: p.getBBox().height }));
  assert.ok(line.height > 3 && line.width > 900, JSON.stringify(line));
  assert.match(await page.locator(".bars a").first().getAttribute("aria-label"), /; ferry: \d+, [\d.]+ %$/);
  await page.getByRole("link", { name: "take away ferry" }).click();
  await page.waitForURL((u) => !u.search.includes("vs="));
  assert.equal(await page.locator(".bars path.beside").count(), 0);
});

test("a saved search and the whole archive are drawn, also without JavaScript", async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const p = await plain.newPage();
  await go("/?q=barrier", p);
  await p.locator("details.beside > summary").click();
  await p.locator("details.beside").getByRole("link", { name: "boats" }).click();
  await p.waitForURL(/vs=%40boats/);
  assert.equal(await p.locator(".bars path.beside").count(), 2);
  await p.locator("details.beside > summary").click();
  await p.locator("details.beside").getByRole("link", { name: "the whole archive" }).click();
  await p.waitForURL(/vs=%2A/);
  assert.match(await p.locator(".key").innerText(), /the whole archive, on a scale of its own/);
  await plain.close();
});

test("values stand by unusualness where one asks for it", async () => {
  await go("/?q=barrier");
  await page.getByRole("group", { name: "Order of values" }).getByRole("link", { name: "most unusual" }).click();
  await page.waitForURL(/rank=unusual/);
  const shown = await page.locator('[data-field="person"] li .take').allInnerTexts();
  const told = cli(kept.dir, "facets", "barrier", "--significant", "--least", "2", "--by", "person", "--json", "-n", "6").stdout.trim().split("\n").map((l) => JSON.parse(l));
  assert.deepEqual(shown, told.filter((v) => v.g2 >= 3.84).map((v) => v.value));
  assert.match(await page.locator('[data-field="person"] li .n').first().getAttribute("title"), /archive/);
});

test("a comparison has one calendar, and its figures lead to what they count", async () => {
  await go("/compare?a=barrier&b=council+OR+ferry");
  assert.equal(await page.locator(".compare .bars path.beside").count(), 2);
  const link = page.locator(".sides a").first();
  const n = Number((await link.locator(".sr").textContent()).replace(/\D/g, ""));
  await link.click();
  await page.waitForURL(/f=/);
  assert.equal(Number((await page.locator(".summary h1").innerText()).split(" ")[0].replaceAll(",", "")), n);
});
