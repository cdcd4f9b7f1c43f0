/* Shortcuts: a key, or two after each other, presses a link, a button or a fold that the page has. Loaded where they are on alone; what
   they are and how to turn them off stands on /hjelp/tastatur. Never while somebody types, and never with Ctrl or Alt. */
(() => {
  "use strict";

  const PAUSE_MS = 1500;
  const TYPING = "input, textarea, select, option, audio, video, [contenteditable], [role=textbox], [role=combobox]";
  const SEARCH = "main [role=search] input:not([type=hidden]), main input[type=search]";
  let before = "";
  let at = 0;

  const isSeen = (element) => element.getClientRects().length > 0;
  const links = () => [...document.querySelectorAll("a[data-keys], button[data-keys], summary[data-keys]")];

  function isElsewhere(event) {
    if (event.defaultPrevented || event.repeat || event.isComposing) return true;
    if (event.ctrlKey || event.metaKey || event.altKey) return true;
    return Boolean(event.target.closest?.(TYPING) || document.querySelector("dialog[open]"));
  }

  // The field on the page itself is nearer than the page for searching.
  function search(keys) {
    const field = keys === "/" ? [...document.querySelectorAll(SEARCH)].find(isSeen) : null;
    field?.focus();
    return Boolean(field);
  }

  function press(keys) {
    const link = links().find((each) => each.dataset.keys === keys);
    link?.click();
    return Boolean(link);
  }

  const begins = (key) => links().some((each) => each.dataset.keys.startsWith(`${key} `));

  function onKey(event) {
    if (["Shift", "CapsLock", "Dead"].includes(event.key)) return;
    const waits = before && event.timeStamp - at < PAUSE_MS;
    const keys = waits ? `${before} ${event.key}` : event.key;
    before = "";
    if (isElsewhere(event)) return;
    if (search(keys) || press(keys)) event.preventDefault();
    else if (begins(event.key)) {
      before = event.key;
      at = event.timeStamp;
    }
  }

  document.addEventListener("keydown", onKey);
})();
