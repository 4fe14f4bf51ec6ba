// Judging pairs by key: y the same, h unsure, n different, of the pair at hand or the first one.
// Without this script the buttons do the same.
const isOn = document.documentElement.dataset.keys !== "off";
document.addEventListener("keydown", (event) => {
  if (!isOn || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select, dialog")) return;
  if (!["y", "h", "n"].includes(event.key)) return;
  const at = document.querySelector(".pair.at") ?? document.querySelector(".pair");
  const button = at?.querySelector(`[data-key="${event.key}"]`);
  if (button) { event.preventDefault(); button.click(); }
});
