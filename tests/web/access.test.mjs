// The rules of accessibility that axe cannot see: where the focus goes, what is said, what the combobox does, what becomes of
// spacing and forced colours, keys that are laid elsewhere.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { cli, opened } from "./served.mjs";

let world, kept, server, browser, page;

before(async () => {
  world = await opened({ saved: [["barrier-words", "barrier", "--quotes"]] });
  ({ kept, server, browser, page } = world);
});

after(() => world?.close());

const go = (path) => page.goto(server.address + path);
const said = (text) => page.waitForFunction((t) => document.querySelector("#said").textContent.includes(t), text);

test("landmarks, and links past the masthead to each", async () => {
  const id = encodeURIComponent(JSON.parse(cli(kept.dir, "search", "barrier", "--json", "-n", "1").stdout).id);
  await go(`/?q=barrier&open=${id}`);
  for (const role of ["search", "main", "complementary", "contentinfo"]) assert.equal(await page.getByRole(role).count(), 1, role);
  assert.equal(await page.getByRole("navigation", { name: "Saved searches" }).count(), 1);
  assert.equal(await page.getByRole("region", { name: "Reader" }).count(), 1);
  const skips = await page.locator(".skips a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  assert.deepEqual(skips, ["#results", "#facets", "#reader"]);
  for (const target of skips) assert.equal(await page.locator(target).count(), 1, target);
});

test("the search box offers fields, then their values", async () => {
  await go("/");
  const box = page.getByRole("combobox", { name: "Search the archive" });
  await box.focus();
  await page.keyboard.type("spea");
  const offers = page.getByRole("listbox", { name: "What may be meant" });
  await offers.getByRole("option", { name: /^speaker:/ }).waitFor();
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  const active = await box.getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
  await page.keyboard.press("Enter");
  assert.equal(await box.inputValue(), "speaker:");
  await page.keyboard.type("oka");
  // The list of all speakers may still stand there: the first of the new one is meant.
  await offers.getByRole("option").first().filter({ hasText: "Okafor" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.match(await box.inputValue(), /^speaker:"[^"]*Okafor" $/);
  // With nothing chosen from the list, Enter searches.
  await page.keyboard.type("barrier");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=speaker/);
  const text = await page.locator("#q").inputValue();
  await go("/");
  await page.locator("#q").focus();
  await page.keyboard.press("Alt+ArrowUp");
  assert.equal(await page.locator("#q").inputValue(), text, "what was asked before is at hand");
  await page.fill("#q", "");
  await page.keyboard.press("Control+/");
  await offers.getByRole("option", { name: /^words:/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.fill("#q", "@barr");
  await page.locator("#q").press("End");
  await offers.getByRole("option", { name: /@barrier-words/ }).waitFor();
});

test("the palette finds commands by their words and gives the focus back", async () => {
  await go("/?q=barrier");
  await page.locator(".hit").first().focus();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Commands" });
  await palette.waitFor();
  await page.keyboard.press("Escape");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".hit")), "the focus is where it was");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("cover");
  await said("1 commands");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/coverage/);
  await go("/");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("saved: barr");
  await page.keyboard.press("Enter");
  await page.waitForURL(/what=quotes/);
});

test("a choice in a facet leaves the focus where it was, and what is found is said", async () => {
  await go("/?q=barrier");
  await said("article");
  const first = page.locator('[data-field="source"] li').first();
  const value = await first.getAttribute("data-value");
  await first.locator(".take").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/f=source/);
  await page.waitForFunction((v) => document.activeElement.closest("li")?.dataset.value === v, value);
  await page.keyboard.press("-");
  await page.waitForURL(/f=-source/);
  await page.waitForFunction(() => document.activeElement.closest('[data-field="source"]') !== null);
});

test("back in the list the focus is on the hit that was open", async () => {
  await go("/?q=barrier");
  for (const key of ["j", "j", "j", "Enter"]) await page.keyboard.press(key);
  await page.waitForURL(/open=/);
  await page.keyboard.press("Escape");
  await page.waitForURL((u) => !u.search.includes("open="));
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-posinset") === "3");
});

test("a key can be laid elsewhere, and matches can have brackets", async () => {
  await go("/help");
  await page.getByRole("button", { name: /Change the key for: next hit/ }).click();
  await page.keyboard.press("w");
  await said("Now w");
  await go("/?q=barrier");
  await page.keyboard.press("w");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-posinset")), "1");
  await go("/help");
  await page.getByRole("button", { name: "All keys as they were" }).click();
  await page.getByLabel("Brackets around matches").check();
  await go("/?q=barrier");
  assert.equal(await page.locator(".hit mark").first().evaluate((m) => getComputedStyle(m, "::before").content), '"["');
  await go("/help");
  await page.getByLabel("Brackets around matches").uncheck();
  // Every key of the table does something.
  const rows = await page.locator("kbd[data-action]").evaluateAll((all) => all.map((k) => k.dataset.action));
  assert.ok(rows.length > 15);
  assert.deepEqual(await page.evaluate((names) => names.filter((n) => typeof actions[n] !== "function"), rows), []);
});

test("the map can be asked by drawing, and without", async () => {
  await go("/");
  await page.locator("#map > summary").click();
  await page.fill("#around input[name=near]", "Hull");
  await page.fill("#around input[name=km]", "60");
  await page.getByRole("button", { name: "Look there" }).click();
  await page.waitForURL(/near=Hull/);
  const q = await page.locator("#q").inputValue();
  assert.match(q, /^within:53\.\d+,-0\.\d+,60km$/);
  const n = Number((await page.locator(".summary h1").innerText()).split(" ")[0]);
  assert.equal(n, Number(cli(kept.dir, "search", q, "-c").stdout));
  await go("/");
  await page.locator("#map > summary").click();
  await page.locator(".map svg").scrollIntoViewIfNeeded();
  const map = await page.locator(".map svg").boundingBox();
  // From the south of England outwards.
  const [x, y] = [map.x + (map.width * 180) / 360, map.y + (map.height * (84 - 52)) / 142];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 10, y, { steps: 3 });
  await page.mouse.move(x + 20, y, { steps: 3 });
  await page.mouse.up();
  await page.waitForURL(/near=/);
  assert.match(await page.locator("#q").inputValue(), /^within:5\d\.\d+,-?\d\.\d+,\d+km$/);
});

test("text may be spaced out (WCAG 1.4.12), and colours forced", async () => {
  const spaced = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 900 } });
  const p = await spaced.newPage();
  for (const path of ["/?q=barrier", "/?q=barrier&what=quotes", "/saved", "/names", "/alert?q=Okafor", "/help"]) {
    await p.goto(server.address + path);
    await p.addStyleTag({ content: "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }" });
    const cut = await p.evaluate(() => [...document.querySelectorAll("a, button, label, h1, h2, h3, p, summary")]
      .filter((e) => !e.closest(".sr, .skips, dialog") && e.getClientRects().length && getComputedStyle(e).overflow === "hidden" && e.scrollWidth > e.clientWidth + 1)
      .map((e) => e.textContent.slice(0, 40)));
    assert.deepEqual(cut, [], path);
    assert.ok((await p.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, path);
  }
  await spaced.close();
  const forced = await browser.newContext({ forcedColors: "active", reducedMotion: "reduce" });
  const q = await forced.newPage();
  await q.goto(`${server.address}/?q=barrier`);
  assert.equal(await q.locator(".hit mark").first().evaluate((m) => getComputedStyle(m).outlineStyle), "solid");
  assert.equal(await q.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), "auto");
  await forced.close();
});

test("what is not text stands out too (3 to 1), and targets are 24 points", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const c = await browser.newContext({ colorScheme, viewport: { width: 1400, height: 900 } });
    const p = await c.newPage();
    await p.goto(`${server.address}/?q=barrier`);
    const weak = await p.evaluate(() => {
      const of = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      const light = (hex) => {
        const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const contrast = (a, b) => {
        const [x, y] = [light(of(a)), light(of(b))].sort((m, n) => n - m);
        return (x + 0.05) / (y + 0.05);
      };
      return [["--edge", "--sheet", 3], ["--edge", "--paper", 3], ["--bar", "--paper", 3], ["--mark-edge", "--paper", 3], ["--red", "--paper", 4.5], ["--soft", "--paper", 4.5], ["--soft", "--sheet", 4.5], ["--ink", "--mark", 4.5], ["--red", "--red-soft", 3]]
        .filter(([a, b, least]) => contrast(a, b) < least)
        .map(([a, b]) => `${a} on ${b}: ${contrast(a, b).toFixed(2)}`);
    });
    assert.deepEqual(weak, [], colorScheme);
    const small = await p.locator("button:visible, .facet .take:visible, .facet .drop:visible, .chips a:visible, .pages a:visible, .turn a:visible").evaluateAll((all) =>
      all.filter((e) => e.getBoundingClientRect().height < 23.9).map((e) => `${e.className} ${e.textContent} ${e.getBoundingClientRect().height}`));
    assert.deepEqual(small, [], colorScheme);
    await c.close();
  }
});

test("languages and directions are marked", async () => {
  await go("/?q=lang%3Ade");
  await page.locator(".hit h3 a").first().click();
  await page.waitForURL(/open=/);
  assert.equal(await page.locator("#reader .text").getAttribute("lang"), "de");
  assert.equal(await page.locator("#reader .copy").first().evaluate((b) => b.closest("[lang]").lang), "en", "our own words are not read as German");
  assert.equal(await page.locator("#reader .text").getAttribute("dir"), "auto");
  assert.ok((await page.locator("#reader bdi").count()) > 0);
});

test("a name without a place to break it does not widen the page", async () => {
  const long = `Ann ${"Longname".repeat(40)}`;
  const records = join(kept.dir, "long.json");
  const body = `LEEDS - ${long} of ${long} spoke.\n\n"The pier holds," said ${long}.`;
  const persons = [{ name: long, mentions: [{ start: 8, end: 8 + long.length }] }];
  const speaker = { name: long, class: "person", role: null, start: 8, end: 8 + long.length, text: long };
  const start = body.indexOf("The pier");
  const quotes = [{ spans: [[start, start + 15]], text: "The pier holds,", kind: "direct", confidence: 0.9, speaker, cue: null }];
  writeFileSync(records, JSON.stringify({ id: "long", title: long, source: long, body, persons, quotes }));
  cli(kept.dir, "index", records);
  const name = encodeURIComponent(long);
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of [`/person?name=${name}`, `/alert?q=${name}&what=quotes`, "/?q=holds&what=quotes&open=long%23q1", "/coverage", "/names"]) {
      await go(path);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${path.slice(0, 20)} is ${over} points too wide at ${width}`);
    }
  }
  // The figures of a source are seen beside its name.
  await page.setViewportSize({ width: 320, height: 640 });
  await go("/coverage");
  const named = await page.locator(".heat tbody th").first().boundingBox();
  assert.ok(named.width < 160, `${named.width}`);
});
