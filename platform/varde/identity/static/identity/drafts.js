// Keeps what is written in long text fields: sealed on the server every few seconds, back in the form after a log-in.
// <script data-drafts="/konto/utkast">; a form can say no with data-no-draft. Forms without long text are left alone.
(() => {
  const address = document.currentScript?.dataset.drafts;
  const PAUSE = 4000;
  const longFields = (form) => [...form.querySelectorAll("textarea[name]")].filter((field) => !field.readOnly);
  const placeOf = (form) => {
    const url = new URL(form.getAttribute("action") || location.href, location.href);
    return url.pathname + url.search;
  };
  const tokenOf = (form) => form.querySelector("input[name=csrfmiddlewaretoken]")?.value;

  function say(form, text, button) {
    const box = form.querySelector("[data-draft-notice]") || document.createElement("div");
    box.className = "ds-alert";
    box.dataset.color = "info";
    box.dataset.draftNotice = "";
    box.setAttribute("role", "status");
    const line = document.createElement("p");
    line.className = "ds-paragraph";
    line.textContent = text;
    box.replaceChildren(line, ...(button ? [button] : []));
    form.prepend(box);
  }

  async function send(form, fields, alive = false) {
    const body = new URLSearchParams({ til: placeOf(form), csrfmiddlewaretoken: tokenOf(form) });
    if (fields) body.set("felt", JSON.stringify(fields));
    const answer = await fetch(address, { method: "POST", body, keepalive: alive });
    return answer.ok && answer.headers.get("content-type")?.startsWith("application/json") ? answer.json() : {};
  }

  const textsOf = (form) => Object.fromEntries(longFields(form).map((field) => [field.name, field.value]));

  // Listens from the start: what is typed while the kept text is on its way must be saved too, but not before it is here.
  function watch(form, restored) {
    let last = JSON.stringify(textsOf(form));
    let timer = 0;
    let over = false;
    let typed = false;
    restored.then(() => {
      if (!typed) last = JSON.stringify(textsOf(form));
    });
    const save = async (alive) => {
      await restored;
      const texts = textsOf(form);
      const now = JSON.stringify(texts);
      if (over || now === last) return;
      last = now;
      const said = await send(form, Object.values(texts).some((text) => text.trim()) ? texts : null, alive).catch(() => ({}));
      if (!said.out) return;
      over = true;
      say(form, "Du er logget ut fordi siden ikke var i bruk på en stund. Teksten til nå er tatt vare på. ", link("/inn", "Logg inn for å skrive videre"));
    };
    form.addEventListener("input", () => {
      typed = true;
      clearTimeout(timer);
      timer = setTimeout(() => save(false), PAUSE);
    });
    form.addEventListener("submit", () => {
      over = true; // the form itself carries the text now
      clearTimeout(timer);
    });
    document.addEventListener("visibilitychange", () => document.hidden && save(true));
  }

  function link(path, text) {
    const made = document.createElement("a");
    made.className = "ds-link";
    made.href = `${path}?${new URLSearchParams({ next: location.pathname + location.search })}`;
    made.textContent = text;
    return made;
  }

  function discard(form) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "ds-button";
    made.dataset.variant = "tertiary";
    made.textContent = "Ta bort teksten";
    made.addEventListener("click", () => {
      for (const field of longFields(form)) {
        field.value = field.defaultValue;
        field.dispatchEvent(new Event("input", { bubbles: true })); // the tab forgets it too
      }
      form.querySelector("[data-draft-notice]")?.remove();
      send(form, null);
    });
    return made;
  }

  async function restore(form) {
    const answer = await fetch(`${address}?${new URLSearchParams({ til: placeOf(form) })}`);
    if (answer.status !== 200) return;
    const kept = await answer.json();
    const known = longFields(form).filter((field) => kept.fields[field.name]?.trim());
    const empty = known.filter((field) => !field.value.trim());
    // The tab itself may have put the text back already; a page that came back with faults holds it from the start.
    const there = known.filter((field) => field.value === kept.fields[field.name] && field.value !== field.defaultValue);
    if (!empty.length && !there.length) return;
    for (const field of empty) field.value = kept.fields[field.name];
    say(form, `Vi hentet fram teksten du skrev ${kept.saved}. Den er ikke sendt. `, discard(form));
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (!address) return;
    for (const form of document.querySelectorAll("form[method=post]:not([data-no-draft])")) {
      if (!longFields(form).length || !tokenOf(form)) continue;
      watch(form, restore(form).catch(() => {}));
    }
  });
})();
