// Words that are selected in a passage, as characters of the reading: for the forms that correct a
// record or code a new one. Nothing here changes the page.

// Characters, not UTF-16 units, from the passage's beginning to a place in it.
function characters(passage, node, offset) {
  const range = document.createRange();
  range.setStart(passage.querySelector("p"), 0);
  range.setEnd(node, offset);
  return [...range.toString()].length;
}

// The selection within one passage, without spaces around it; null where there is none.
export function selected() {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const passage = range.startContainer.parentElement?.closest(".passage[data-start]");
  const end = range.endContainer;
  if (!passage || !passage.querySelector("p").contains(range.startContainer)) return null;
  // A triple click ends at the beginning of what follows: then the passage's end is meant.
  const within = passage.querySelector("p").contains(end);
  if (!within) {
    if (range.endOffset !== 0) return null;
    range.setEndAfter(passage.querySelector("p").lastChild);
  }
  const text = range.toString();
  const said = text.trim();
  if (said === "") return null;
  const lead = [...text].length - [...text.trimStart()].length;
  const start = Number(passage.dataset.start) + characters(passage, range.startContainer, range.startOffset) + lead;
  return { said, start, end: start + [...said].length, box: range.getBoundingClientRect() };
}

// Calls with what is selected, once it has come to rest: by mouse, finger or keys.
export function onSelected(call) {
  let down = false;
  let timer = 0;
  const soon = (after) => { clearTimeout(timer); timer = setTimeout(() => { if (!down) call(selected()); }, after); };
  document.addEventListener("pointerdown", () => { down = true; });
  for (const up of ["pointerup", "pointercancel"]) document.addEventListener(up, () => { down = false; soon(0); });
  document.addEventListener("selectionchange", () => soon(350));
}
