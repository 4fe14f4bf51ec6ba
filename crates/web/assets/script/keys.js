// Keys that hold on every page: / searches, ? helps, g and a letter goes to a place, j and k move
// through rows, Esc steps back, Shift+Esc locks. Single letters act only outside of fields, and
// not at all where the visitor turned them off. Without this script every page works by links.

const isTyping = (target) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
const lettersOn = document.documentElement.dataset.keys !== "off";
const help = document.getElementById("keys");
let going = -Infinity;
// On a narrow screen the places are one line: where one is must be in sight.
const here = document.querySelector(".rail [aria-current]");
const places = here?.closest("ul");
if (places && places.scrollWidth > places.clientWidth) {
  places.scrollLeft += here.getBoundingClientRect().left - places.getBoundingClientRect().left - 32;
}

export const say = (words) => {
  const live = document.getElementById("live");
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = words; });
};

function row(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (rows.length === 0) return false;
  const at = rows.findIndex((one) => one.classList.contains("at"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  rows[at]?.classList.remove("at");
  next.classList.add("at");
  next.querySelector("a")?.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function letter(key) {
  if (performance.now() - going < 1500) {
    going = -Infinity;
    const place = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    if (place) { place.click(); return true; }
  }
  switch (key) {
    case "/": { const box = document.querySelector("[data-search]"); box?.focus(); box?.select(); return box !== null; }
    case "?": help?.showModal(); return help !== null;
    case "g": going = performance.now(); return true;
    case "j": return row(1);
    case "k": return row(-1);
    case "o": { const link = document.querySelector("[data-row].at a"); link?.click(); return link !== null; }
    default: return press(key);
  }
}

// Whatever has this key on the page and can be seen is pressed.
function press(key) {
  for (const one of document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)) {
    if (one.checkVisibility()) { one.click(); return true; }
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.shiftKey) {
    document.querySelector("[data-lock]")?.click();
    return;
  }
  if (event.key === "Escape") {
    const menu = document.querySelector("details[data-menu][open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    else if (isTyping(event.target)) event.target.blur();
    return;
  }
  if (!lettersOn || isTyping(event.target) || help?.open) return;
  if (letter(event.key)) event.preventDefault();
});

document.querySelector("[data-help]")?.addEventListener("click", (event) => {
  if (help) { event.preventDefault(); help.showModal(); }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
