// What a page does beyond being one: typing ahead in facets, the brush, the circle on the map, copying. Everything works
// without it.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const root = document.documentElement;
root.classList.add("scripted");

// Said to those who listen rather than look. What is found is said once the page is there, unless something newer was said.
let greeting = 0;
const say = (text) => {
  clearTimeout(greeting);
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

const heading = one(".notice[role=status]") ?? one(".summary h1, .nothing h1, .trouble h1");
if (heading) greeting = setTimeout(() => say(heading.textContent), 300);

// --- an order is taken as soon as it is chosen
one(".order select")?.addEventListener("change", (event) => event.target.form.requestSubmit());

// --- copying
const copy = async (text, n = 1) => {
  try {
    await navigator.clipboard.writeText(text);
    say(n > 1 ? `${n} copied with their sources` : "Copied with its source");
  } catch {
    say("The browser does not let the page copy");
  }
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  copy(button.dataset.copy);
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 1500);
});

// --- where one was: a choice in a facet leads to another page, on which the same choice is at hand
const returnTo = (place) => {
  try {
    sessionStorage.setItem("return", JSON.stringify({ ...place, scroll: window.scrollY }));
  } catch {
    // Not allowed to keep anything: then one begins at the top.
  }
};
document.addEventListener("click", (event) => {
  // From the reader back to the hit that was open.
  if (event.target.closest(".reader .close")) returnTo({ hit: all(".hit").findIndex((h) => h.classList.contains("open")) });
  const choice = event.target.closest(".facet li a, .chips a");
  if (!choice || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const facet = choice.closest(".facet");
  const items = facet ? all("li", facet) : [];
  returnTo({
    field: facet?.dataset.field,
    value: choice.closest("li").dataset.value,
    place: items.indexOf(choice.closest("li")),
    kind: choice.classList.contains("drop") ? ".drop" : ".take",
  });
});
try {
  const was = JSON.parse(sessionStorage.getItem("return") ?? "null");
  sessionStorage.removeItem("return");
  if (was?.field) {
    const items = all(`.facet[data-field="${CSS.escape(was.field)}"] li`);
    const item = items.find((i) => i.dataset.value === was.value) ?? items[Math.min(was.place, items.length - 1)];
    const there = item && (one(was.kind, item) ?? one(".take", item));
    window.scrollTo(0, was.scroll);
    there?.focus({ preventScroll: true });
    there?.scrollIntoView({ block: "nearest" });
  } else if (was?.hit >= 0) {
    const there = all(".hit")[was.hit];
    there?.focus({ preventScroll: true });
    there?.scrollIntoView({ block: "center" });
  }
} catch {
  // What cannot be read is not gone back to.
}

// --- facets: find a value by its letters
for (const link of all(".facet [data-find]")) {
  const list = one("ul", link.closest(".facet"));
  const usual = list.innerHTML;
  const input = document.createElement("input");
  input.type = "search";
  input.className = "finder";
  input.placeholder = "find";
  input.setAttribute("aria-label", `Find in ${one("summary", link.closest(".facet")).textContent}`);
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
  const opened = one(".hit.open");
  if (opened && getComputedStyle(reader).position === "sticky") opened.scrollIntoView({ block: "center", behavior: "instant" });
  const first = one(".text .chosen") ?? marks[0];
  if (first === marks[0]) mark = 0;
  if (first && getComputedStyle(reader).position === "sticky") {
    // The headline stays where there is room for both.
    const down = first.getBoundingClientRect().bottom - reader.getBoundingClientRect().top;
    if (down > reader.clientHeight) reader.scrollTop += down - reader.clientHeight / 3;
  } else if (first) {
    // Where the reader is the page, the browser goes to its beginning once all is loaded: then on to the place. Whoever comes back
    // finds it where it was left.
    const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    const bring = () => (first.getBoundingClientRect().bottom > innerHeight ? show(first) : first.classList.add("now"));
    window.addEventListener("load", () => back || setTimeout(bring));
  }
}

// --- the map: a circle is drawn from its middle outwards
const map = one(".map svg");
if (map && one("#around")) {
  const NS = "http://www.w3.org/2000/svg";
  const KM = 111.32;
  const at = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    return { lon: point.x, lat: -point.y };
  };
  let middle = null;
  let ring = null;
  let km = 0;
  map.addEventListener("pointerdown", (event) => {
    if (event.button === 0) middle = at(event);
  });
  window.addEventListener("pointermove", (event) => {
    if (!middle || event.buttons !== 1) return;
    const to = at(event);
    const narrow = Math.max(0.05, Math.cos((middle.lat * Math.PI) / 180));
    km = KM * Math.hypot(to.lat - middle.lat, (to.lon - middle.lon) * narrow);
    if (!ring && km > 50) {
      ring = document.createElementNS(NS, "ellipse");
      ring.setAttribute("class", "ring");
      map.append(ring);
    }
    if (!ring) return;
    // A circle on the globe is wider than high on this map, the more so the farther from the equator.
    for (const [name, value] of [["cx", middle.lon], ["cy", -middle.lat], ["rx", km / KM / narrow], ["ry", km / KM]]) ring.setAttribute(name, value.toFixed(2));
  });
  window.addEventListener("pointerup", () => {
    if (middle && ring) {
      const form = one("#around");
      form.elements.near.value = `${middle.lat.toFixed(2)},${middle.lon.toFixed(2)}`;
      form.elements.km.value = Math.max(1, Math.round(km));
      form.requestSubmit();
    }
    middle = null;
  });
  map.addEventListener("dragstart", (event) => event.preventDefault());
  map.addEventListener("click", (event) => ring && event.preventDefault());
}
