// Review and coding: a field's words light when it is pointed at or focused; while a record is
// corrected or coded, words that are selected in the passage carry and fill the field that was
// focused last. Keys are on the buttons (keys.js). Without this script every choice is a button and
// words are typed or pasted.

import { onSelected } from "./select.js";

const words = document.querySelector("[data-words]");
const marks = [...(words?.querySelectorAll("mark[data-records]") ?? [])];

function light(numbers) {
  for (const mark of marks) {
    const of = mark.dataset.records.split(" ");
    mark.classList.toggle("on", numbers.some((number) => of.includes(number)));
  }
}

for (const value of document.querySelectorAll("[data-quotes]")) {
  const numbers = value.dataset.quotes.split(" ").filter(Boolean);
  for (const event of ["mouseenter", "focus"]) value.addEventListener(event, () => light(numbers));
  for (const event of ["mouseleave", "blur"]) value.addEventListener(event, () => light([]));
}

for (const field of document.querySelectorAll("[data-submit]")) {
  field.addEventListener("change", () => field.form.submit());
}

const reject = document.querySelector("[data-reject]");
reject?.addEventListener("toggle", () => { if (reject.open) reject.querySelector(".reason")?.focus(); });

// What words can be for a field: a date or a number only where they are one as forms write it.
function fitting(said, takes) {
  if (takes === "date") return /^\d{4}(-\d\d){0,2}$/.test(said) ? said : (said.match(/\b[12]\d{3}\b/) ?? [""])[0];
  if (takes === "number") return said.replace(/(?<=\d)[,\s](?=\d{3})/g, "").match(/\d+(\.\d{1,3})?/)?.[0] ?? "";
  return said;
}

const edit = document.querySelector("[data-edit]");
let row = edit?.querySelector(".row") ?? null;
let input = null;
edit?.addEventListener("focusin", (event) => {
  row = event.target.closest(".row") ?? row;
  input = event.target;
  light((row?.dataset.quotes ?? "").split(" ").filter(Boolean));
});
edit?.addEventListener("input", (event) => {
  if (event.target.matches("[data-carry]")) event.target.closest(".row").querySelector("[data-span]").value = "";
});
if (edit) {
  onSelected((found) => {
    if (!row || !found) return;
    row.querySelector("[data-carry]").value = found.said;
    row.querySelector("[data-span]").value = `${found.start}-${found.end}`;
    // The field that was focused takes the words as its value; one beside it keeps what it says.
    const value = row.querySelector("[data-value]");
    const fit = value && fitting(found.said, value.dataset.value);
    if (fit && (input === value || value.value.trim() === "")) value.value = fit;
    (value ?? row.querySelector("select"))?.focus();
  });
}
