// Review: a field's words light when it is pointed at or focused; while a record is corrected,
// words that are selected in the passage carry, and where it is empty fill, the field that was
// focused last. Keys are on the buttons (keys.js). Without this script every choice is a button and
// words are typed or pasted.

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

// Characters, not UTF-16 units, from the passage's beginning to a place in it.
function characters(passage, node, offset) {
  const range = document.createRange();
  range.setStart(passage.querySelector("p"), 0);
  range.setEnd(node, offset);
  return [...range.toString()].length;
}

const edit = document.querySelector("[data-edit]");
let row = edit?.querySelector(".row") ?? null;
edit?.addEventListener("focusin", (event) => { row = event.target.closest(".row") ?? row; });
edit?.addEventListener("input", (event) => {
  if (event.target.matches("[data-carry]")) event.target.closest(".row").querySelector("[data-span]").value = "";
});
if (edit) {
  document.addEventListener("mouseup", () => {
    const selection = getSelection();
    if (!row || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const passage = range.startContainer.parentElement?.closest(".passage");
    if (!passage || !passage.querySelector("p").contains(range.endContainer)) return;
    const text = range.toString();
    const start = Number(passage.dataset.start) + characters(passage, range.startContainer, range.startOffset);
    const lead = [...text].length - [...text.trimStart()].length;
    const said = text.trim();
    row.querySelector("[data-carry]").value = said;
    row.querySelector("[data-span]").value = `${start + lead}-${start + lead + [...said].length}`;
    const value = row.querySelector("[data-value]");
    if (value && value.value.trim() === "") value.value = said;
    (value ?? row.querySelector("select"))?.focus();
  });
}
