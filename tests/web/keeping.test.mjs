// What people keep: searches with what is new of them, alerts, names that are one, corrections, copies of a story.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { cli, opened } from "./served.mjs";

let world, kept, server, page;

before(async () => {
  world = await opened({ permissions: ["clipboard-read", "clipboard-write"] });
  ({ kept, server, page } = world);
});

after(() => world?.close());

const go = (path) => page.goto(server.address + path);
const total = async () => Number((await page.locator(".summary h1").innerText()).split(" ")[0].replaceAll(",", ""));
const counted = (...args) => Number(cli(kept.dir, ...args, "-c").stdout.trim());
let files = 0;
// Another article comes in while the page is served.
const arrives = async (text) => {
  const file = join(kept.dir, `late${++files}.txt`);
  writeFileSync(file, text);
  cli(kept.dir, "index", file);
  await page.waitForTimeout(700);
};
const OPEN = "Barrier reopens\n\nHULL, 3 March 2026\n\n“The barrier is open again,” said Mayor Adaeze Okafor on Tuesday.\n";

test("what is new of a saved search shows without a restart, is opened first, and is taken for seen", async () => {
  await go("/?q=barrier");
  await page.locator("details.save summary").click();
  await page.fill("details.save input[name=name]", "the-barrier");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".keep", { hasText: "Saved as the-barrier" }).waitFor();
  await go("/");
  const mine = page.locator(".kept li", { hasText: "the-barrier" });
  assert.equal(await mine.locator(".new").count(), 0, "what is there when it is saved is not new");
  await arrives(OPEN);
  await go("/");
  assert.equal(await mine.locator(".new").innerText(), "1 new");
  await go("/saved");
  assert.match(await page.locator("tr", { hasText: "the-barrier" }).innerText(), /1 new/);
  const diff = cli(kept.dir, "saved", "diff", "the-barrier", "--json");
  assert.equal(diff.stdout.trim().split("\n").length, 1, "as the command line says");
  await go("/");
  await mine.locator("a").click();
  await page.waitForURL(/sort=added/);
  assert.match(await page.locator(".hit h3").first().innerText(), /Barrier reopens/);
  await page.locator("h1").click();
  await page.keyboard.press("m");
  await page.waitForURL(/sort=added/);
  await page.locator("button.seen").waitFor({ state: "detached" });
  assert.equal(await mine.locator(".new").count(), 0);
  assert.equal(cli(kept.dir, "saved", "diff", "the-barrier").status, 0);
});

test("an article is tagged, noted and marked as seen by keys alone, and found by that", async () => {
  await go("/?q=barrier");
  await page.keyboard.press("j");
  await page.keyboard.press("o");
  await page.waitForURL(/open=/);
  await page.keyboard.press("s");
  await page.keyboard.type("checked, follow up");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Ask the harbour office.");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/open=.*#reader$/);
  assert.match(await page.locator("section.notes .own").innerText(), /checked\s+follow up\s+Ask the harbour office\./);
  assert.ok((await page.locator(".hit").count()) > 1, "the other hits are still beside it");
  assert.match(readFileSync(join(kept.dir, "notes.toml"), "utf8"), /tags = \["checked", "follow up"\]/);
  await page.locator(".clipping h2").click();
  await page.keyboard.press("m");
  await page.getByRole("button", { name: "Not seen" }).waitFor();
  await go('/?q=tag:"follow up" note:harbour is:seen');
  assert.equal(await total(), counted("search", 'tag:"follow up" note:harbour is:seen'));
  assert.match(await page.locator(".hit").first().innerText(), /follow up\s+seen/);
});

test("two names are made one, and two again", async () => {
  const persons = () => cli(kept.dir, "facets", "*", "--by", "person", "-n", "all", "--json").stdout.trim().split("\n").map((line) => JSON.parse(line));
  const of = (name) => persons().find((p) => p.value === name)?.articles ?? 0;
  const [full, short] = [of("Adaeze Okafor"), of("Okafor")];
  assert.ok(short > 0);
  await go("/names");
  const card = page.locator(".pair-card", { hasText: "Adaeze Okafor" });
  assert.match(await card.innerText(), /Beside both/, "the evidence is there");
  await card.getByRole("button", { name: "They are one" }).click();
  await page.waitForURL(/did=merge/);
  assert.match(await page.locator("[role=status].notice").innerText(), new RegExp(`${short} article`));
  assert.equal(of("Adaeze Okafor"), full + short);
  assert.match(readFileSync(join(kept.dir, "names.toml"), "utf8"), /name = "Adaeze Okafor"\nalso = \["Okafor"\]/);
  await page.waitForTimeout(700);
  await go(`/?f=${encodeURIComponent("person:Adaeze Okafor")}`);
  assert.equal(await total(), full + short, "the page shows it without a restart");
  await go("/names");
  await page.locator("h1").click();
  await page.keyboard.press("z");
  await page.waitForURL(/did=took/);
  assert.deepEqual([of("Adaeze Okafor"), of("Okafor")], [full, short]);
});

test("names that are alike are told to be two, or left open, by keys", async () => {
  await go("/names");
  await page.locator("h1").click();
  await page.keyboard.press("u");
  await page.waitForURL(/did=unsure/);
  assert.match(await page.locator(".pair-card").first().innerText(), /left open/);
  assert.ok(await page.evaluate(() => document.activeElement.matches(".pair-card")), "the next pair is at hand");
  await page.keyboard.press("n");
  await page.waitForURL(/did=apart/);
  assert.equal(await page.locator(".pair-card").count(), 0, "it is not asked again");
  assert.match(cli(kept.dir, "names").stdout, /are two/);
  await page.locator("#rulings").getByRole("button", { name: /^Forget/ }).first().click();
  await page.waitForURL(/did=forget/);
  assert.equal(await page.locator(".pair-card").count(), 1);
});

test("two names are merged by hand, and a slip of the pen is refused", async () => {
  await go("/names");
  await page.locator("summary", { hasText: "Merge two names" }).click();
  await page.fill("details.save input[name=form]", "Nobody Atall");
  await page.fill("details.save input[name=into]", "Adaeze Okafor");
  await page.getByRole("button", { name: "Merge" }).click();
  assert.match(await page.locator("h1").innerText(), /No article has the person Nobody Atall/);
});

test("an alert asks in which way a person is meant, is tried, and tells", async () => {
  await go("/?q=Okafor+barrier&what=quotes");
  await page.keyboard.press("A");
  await page.waitForURL(/\/alert\?/);
  const asked = page.locator("fieldset", { hasText: "Okafor" });
  await asked.getByLabel("speaks", { exact: true }).check();
  await page.getByRole("button", { name: "Try it" }).click();
  await page.waitForURL(/way0=speaker/);
  assert.match(await page.locator(".label").locator("..").innerText(), /by okafor/i);
  const says = await page.locator("main .total").innerText();
  const dry = cli(kept.dir, "saved", "add", "x", "speaker:okafor barrier", "--quotes", "--alert", "stdout", "--dry-run").stderr;
  const [, fired, news] = dry.match(/fired (\d+) times? with (\d+) news/);
  assert.match(says, new RegExp(`fired ${fired} times?, with ${news} quotes?`));
  assert.ok((await page.locator(".examples li").count()) > 0, "some of it is shown");
  await page.fill("section input[name=name]", "okafor-says");
  await page.getByRole("button", { name: "Save and watch" }).click();
  await page.waitForURL(/\/saved/);
  assert.match(await page.locator("tr", { hasText: "okafor-says" }).innerText(), /stdout/);
  assert.equal(cli(kept.dir, "saved", "run", "--alert", "okafor-says").stdout, "", "what is there is known");
  await arrives("Barrier hailed\n\nHULL, 5 March 2026\n\n“This barrier has earned its keep,” said Mayor Adaeze Okafor on Thursday.\n");
  assert.match(cli(kept.dir, "saved", "run", "--alert", "okafor-says").stdout, /earned its keep/);
});

test("copies are one hit that leads to the story", async () => {
  await go("/?q=mill+fire");
  const hit = page.locator(".hit", { has: page.locator(".copies") }).first();
  assert.match(await hit.locator(".copies").innerText(), /^\+\d+ cop(y|ies)$/);
  const folded = await page.locator(".hit").count();
  await page.getByRole("link", { name: "show each copy" }).click();
  await page.waitForURL(/copies=each/);
  assert.equal(await page.locator(".hit").count(), Math.min(20, counted("search", "mill fire")));
  assert.ok((await page.locator(".hit").count()) > folded);
  await page.goBack();
  await hit.locator(".copies").click();
  await page.waitForURL(/\/story/);
  assert.ok((await page.locator(".tellings > li").count()) > 1);
  assert.match(await page.locator(".tellings").innerText(), /first[^]*(otherwise|Says the same)/);
});

test("a speaker is set right where the evidence stands", async () => {
  const quote = JSON.parse(cli(kept.dir, "quotes", "speaker:okafor", "--json", "-n", "1").stdout);
  await go(`/?what=quotes&q=speaker%3Aokafor&open=${encodeURIComponent(quote.id)}`);
  const mine = page.locator("#reader .evidence li.chosen");
  await mine.locator(".mend summary").click();
  await mine.locator("input[name=speaker]").fill("Leila Haddad");
  await mine.getByRole("button", { name: "Set right" }).click();
  await page.waitForURL(/open=.*#reader$/);
  const told = JSON.parse(cli(kept.dir, "show", quote.article, "--json").stdout).quotes;
  assert.ok(told.some((q) => q.text === quote.text && q.speaker.name === "Leila Haddad"));
});

test("what is copied has its source", async () => {
  await go("/?q=speaker%3Aokafor&what=quotes");
  const card = page.locator(".card").first();
  await card.getByRole("button", { name: "Copy with source" }).click();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const hit = JSON.parse(cli(kept.dir, "quotes", "speaker:okafor", "--json", "-n", "1").stdout);
  // The words as they stand, also where the article says something else in between.
  const words = text.split("\n")[0].replaceAll("” […] “", " ");
  assert.ok(words.includes(hit.text), `${hit.text} in ${text}`);
  for (const part of [hit.title, hit.source, hit.url ?? hit.path]) assert.ok(text.includes(part ?? ""), `${part} in ${text}`);
  // Two of them, by keys.
  for (const key of ["j", "x", "j", "x", "c"]) await page.keyboard.press(key);
  await page.waitForFunction(() => document.querySelector("#said").textContent.startsWith("2 copied"));
  assert.equal((await page.evaluate(() => navigator.clipboard.readText())).split("\n\n").length, 2);
  // What a key did is what is heard last, not the heading of a page that was there a moment ago.
  await page.reload();
  for (const key of ["j", "x"]) await page.keyboard.press(key);
  await page.waitForTimeout(500);
  assert.equal(await page.locator("#said").textContent(), "1 selected");
});
