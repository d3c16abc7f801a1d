// Pictures of every page, to be looked at: node look.mjs ADDRESS DIRECTORY [name…]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./served.mjs";

const [address, directory, ...only] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });
const api = async (path) => (await fetch(address + path)).json();
const word = process.env.WORD ?? "barrier";
const hit = encodeURIComponent((await api(`/api/v1/search?q=${word}&n=1`)).hits[0].id);
const quotes = (await api(`/api/v1/quotes?q=${word}&n=20`)).hits;
const spoken = quotes.find((q) => q.speaker?.class === "person") ?? quotes[0];
const person = encodeURIComponent(spoken.speaker.name);
const pages = {
  home: "/",
  articles: `/?q=${word}`,
  quotes: `/?q=${word}&what=quotes`,
  reader: `/?q=${word}&open=${hit}`,
  quote: `/?q=${word}&what=quotes&open=${encodeURIComponent(spoken.id)}`,
  article: `/article?id=${hit}&q=${word}`,
  person: `/person?name=${person}`,
  compare: `/compare?what=quotes&a=${word}&b=council`,
  coverage: "/coverage",
  ingest: "/ingest",
  saved: "/saved",
  names: "/names",
  alert: `/alert?what=quotes&q=${encodeURIComponent(spoken.speaker.name.split(" ").pop())}%20${word}`,
  kwic: `/kwic?q=${word}`,
  similar: `/similar?id=${hit}`,
  help: "/help",
  facet: "/facet?by=person",
  nothing: `/?q=${word}%20speaker%3Anobody%20source%3Anowhere`,
  broken: "/?q=(flood%20titel%3Ax",
};
const browser = await launch();
for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [[1400, 950], [768, 1000], [320, 640]]) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(pages)) {
      if (only.length && !only.includes(name)) continue;
      await page.goto(address + path);
      if (name === "articles") await page.evaluate(() => document.querySelector("#map")?.setAttribute("open", ""));
      await page.screenshot({ path: join(directory, `${name}-${width}-${colorScheme}.png`) });
    }
    await context.close();
  }
}
await browser.close();
