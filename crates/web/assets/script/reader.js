// The reader: lays the records beside their passages without tearing the text apart, lights the
// words of the chosen one and joins the two by a line. j and k move, Enter goes to the passage,
// t goes on to the next view, d opens the details; words that are selected can be coded (c). Without this
// script records stand in rows with their passages, a record's link lights its words, and the words
// of a new record are pasted into its form.

import { onSelected, selected } from "./select.js";

const reader = document.querySelector("[data-reader]");
const sheet = reader?.querySelector("[data-sheet]");
const cards = [...(reader?.querySelectorAll(".card[data-record]") ?? [])];
const wide = matchMedia("(min-width: 60.01rem)");
const gap = 8;
let chosen = null;

// Words of a record: marks in the text, boxes on the image of a page.
const marksOf = (record) => [...reader.querySelectorAll(`[data-records~="${CSS.escape(record)}"]`)];

// Cards keep the order of their passages. Each stands level with its own, or as near below as the
// cards above leave room; the chosen one stands exactly level and the others give way.
function lay() {
  if (!sheet) return;
  const apart = wide.matches && cards.length > 0;
  sheet.classList.toggle("laid", apart);
  sheet.style.position = apart ? "relative" : "";
  sheet.style.minHeight = "";
  if (!apart) { for (const card of cards) card.style.top = ""; join(); return; }
  const box = sheet.getBoundingClientRect();
  const column = sheet.querySelector(".passage").getBoundingClientRect().width;
  const room = box.width - column - 40;
  const rtl = getComputedStyle(sheet).direction === "rtl";
  sheet.style.setProperty("--cards-width", `${Math.min(360, Math.max(200, room))}px`);
  sheet.style.setProperty("--cards-start", `${column + 40}px`);
  void rtl;
  const level = (card) => {
    const mark = marksOf(card.dataset.record)[0] ?? card.closest(".line");
    return mark.getBoundingClientRect().top - box.top - 6;
  };
  const tops = cards.map(level);
  const heights = cards.map((card) => card.offsetHeight);
  const at = cards.indexOf(chosen);
  let floor = 0;
  for (let i = Math.max(at, 0); i < cards.length; i++) {
    if (i !== at) tops[i] = Math.max(tops[i], floor);
    floor = tops[i] + heights[i] + gap;
  }
  let ceiling = at >= 0 ? tops[at] - gap : Infinity;
  for (let i = at - 1; i >= 0; i--) {
    tops[i] = Math.min(tops[i], ceiling - heights[i]);
    ceiling = tops[i] - gap;
  }
  // Above the chosen one cards may have been pushed over each other's level only upwards.
  for (let i = 1; i < at; i++) tops[i] = Math.max(tops[i], Math.min(tops[i], tops[i - 1] + heights[i - 1] + gap));
  cards.forEach((card, i) => { card.style.top = `${Math.max(tops[i], i === 0 ? 0 : -Infinity)}px`; });
  sheet.style.minHeight = `${floor}px`;
  join();
}

function join() {
  const path = reader.querySelector(".joins path");
  if (!path) return;
  const mark = chosen && marksOf(chosen.dataset.record)[0];
  if (!mark || !sheet.classList.contains("laid")) { path.setAttribute("d", ""); return; }
  const box = reader.getBoundingClientRect();
  const from = [...mark.getClientRects()].at(0);
  const to = chosen.getBoundingClientRect();
  const rtl = getComputedStyle(sheet).direction === "rtl";
  const x1 = (rtl ? from.left : from.right) - box.left;
  const y1 = from.bottom - box.top - 1;
  const x2 = (rtl ? to.right : to.left) - box.left;
  const y2 = to.top - box.top + 18;
  const bend = x2 - (rtl ? -16 : 16);
  path.setAttribute("d", `M${x1} ${y1}H${bend}L${x2} ${y2}`);
}

function choose(card, scroll) {
  for (const mark of reader.querySelectorAll("mark.lit")) mark.classList.replace("lit", mark.dataset.was ?? "claim");
  for (const box of reader.querySelectorAll(".box.lit")) box.classList.remove("lit");
  chosen?.classList.remove("chosen");
  chosen = card;
  if (card) {
    card.classList.add("chosen");
    for (const mark of marksOf(card.dataset.record)) {
      if (!(mark instanceof HTMLElement)) { mark.classList.add("lit"); continue; }
      mark.dataset.was ??= mark.className;
      mark.className = "lit";
    }
  }
  lay();
  if (card && scroll) {
    card.focus({ preventScroll: true });
    const mark = marksOf(card.dataset.record)[0] ?? card;
    const at = mark.getBoundingClientRect();
    if (at.top < 90 || at.bottom > innerHeight - 120) mark.scrollIntoView({ block: "center" });
  }
}

function step(by) {
  if (cards.length === 0) return;
  let at = cards.indexOf(chosen);
  if (at < 0 && by > 0) {
    at = cards.findIndex((card) => card.getBoundingClientRect().top > 60) - 1;
    if (at < -1) at = -1;
  }
  choose(cards[Math.min(cards.length - 1, Math.max(0, at + by))], true);
}

// The way to code what is selected: a button beside it.
const code = reader?.querySelector("[data-code]");
const here = document.createElement("a");
function offer(found) {
  here.hidden = !found;
  if (!found) return;
  here.href = `${code.pathname}?at=${found.start}-${found.end}`;
  const box = reader.getBoundingClientRect();
  here.style.top = `${found.box.bottom - box.top + 8}px`;
  here.style.left = `${Math.max(8, Math.min(found.box.right - box.left - 40, box.width - 220))}px`;
}
if (code) {
  here.className = "button primary code-here";
  here.hidden = true;
  here.textContent = code.textContent;
  const key = document.createElement("kbd");
  key.textContent = "c";
  key.ariaHidden = "true";
  here.append(key);
  reader.append(here);
  onSelected(offer);
}

if (reader) {
  for (const link of reader.querySelectorAll("[data-choose]")) {
    link.addEventListener("click", (event) => {
      const card = link.closest(".card[data-record]");
      if (!card || event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      choose(card === chosen ? null : card, true);
    });
  }
  reader.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-records]");
    if (!mark || String(getSelection()) !== "" || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    const numbers = mark.dataset.records.split(" ");
    const of = cards.filter((card) => numbers.includes(card.dataset.record));
    if (of.length > 0) choose(of[(of.indexOf(chosen) + 1) % of.length], false);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, dialog[open]");
    const off = document.documentElement.dataset.keys === "off";
    if (typing || off || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {
      j: () => step(1),
      k: () => step(-1),
      t: () => { const views = [...reader.querySelectorAll("[data-view]")]; views[(views.findIndex((view) => view.ariaCurrent) + 1) % views.length]?.click(); },
      c: () => { const found = selected(); if (found) offer(found); (found ? here : code)?.click(); },
      d: () => { const facts = reader.querySelector("[data-details]"); facts.open = !facts.open; lay(); if (facts.open) facts.scrollIntoView({ block: "nearest" }); },
    };
    if (event.key === "Enter" && document.activeElement === chosen && chosen) {
      marksOf(chosen.dataset.record)[0]?.scrollIntoView({ block: "center" });
    } else if (event.key === "Escape" && chosen) choose(null, false);
    else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
  });
  const first = reader.querySelector(".card.chosen");
  if (first) choose(first, false); else lay();
  addEventListener("resize", lay);
  wide.addEventListener("change", lay);
  reader.querySelector("[data-details]")?.addEventListener("toggle", () => join());
  document.fonts?.ready.then(lay);
  reader.querySelector(".leaf img")?.addEventListener("load", lay);
}
