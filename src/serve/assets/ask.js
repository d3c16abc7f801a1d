// The search box: what may be meant by what is typed (a combobox as ARIA 1.2 has it), and what was asked before.
"use strict";

const box = one("#q");
if (box) {
  const offers = document.createElement("ul");
  offers.id = "offers";
  offers.setAttribute("role", "listbox");
  offers.setAttribute("aria-label", "What may be meant");
  offers.hidden = true;
  box.after(offers);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "offers"]]) box.setAttribute(name, value);

  let chosen = -1;
  let turn = 0;
  let wait = 0;
  const list = () => [...offers.children];
  const choose = (i) => {
    const items = list();
    chosen = i < -1 ? items.length - 1 : i >= items.length ? -1 : i;
    items.forEach((item, n) => item.setAttribute("aria-selected", String(n === chosen)));
    if (chosen < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", items[chosen].id);
      items[chosen].scrollIntoView({ block: "nearest" });
    }
  };
  const close = () => {
    turn++;
    offers.hidden = true;
    box.setAttribute("aria-expanded", "false");
    choose(-1);
  };

  // The piece that is being typed: where it begins, and its letters up to the caret. What stands in an open quotation mark
  // belongs to the word before it.
  const piece = () => {
    const before = box.value.slice(0, box.selectionStart);
    const open = (before.match(/["“”]/g) ?? []).length % 2 === 1;
    const head = open ? before.slice(0, Math.max(before.lastIndexOf('"'), before.lastIndexOf("“"))) : before;
    let start = head.search(/[^\s(){}|,]*$/u);
    if (/[-+]/.test(before[start] ?? "")) start++;
    return [start, before.slice(start)];
  };
  const offer = async (all) => {
    const mine = ++turn;
    const [, token] = piece();
    if (!all && token.length < 2) return close();
    const address = new URL("/suggest", location.origin);
    address.searchParams.set("token", all ? "" : token);
    const answer = await fetch(address);
    const items = answer.ok ? await answer.text() : "";
    if (!answer.ok || mine !== turn || document.activeElement !== box) return;
    const kept = list()[chosen]?.dataset.put;
    // Made by our own server, which escapes every value.
    offers.innerHTML = items;
    const n = offers.children.length;
    if (!n) return close();
    offers.hidden = false;
    box.setAttribute("aria-expanded", "true");
    // What was chosen from the letters before stays so, if it is still offered.
    choose(list().findIndex((item) => item.dataset.put === kept));
    say(`${n} offered`);
  };
  const put = (item) => {
    const [start, token] = piece();
    const rest = box.value.slice(start + token.length).replace(/^"/, "");
    const text = item.dataset.put;
    const space = text.endsWith(":") || rest.startsWith(" ") ? "" : " ";
    box.value = box.value.slice(0, start) + text + space + rest;
    const caret = start + text.length + space.length;
    box.setSelectionRange(caret, caret);
    close();
    if (text.endsWith(":")) offer();
  };

  // --- what was asked before
  const asked = () => JSON.parse(remember("asked") ?? "[]");
  let back = -1;
  box.form.addEventListener("submit", () => {
    const text = box.value.trim();
    if (text) remember("asked", JSON.stringify([text, ...asked().filter((t) => t !== text)].slice(0, 50)));
  });

  box.addEventListener("input", () => {
    back = -1;
    // An answer to the letters before comes too late.
    turn++;
    // What no longer fits goes at once: nobody shall choose from a list that belongs to other letters.
    const letters = piece()[1].replace(/^[\w-]+:=?/, "").replace(/["“”@]/g, "").toLowerCase();
    for (const item of list()) if (!item.textContent.toLowerCase().includes(letters)) item.remove();
    choose(-1);
    clearTimeout(wait);
    wait = setTimeout(() => offer(), 120);
  });
  box.addEventListener("blur", () => setTimeout(close, 150));
  box.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) {
      const all = asked();
      back = Math.max(-1, Math.min(all.length - 1, back + (key === "ArrowUp" ? 1 : -1)));
      if (back >= 0) box.value = all[back];
      event.preventDefault();
      return close();
    }
    if ((event.ctrlKey || event.metaKey) && key === "/") {
      event.preventDefault();
      clearTimeout(wait);
      return offer(true);
    }
    if (offers.hidden) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (key === "ArrowDown" ? 1 : -1));
    } else if ((key === "Enter" || key === "Tab") && chosen >= 0) {
      event.preventDefault();
      put(list()[chosen]);
    } else if (key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  offers.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[data-put]");
    event.preventDefault();
    if (item) put(item);
  });
  window.listFields = () => {
    box.focus();
    offer(true);
  };
}
