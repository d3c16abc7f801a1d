// Keys, and the palette of all that they do. Each single key can be laid elsewhere, or all of them turned off (WCAG 2.1.4).
"use strict";

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
const closeReader = () => {
  returnTo({ hit: hits.findIndex((h) => h.classList.contains("open")) });
  go(link(".bar .close"));
};
const select = () => {
  const here = current();
  if (!here) return;
  here.classList.toggle("picked");
  const n = all(".hit.picked").length;
  say(`${n} selected`);
};
const copyCurrent = () => {
  const picked = all(".hit.picked [data-copy]").map((b) => b.dataset.copy);
  const inReader = reader?.contains(document.activeElement) || !current();
  const single = inReader ? one(".evidence .chosen [data-copy], #reader [data-copy], .clipping [data-copy]") : one("[data-copy]", current());
  const text = picked.length ? picked.join("\n\n") : (single ?? one("[data-copy]"))?.dataset.copy;
  if (text) copy(text, picked.length);
};
const actions = {
  search: () => {
    one("#q").focus();
    one("#q").select();
  },
  next: () => toHit(1),
  previous: () => toHit(-1),
  open: () => go(reader?.contains(document.activeElement) || (reader && current()?.classList.contains("open")) ? link(".bar a:not(.close)") : link(".open-it", current())),
  close: () => reader && closeReader(),
  match: () => step("match", 1),
  "match-before": () => step("match", -1),
  quote: () => step("quote", 1),
  "quote-before": () => step("quote", -1),
  select,
  copy: copyCurrent,
  tag: () => {
    const write = one("details.write");
    if (!write) return;
    write.open = true;
    one("input[name=tags]", write).focus();
  },
  seen: () => (one("button.see") ?? one("button.seen"))?.click(),
  // Beside an open reader there may be no room for them: then it is closed.
  facets: () => {
    const choice = one(".facet[open] .take");
    if (choice?.offsetParent) choice.focus();
    else one(".summary .narrow a")?.click();
  },
  exclude: () => {
    const item = document.activeElement?.closest?.(".facet li, .values li");
    if (item) one(".drop", item)?.click();
  },
  timeline: () => bars[0]?.focus(),
  "page-before": () => go(link('.turn [rel="prev"]')),
  "page-next": () => go(link('.turn [rel="next"]')),
  save: () => {
    const save = one("details.save");
    if (save) {
      save.open = true;
      one("input[name=name]", save).focus();
    }
  },
  alert: () => go(link("a.alert")),
  "last-saved": () => go(all(".kept li a[data-kept]").at(-1)?.href),
  help: () => go("/help#keys"),
};
const places = {
  a: () => go(what("articles")),
  q: () => go(what("quotes")),
  p: () => go(link('a.name, .names a[href^="/person"]', current() ?? reader ?? document)),
  s: () => go("/saved"),
  c: () => go("/coverage"),
  n: () => go("/names"),
};

// --- which key does what: as it is laid out, or as somebody has laid it
const usual = Object.fromEntries(all("#commands [data-do]").map((item) => [item.dataset.do, one("kbd", item).textContent]));
const laid = () => ({ ...usual, ...JSON.parse(remember("keys") ?? "{}") });
let keys = {};
const layOut = () => {
  keys = Object.fromEntries(Object.entries(laid()).map(([action, key]) => [key, actions[action]]));
  for (const shown of all("kbd[data-action]")) shown.textContent = laid()[shown.dataset.action];
  for (const item of all("#commands [data-do]")) one("kbd", item).textContent = laid()[item.dataset.do];
};
layOut();
for (const shown of all("kbd[data-action]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "lay";
  button.textContent = "change";
  button.setAttribute("aria-label", `Change the key for: ${shown.closest("tr").lastElementChild.textContent}`);
  button.addEventListener("click", () => {
    button.textContent = "press a key";
    say("Press the new key, or Escape");
    button.addEventListener(
      "keydown",
      (event) => {
        event.preventDefault();
        event.stopPropagation();
        button.textContent = "change";
        if (event.key.length !== 1 || event.key === " ") return;
        // Who had the key before gets the one that is given up.
        const now = laid();
        const had = Object.keys(now).find((action) => now[action] === event.key);
        if (had) now[had] = now[shown.dataset.action];
        now[shown.dataset.action] = event.key;
        remember("keys", JSON.stringify(now));
        layOut();
        say(`Now ${event.key}`);
      },
      { once: true },
    );
  });
  shown.after(" ", button);
}
one("#usual")?.addEventListener("click", () => {
  remember("keys", "{}");
  layOut();
  say("All keys are as they were");
});
for (const [id, name, apply] of [["nokeys", "nokeys"], ["brackets", "brackets", (on) => root.classList.toggle("brackets", on)]]) {
  const set = one(`#${id}`);
  apply?.(remember(name) === "yes");
  if (!set) continue;
  set.checked = remember(name) === "yes";
  set.addEventListener("change", () => {
    remember(name, set.checked ? "yes" : "no");
    apply?.(set.checked);
  });
}

// --- pairs of names: yes, no, unsure; undo
const pairs = all(".pair-card");
const decide = {
  y: (card) => one('[value="merge"]', card)?.click(),
  n: (card) => one('[value="apart"]', card)?.click(),
  u: (card) => one('[value="unsure"]', card)?.click(),
  z: () => one('#rulings [value="undo"]')?.click(),
};
const toPair = (by) => {
  const here = pairs.indexOf(document.activeElement?.closest?.(".pair-card"));
  pairs[Math.max(0, Math.min(pairs.length - 1, here + by))]?.focus();
};
const onNames = (key) => {
  if (key === "j") toPair(1);
  else if (key === "k") toPair(-1);
  else if (decide[key]) decide[key](document.activeElement?.closest?.(".pair-card") ?? pairs[0]);
  else return false;
  return true;
};
// The next pair is at hand as soon as one is decided.
if (pairs.length && new URLSearchParams(location.search).has("did")) pairs[0].focus();

// --- the palette
const palette = one("#palette");
const openPalette = () => {
  const input = one("input", palette);
  const list = one("#commands", palette);
  for (const extra of all("[data-extra]", list)) extra.remove();
  for (const [i, kept] of all(".kept li a[data-kept]").entries()) {
    const item = document.createElement("li");
    item.id = `kept${i}`;
    item.setAttribute("role", "option");
    item.dataset.extra = "";
    item.dataset.go = kept.getAttribute("href");
    item.textContent = `saved: ${kept.textContent}`;
    list.append(item);
  }
  let at = 0;
  const shown = () => [...list.children].filter((item) => !item.hidden);
  const mark = () => {
    const items = shown();
    at = Math.max(0, Math.min(items.length - 1, at));
    for (const item of list.children) item.setAttribute("aria-selected", String(item === items[at]));
    items[at]?.scrollIntoView({ block: "nearest" });
    if (items[at]) input.setAttribute("aria-activedescendant", items[at].id);
    else input.removeAttribute("aria-activedescendant");
  };
  const run = (item) => {
    palette.close();
    if (item?.dataset.go) go(item.dataset.go);
    else if (item) actions[item.dataset.do]?.();
  };
  input.value = "";
  input.oninput = () => {
    const words = input.value.toLowerCase().split(/\s+/);
    for (const item of list.children) item.hidden = !words.every((w) => item.textContent.toLowerCase().includes(w));
    at = 0;
    mark();
    say(`${shown().length} commands`);
  };
  input.onkeydown = (event) => {
    if (event.key === "ArrowDown") at++;
    else if (event.key === "ArrowUp") at--;
    else if (event.key === "Enter") {
      event.preventDefault();
      return run(shown()[at]);
    } else return;
    event.preventDefault();
    mark();
  };
  list.onclick = (event) => run(event.target.closest("[role=option]"));
  input.oninput();
  palette.showModal();
  input.focus();
};

let waiting = false;
document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === "Enter" && event.target.form) {
    event.target.form.requestSubmit();
    return;
  }
  if (command && event.key.toLowerCase() === "k" && !event.shiftKey) {
    event.preventDefault();
    if (!palette.open) openPalette();
    return;
  }
  if (command && event.key === "/" && event.target !== one("#q")) {
    event.preventDefault();
    window.listFields?.();
    return;
  }
  if (palette.open) return;
  if (event.target.matches("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (command || event.altKey || event.defaultPrevented) return;
  // These are no characters, so they cannot come from somebody who speaks to the machine.
  if (event.key === "Escape") {
    if (reader) closeReader();
    else document.activeElement?.blur();
    return;
  }
  if (document.activeElement?.matches(".hit")) {
    const extra = { ArrowDown: actions.next, ArrowUp: actions.previous, Enter: actions.open }[event.key];
    if (extra) {
      event.preventDefault();
      return extra();
    }
  }
  if (remember("nokeys") === "yes") return;
  if (one("#queue") && !waiting && onNames(event.key)) {
    event.preventDefault();
    return;
  }
  if (!waiting && keys[event.key] === actions.exclude && !document.activeElement?.closest(".facet, .values")) return;
  const table = waiting ? places : keys;
  waiting = !waiting && event.key === "g" && !keys.g;
  const action = table[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
