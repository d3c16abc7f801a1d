// What people do on the page, in a real browser.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { cli, opened } from "./served.mjs";

let world, kept, server, browser, page;

before(async () => {
  world = await opened();
  ({ kept, server, browser, page } = world);
  // Whatever a page asks of anybody else, or fails at, is a failure of the test.
  page.on("request", (r) => assert.ok(r.url().startsWith(server.address), `asked ${r.url()}`));
  page.on("console", (m) => m.type() === "error" && !/status of 4/.test(m.text()) && assert.fail(m.text()));
});

after(() => world?.close());

const go = (path) => page.goto(server.address + path);
const ask = async (words, kind = "Articles") => {
  await page.fill("#q", words);
  await page.getByRole("group", { name: "Look for" }).getByRole("button", { name: kind }).click();
};
const heading = async (p = page) => (await p.locator(".summary h1, .nothing h1").first().innerText()).trim();
const total = async (p = page) => Number((await heading(p)).split(" ")[0].replaceAll(",", ""));
const counted = (...args) => Number(cli(kept.dir, ...args, "-c").stdout.trim());

test("search by person", async () => {
  await go("/");
  await ask("person:okafor");
  assert.equal(await total(), counted("search", "person:okafor"));
  await page.locator(".hit h3 a").first().click();
  await page.locator(".names a", { hasText: "Okafor" }).first().click();
  await page.waitForURL(/\/person\?/);
  assert.match(await page.locator("h1").innerText(), /Okafor/);
  assert.ok((await page.locator(".person .words").count()) > 0, "the person's quotes are there");
});

test("search by place, also from the map", async () => {
  await go("/");
  await ask("place:Hull");
  assert.equal(await total(), counted("search", "place:Hull"));
  await go("/");
  await page.locator("#map > summary").click();
  const point = page.locator("#map svg a").first();
  const label = await point.getAttribute("aria-label");
  await point.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/f=place/);
  assert.equal(await total(), Number(label.match(/: ([\d,]+) /)[1].replaceAll(",", "")));
});

test("quote search", async () => {
  await go("/");
  await ask("barrier speaker:okafor", "Quotes");
  assert.equal(await total(), counted("quotes", "barrier speaker:okafor"));
  assert.match(await page.locator(".card .speaker").first().innerText(), /Okafor/);
});

test("facets include and exclude, with the counts of the command line", async () => {
  await go("/?q=barrier");
  const first = page.locator('[data-field="speaker"] li').first();
  const name = await first.locator(".take").innerText();
  const n = Number(await first.locator(".n").innerText());
  await first.locator(".take").click();
  await page.waitForURL(/f=speaker/);
  assert.equal(await total(), n);
  assert.equal(n, counted("search", `barrier speaker:="${name}"`));
  await page.locator('[data-field="speaker"] li.in .drop').click();
  await page.waitForURL(/f=-speaker/);
  assert.equal(await total(), counted("search", `barrier NOT speaker:="${name}"`));
  await page.locator(".chips a").first().click();
  await page.waitForURL((u) => !u.search.includes("speaker"));
  assert.equal(await total(), counted("search", "barrier"));
});

test("a facet's values are found by their letters", async () => {
  await go("/");
  const facet = page.locator('[data-field="person"]');
  await facet.locator(".finder").fill("okaf");
  // The list that stands there first has her too: it has to give way to one in which all are found.
  let shown = [];
  for (let tries = 0; tries < 100 && !(shown.length > 0 && shown.every((text) => /okaf/i.test(text))); tries++) {
    await page.waitForTimeout(50);
    shown = await facet.locator("li .take").allInnerTexts();
  }
  assert.ok(shown.length > 0 && shown.every((text) => /okaf/i.test(text)), shown.join(", "));
});

test("a stretch of the timeline is brushed", async () => {
  await go("/");
  const box = await page.locator(".bars").boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 30, { steps: 5 });
  await page.mouse.move(box.x + box.width * 0.7, box.y + 30, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/since=.*until=/);
  const { searchParams } = new URL(page.url());
  const [since, until] = [searchParams.get("since"), searchParams.get("until")];
  assert.ok(since < until);
  assert.equal(await total(), counted("search", "*", "--since", since, "--until", until));
  assert.ok((await page.locator(".bars .out").count()) > 0, "bars outside are faint, not gone");
});

test("the reader opens at the match", async () => {
  await go("/?q=barrier");
  await page.locator(".hit h3 a").nth(1).click();
  const mark = page.locator("#reader .text mark").first();
  await mark.waitFor();
  const [at, pane] = [await mark.boundingBox(), await page.locator("#reader").boundingBox()];
  assert.ok(at.y > pane.y && at.y < pane.y + pane.height, "the first match is in sight");
  await page.locator("#reader .evidence summary").first().click();
  assert.match(await page.locator("#reader .evidence li").first().innerText(), /sure/);
  await page.goBack();
  assert.equal(await page.locator("#reader").count(), 0);
});

test("hits are read one after the other", async () => {
  await go("/?q=barrier");
  const titles = await page.locator(".hit h3").allInnerTexts();
  await page.locator(".hit h3 a").nth(1).click();
  await page.getByRole("link", { name: "Next hit" }).click();
  const open = () => page.locator("#reader h2").innerText();
  await page.waitForFunction((title) => document.querySelector("#reader h2").innerText === title, titles[2]);
  await page.getByRole("link", { name: "Hit before" }).click();
  await page.waitForFunction((title) => document.querySelector("#reader h2").innerText === title, titles[1]);
  await page.getByRole("link", { name: "Hit before" }).click();
  await page.waitForFunction((title) => document.querySelector("#reader h2").innerText === title, titles[0]);
  assert.equal(await page.getByRole("link", { name: "Hit before" }).count(), 0, `nothing is before ${await open()}`);
  await page.getByRole("link", { name: "Close", exact: true }).click();
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-posinset") === "1");
});

test("a search is saved, and forgotten", async () => {
  await go("/?q=barrier&what=quotes");
  await page.locator("details.save summary").click();
  await page.fill("details.save input[name=name]", "barrier-words");
  await page.locator("details.save button").click();
  await page.getByRole("link", { name: "barrier-words", exact: true }).first().waitFor();
  assert.match(await page.locator(".keep").innerText(), /Saved as barrier-words/);
  assert.equal(await total(), counted("quotes", "barrier"), "the hits are still there");
  await page.locator(".keep").getByRole("link", { name: "barrier-words" }).click();
  await page.waitForURL(/\/saved/);
  assert.match(await page.locator("table").innerText(), /barrier-words/);
  assert.match(cli(kept.dir, "saved", "list").stdout, /barrier-words +quotes/);
  await page.locator("summary", { hasText: "Forget barrier-words" }).click();
  await page.getByRole("button", { name: /^Yes, with all its runs.*barrier-words/ }).click();
  await page.waitForURL(/\/saved/);
  assert.equal(cli(kept.dir, "saved", "list").status, 1);
});

test("what is indexed meanwhile shows without a restart", async () => {
  await go("/");
  const before = await total();
  const file = join(kept.dir, "late.txt");
  writeFileSync(file, "Barrier reopens\n\nHULL, 3 March 2026\n\n“It is open,” said Mayor Adaeze Okafor on Tuesday of the barrier.\n");
  cli(kept.dir, "index", file);
  await page.waitForTimeout(700);
  await go("/");
  assert.equal(await total(), before + 1);
});

test("by keyboard alone", async () => {
  await go("/");
  await page.keyboard.press("/");
  await page.keyboard.type("barrier");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=barrier/);
  await page.keyboard.press("Escape");
  await page.locator("body").click({ position: { x: 2, y: 2 } });
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-posinset")), "2");
  await page.keyboard.press("o");
  await page.waitForURL(/open=/);
  await page.keyboard.press("n");
  assert.equal(await page.locator("mark.now").count(), 1);
  await page.keyboard.press("u");
  await page.waitForURL((u) => !u.search.includes("open="));
  await page.keyboard.press("f");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".facet .take")));
  await page.keyboard.press("-");
  await page.waitForURL(/f=-/);
  await page.keyboard.press("t");
  assert.ok(await page.evaluate(() => document.activeElement.closest(".bars") !== null));
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Enter");
  await page.waitForURL(/since=/);
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.waitForURL(/\/coverage/);
  await page.keyboard.press("?");
  await page.waitForURL(/\/help/);
  await page.locator("#nokeys").check();
  await page.locator("h1").click();
  await page.keyboard.press("/");
  assert.ok(await page.evaluate(() => document.activeElement.id !== "q"), "single keys can be turned off");
  await page.locator("#nokeys").uncheck();
});

test("Enter looks again for what was looked for", async () => {
  for (const [path, kind, command] of [["/?q=barrier&what=quotes", "quotes", "quotes"], ["/?q=barrier", "articles", "search"]]) {
    await go(path);
    await page.fill("#q", "flood");
    await page.press("#q", "Enter");
    await page.waitForURL(/q=flood/);
    assert.equal(new URL(page.url()).searchParams.get("what"), kind);
    assert.equal(await total(), counted(command, "flood"));
  }
});

test("what is copied out of the text has nothing of ours in it", async () => {
  const quote = JSON.parse(cli(kept.dir, "quotes", "speaker:okafor qtype:direct barrier", "--json", "-n", "1").stdout);
  await go(`/?q=barrier&what=quotes&open=${encodeURIComponent(quote.id)}`);
  const [shown, taken, behind] = await page.evaluate(() => {
    const paragraph = document.querySelector(".text .chosen").closest("p");
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const ref = paragraph.querySelector(".qref");
    return [paragraph.textContent, getSelection().toString(), ref.previousSibling.textContent.slice(-1)];
  });
  assert.match(shown, /q\d/, "the number of the quote is shown");
  assert.doesNotMatch(taken, /q\d/);
  assert.match(behind, /["”’']/, "it stands behind the mark that closes the quote");
});

test("on a phone the facets are a step away, and the hits begin on the first screen", async () => {
  const phone = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const p = await phone.newPage();
  await p.goto(`${server.address}/?q=barrier`);
  const first = await p.locator(".hit").first().boundingBox();
  assert.ok(first.y < 680, `the first hit begins ${first.y} points below the top`);
  const pages = await p.locator(".pages a").evaluateAll((all) => new Set(all.map((a) => a.offsetTop)).size);
  assert.equal(pages, 1, "the pages are named on one line");
  await p.getByRole("link", { name: "Narrow down" }).click();
  await p.waitForFunction(() => document.querySelector("#facets").getBoundingClientRect().top < 100);
  await p.locator('[data-field="speaker"] .take').first().click();
  await p.waitForURL(/f=speaker/);
  await p.getByRole("link", { name: "Back to the hits" }).click();
  await p.waitForFunction(() => document.querySelector("#results").getBoundingClientRect().top > -50);
  // The reader is the page there: it opens at the words, however far down they stand.
  const far = JSON.parse(cli(kept.dir, "quotes", "barrier", "--json", "-n", "all").stdout.trim().split("\n").find((line) => JSON.parse(line).paragraph > 5));
  await p.goto(`${server.address}/?q=barrier&what=quotes&open=${encodeURIComponent(far.id)}#reader`);
  await p.waitForFunction(() => {
    const { top, bottom } = document.querySelector(".text .chosen").getBoundingClientRect();
    return top > 0 && bottom < innerHeight;
  });
  await phone.close();
  await go("/?q=barrier");
  assert.equal(await page.getByRole("link", { name: "Narrow down" }).count(), 0, "where they stand beside the hits nothing leads to them");
});

test("without JavaScript", async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const p = await plain.newPage();
  await p.goto(server.address);
  await p.fill("#q", "barrier");
  await p.keyboard.press("Enter");
  await p.waitForURL(/q=barrier/);
  assert.equal(await total(p), counted("search", "barrier"));
  await p.locator('[data-field="speaker"] .take').first().click();
  await p.waitForURL(/f=speaker/);
  await p.locator(".brush input[name=since]").fill("2020");
  await p.getByRole("button", { name: "Narrow" }).click();
  await p.waitForURL(/since=2020/);
  await p.locator(".hit h3 a").first().click();
  await p.waitForURL(/open=/);
  assert.ok((await p.locator("#reader .text mark").count()) > 0);
  await p.goto(`${server.address}/facet?by=person`);
  await p.locator("main input[name=find]").fill("okafor");
  await p.getByRole("button", { name: "Find" }).click();
  await p.waitForURL(/find=okafor/);
  assert.ok((await p.locator(".values .take").count()) > 0);
  assert.equal(await p.locator(".js:visible").count(), 0, "nothing that needs a script is shown");
  await plain.close();
});

const PAGES = ["/", "/?q=barrier", "/?q=barrier&vs=ferry&scale=percent&rank=unusual", "/compare", "/compare?a=barrier&b=ferry&words=1", "/kwic?q=barrier", "/names", "/alert?q=Okafor+barrier&what=quotes", "/no/such/page", "/?q=barrier&what=quotes", "/person?name=Adaeze%20Okafor", "/compare?a=barrier&b=ferry&what=quotes", "/coverage", "/ingest", "/saved", "/help", "/facet?by=person", "/?q=nosuchword%20barrier2", "/?q=(x"];

test("320 points wide, and at 400 %", async () => {
  const hit = JSON.parse(cli(kept.dir, "search", "barrier", "--json", "-n", "1").stdout).id;
  for (const [width, scale] of [[320, 1], [320, 4]]) {
    // 1280 at 400 % is 320 wide, with four dots a point.
    const narrow = await browser.newContext({ viewport: { width, height: 640 }, deviceScaleFactor: scale });
    const p = await narrow.newPage();
    for (const path of [...PAGES, `/?q=barrier&open=${encodeURIComponent(hit)}`]) {
      await p.goto(server.address + path);
      const over = await p.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${path} is ${over} points too wide`);
    }
    await narrow.close();
  }
});

test("where the reader leaves no room for the facets there is a way to them", async () => {
  const hit = JSON.parse(cli(kept.dir, "search", "barrier", "--json", "-n", "1").stdout).id;
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 } });
  const p = await context.newPage();
  const open = () => p.goto(`${server.address}/?q=barrier&open=${encodeURIComponent(hit)}`);
  const closed = async () => {
    await p.waitForURL((url) => !url.searchParams.has("open"));
    assert.ok(await p.locator("#facets .facet").first().isVisible());
  };
  await open();
  assert.ok(!(await p.locator("#facets").isVisible()) && (await p.locator("#reader").isVisible()));
  await p.locator(".summary").getByRole("link", { name: "Narrow down" }).click();
  await closed();
  await open();
  await p.keyboard.press("f");
  await closed();
  await context.close();
});

test("a clipping is printed clean", async () => {
  const hit = JSON.parse(cli(kept.dir, "search", "barrier", "--json", "-n", "1").stdout);
  await go(`/article?id=${encodeURIComponent(hit.id)}`);
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".text").isVisible());
  assert.ok(await page.locator(".clipping header .line").isVisible(), "with the line it is cited by");
  for (const gone of [".masthead", ".foot"]) assert.ok(!(await page.locator(gone).isVisible()), gone);
  await go("/?q=barrier&f=lang%3Aen");
  assert.ok(await page.locator("#reading").isVisible(), "a list says of what it is");
  for (const gone of [".keep", ".facets", ".chips", ".narrow"]) assert.ok(!(await page.locator(gone).first().isVisible()), gone);
  await page.emulateMedia({ media: null });
});
