// What a page does beyond being one: keys, typing ahead in facets, the brush, copying. Everything works without it.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const root = document.documentElement;
root.classList.add("scripted");

// Said to those who listen rather than look.
const say = (text) => {
  const status = one("#said");
  if (status) status.textContent = text;
};

const remember = (name, value) => {
  try {
    if (value === undefined) return localStorage.getItem(name);
    localStorage.setItem(name, value);
  } catch {
    // Not allowed to keep anything: then it is not kept.
  }
  return null;
};

// --- what was found is said once the page is there
const heading = one(".summary h1, .nothing h1");
if (heading) setTimeout(() => say(heading.textContent), 300);

// --- an order is taken as soon as it is chosen
one(".order select")?.addEventListener("change", (event) => event.target.form.requestSubmit());

// --- copying
const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    say("Copied with its source");
  } catch {
    say("The browser does not let the page copy");
  }
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button.dataset.copy);
});

// --- facets: find a value by its letters
for (const link of all(".facet [data-find]")) {
  const list = one("ul", link.closest(".facet"));
  const usual = list.innerHTML;
  const input = document.createElement("input");
  input.type = "search";
  input.className = "finder";
  input.placeholder = "find";
  input.setAttribute("aria-label", `Find in ${link.dataset.find}`);
  let wait = 0;
  let turn = 0;
  input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const mine = ++turn;
      if (!input.value.trim()) {
        list.innerHTML = usual;
        return;
      }
      const address = new URL(link.href);
      address.searchParams.set("find", input.value);
      address.searchParams.set("part", "1");
      const answer = await fetch(address);
      if (!answer.ok || mine !== turn) return;
      // Made by our own server, which escapes every value.
      list.innerHTML = await answer.text();
      say(`${all("li:not(.rest)", list).length} values shown`);
    }, 150);
  });
  list.before(input);
}

// --- the timeline: one stop for the keyboard, a drag for the mouse
const bars = all(".bars a");
const brush = one(".brush form");
const shapes = all(".bars [data-since]");
let held = null;
const pick = (from, to) => {
  const [a, b] = from <= to ? [from, to] : [to, from];
  shapes.forEach((shape, i) => shape.classList.toggle("picked", i >= a && i <= b));
  brush.elements.since.value = shapes[a].dataset.since;
  brush.elements.until.value = shapes[b].dataset.until;
};
bars.forEach((bar, i) => bar.setAttribute("tabindex", i ? "-1" : "0"));
const picture = one(".bars");
if (picture && brush) {
  const at = (event) => {
    const box = picture.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.max(0, Math.min(shapes.length - 1, Math.floor(share * shapes.length)));
  };
  let begun = null;
  let dragged = false;
  picture.addEventListener("pointerdown", (event) => {
    if (event.button === 0) [begun, dragged] = [at(event), false];
  });
  window.addEventListener("pointermove", (event) => {
    if (begun === null || event.buttons !== 1) return;
    dragged ||= at(event) !== begun;
    if (dragged) pick(begun, at(event));
  });
  window.addEventListener("pointerup", () => {
    if (begun !== null && dragged) brush.requestSubmit();
    begun = null;
  });
  picture.addEventListener("dragstart", (event) => event.preventDefault());
  picture.addEventListener("click", (event) => dragged && event.preventDefault());
  picture.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const here = bars.indexOf(document.activeElement);
    if (event.key === "Enter" && held !== null) {
      event.preventDefault();
      brush.requestSubmit();
    }
    if (!step || here < 0) return;
    event.preventDefault();
    const next = bars[Math.max(0, Math.min(bars.length - 1, here + step))];
    next.focus();
    if (event.shiftKey) {
      held ??= shapes.indexOf(bars[here]);
      pick(held, shapes.indexOf(next));
    } else {
      held = null;
    }
    say(next.getAttribute("aria-label"));
  });
}

// --- the reader opens at the quote or the first match
const reader = one("#reader");
const marks = all("mark", one(".text") ?? document.createElement("p"));
const quotes = all(".text .q[id]");
let mark = -1;
let quote = -1;
const show = (element) => {
  if (!element) return;
  all(".now").forEach((e) => e.classList.remove("now"));
  element.classList.add("now");
  element.scrollIntoView({ block: "center", behavior: "instant" });
};
const step = (kind, by) => {
  if (kind === "match" && marks.length) {
    mark = (mark + by + marks.length) % marks.length;
    show(marks[mark]);
    say(`match ${mark + 1} of ${marks.length}`);
  }
  if (kind === "quote" && quotes.length) {
    quote = (quote + by + quotes.length) % quotes.length;
    show(quotes[quote]);
    const ref = one(`.qref[href="#e${quotes[quote].id.slice(1)}"]`);
    say(ref ? ref.getAttribute("aria-label") : `quote ${quote + 1}`);
  }
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (button) step(button.dataset.step, 1);
});
if (reader) {
  const first = one(".text .chosen") ?? marks[0];
  if (first === marks[0]) mark = 0;
  if (first && getComputedStyle(reader).position === "sticky") {
    const box = reader.getBoundingClientRect();
    reader.scrollTop += first.getBoundingClientRect().top - box.top - reader.clientHeight / 3;
  } else if (first) {
    show(first);
  }
}

// --- keys
const hits = all(".hit");
let hit = hits.findIndex((h) => h.classList.contains("open"));
const go = (address) => address && location.assign(address);
const toHit = (by) => {
  if (!hits.length) return;
  hit = Math.max(0, Math.min(hits.length - 1, hit + by));
  hits[hit].focus();
  hits[hit].scrollIntoView({ block: "nearest" });
};
const link = (selector, from = document) => one(selector, from)?.getAttribute("href");
const current = () => document.activeElement?.closest?.(".hit") ?? hits[hit];
const what = (kind) => {
  const address = new URL("/", location.origin);
  const q = one("#q")?.value.trim();
  if (q) address.searchParams.set("q", q);
  if (kind === "quotes") address.searchParams.set("what", "quotes");
  return address.href;
};
const keys = {
  "/": () => {
    one("#q").focus();
    one("#q").select();
  },
  j: () => toHit(1),
  ArrowDown: () => toHit(1),
  k: () => toHit(-1),
  ArrowUp: () => toHit(-1),
  o: () => go(reader?.contains(document.activeElement) || (reader && current()?.classList.contains("open")) ? link(".bar a:not(.close)") : link(".open-it", current())),
  u: () => go(link(".bar .close")),
  Escape: () => (reader ? go(link(".bar .close")) : document.activeElement?.blur()),
  n: () => step("match", 1),
  N: () => step("match", -1),
  e: () => step("quote", 1),
  E: () => step("quote", -1),
  c: () => {
    const text = one("[data-copy]", current())?.dataset.copy ?? one("[data-copy]")?.dataset.copy;
    if (text) copy(text);
  },
  f: () => one(".facet .take")?.focus(),
  t: () => bars[0]?.focus(),
  "[": () => go(link('.turn [rel="prev"]')),
  "]": () => go(link('.turn [rel="next"]')),
  "-": () => go(link(".drop", document.activeElement?.closest?.("li") ?? undefined)),
  S: () => {
    const save = one("details.save");
    if (save) {
      save.open = true;
      one("input[name=name]", save).focus();
    }
  },
  ".": () => {
    const kept = all(".kept li a[data-kept]");
    go((kept.at(-1) ?? all(".kept li a").at(-1))?.href);
  },
  "?": () => go("/help#keys"),
};
const places = { a: () => go(what("articles")), q: () => go(what("quotes")), s: () => go("/saved"), c: () => go("/coverage"), n: () => go("/names") };

const off = one("#nokeys");
if (off) {
  off.checked = remember("nokeys") === "yes";
  off.addEventListener("change", () => remember("nokeys", off.checked ? "yes" : "no"));
}
let waiting = false;
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.form) {
    event.target.form.requestSubmit();
    return;
  }
  if (event.target.matches("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || remember("nokeys") === "yes") return;
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !document.activeElement?.closest(".hit")) return;
  if (event.key === "-" && !document.activeElement?.closest(".facet, .values")) return;
  const table = waiting ? places : keys;
  waiting = !waiting && event.key === "g";
  const action = table[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
