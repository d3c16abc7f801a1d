// Pictures of every page, to be looked at: node look.mjs ADDRESS DIRECTORY [name…]
//
//   WORD=barrier OTHER=council   what is searched, and what it is compared with
//   SIZES=1280,768,320           widths of the window
//   SCHEMES=light,dark
//   STYLE=file.css               shown instead of the style in the binary, to try one without building
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./served.mjs";

const [address, directory, ...only] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });
const { WORD: word = "barrier", OTHER: other = "council", SIZES = "1280,768,320", SCHEMES = "light,dark", STYLE } = process.env;
// The longest picture, in points: below it nothing new comes.
const LONGEST = 2400;

const api = async (path) => (await fetch(address + path)).json();
const url = encodeURIComponent;
const hits = (await api(`/api/v1/search?q=${url(word)}&n=200`)).hits ?? [];
const quotes = (await api(`/api/v1/quotes?q=${url(word)}&n=50`)).hits ?? [];
const spoken = quotes.find((q) => q.speaker?.class === "person") ?? quotes[0];
const pages = { home: "/", help: "/help", saved: "/saved", names: "/names", coverage: "/coverage", ingest: "/ingest" };
if (hits.length) {
  const hit = url(hits[0].id);
  const told = url((hits.find((h) => h.copies > 0) ?? hits[0]).cluster ?? hits[0].id);
  Object.assign(pages, {
    articles: `/?q=${url(word)}`,
    quotes: `/?q=${url(word)}&what=quotes`,
    chosen: `/?q=${url(word)}%20${url(other)}&f=-lang:de&since=2010`,
    against: `/?q=${url(word)}&vs=${url(other)}&scale=percent&rank=unusual`,
    reader: `/?q=${url(word)}&open=${hit}`,
    quote: `/?q=${url(word)}&what=quotes&open=${url(spoken.id)}`,
    article: `/article?id=${hit}&q=${url(word)}`,
    person: `/person?name=${url(spoken.speaker.name)}`,
    compare: `/compare?what=quotes&a=${url(word)}&b=${url(other)}`,
    compared: `/compare?a=${url(word)}&b=${url(other)}`,
    uncompared: "/compare",
    story: `/story?id=${told}`,
    similar: `/similar?id=${told}`,
    alert: `/alert?what=quotes&q=${url(spoken.speaker.name.split(" ").pop())}%20${url(word)}`,
    kwic: `/kwic?q=${url(word)}`,
    facet: "/facet?by=person",
    nothing: `/?q=${url(word)}%20speaker%3Anobody%20source%3Anowhere`,
    broken: "/?q=(flood%20titel%3Ax",
    lost: "/no/such/page",
  });
}
const browser = await launch();
for (const colorScheme of SCHEMES.split(",")) {
  for (const width of SIZES.split(",").map(Number)) {
    const height = width < 400 ? 640 : 900;
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    if (STYLE) await page.route(/\/assets\/.*\.css$/, (route) => route.fulfill({ contentType: "text/css", body: readFileSync(STYLE, "utf8") }));
    for (const [name, path] of Object.entries(pages)) {
      if (only.length && !only.includes(name)) continue;
      await page.goto(address + path);
      if (name === "articles") await page.evaluate(() => document.querySelector("#map")?.setAttribute("open", ""));
      const [wide, tall] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
      if (wide > width) console.log(`${name} at ${width}: ${wide - width} points wider than the window`);
      await page.screenshot({ path: join(directory, `${name}-${width}-${colorScheme}.png`), fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(tall, LONGEST) } });
    }
    await context.close();
  }
}
await browser.close();
