// Keeps what is typed: sealed on the server every few seconds, back in the form after a crash or a log-in.
// <script data-drafts="/konto/utkast">; a form can say no with data-no-draft. Forms with nothing to type are left alone.
(() => {
  const address = document.currentScript?.dataset.drafts;
  const PAUSE = 4000;
  const TYPED = ["text", "textarea", "search", "email", "tel", "url", "number", "date", "time", "datetime-local"];
  const CHOSEN = ["radio", "checkbox", "select-one", "select-multiple"];
  const PROSE = ["text", "textarea"]; // what the server put there may be newer than the draft, and is not written over
  // This page's own name: two windows on one form keep a text each.
  const page = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const watches = [];

  const ours = (kinds) => (field) => field.name && !field.readOnly && !field.disabled && kinds.includes(field.type);
  const typedIn = (form) => [...form.elements].filter(ours(TYPED));
  const fieldsOf = (form) => [...form.elements].filter(ours([...TYPED, ...CHOSEN]));
  const nameOf = (form) => typedIn(form)[0].name;
  const tokenOf = (form) => form.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  const isTouched = (form) => typedIn(form).some((field) => field.value !== field.defaultValue);
  const isSingle = (field) => TYPED.includes(field.type) || field.type === "select-one";

  function placeOf(form) {
    const url = new URL(form.getAttribute("action") || location.href, location.href);
    return url.pathname + url.search;
  }

  function chosenIn(field) {
    if (isSingle(field)) return [field.value];
    if (field.type === "select-multiple") return [...field.selectedOptions].map((option) => option.value);
    return field.checked ? [field.value] : [];
  }

  function valuesOf(form) {
    const found = {};
    for (const field of fieldsOf(form)) found[field.name] = [...(found[field.name] ?? []), ...chosenIn(field)];
    return found;
  }

  function fill(form, fields) {
    for (const field of fieldsOf(form)) {
      const values = fields[field.name];
      if (!values) continue;
      if (isSingle(field)) field.value = values[0] ?? "";
      else if (field.type === "select-multiple") for (const option of field.options) option.selected = values.includes(option.value);
      else field.checked = values.includes(field.value);
    }
  }

  // --- what is said above the form --------------------------------------------------------------------------
  function box(form, kind) {
    const made = document.createElement("div");
    made.className = "ds-alert v-stack";
    made.dataset.color = "info";
    made.dataset[kind] = "";
    made.setAttribute("role", "status");
    form.prepend(made);
    const fold = form.closest("details");
    if (fold) fold.open = true; // what was kept must be seen
    return made;
  }

  function line(text, kind = "p") {
    const made = document.createElement(kind);
    if (kind === "p") made.className = "ds-paragraph v-prose";
    made.textContent = text;
    return made;
  }

  function button(text, act) {
    const made = line(text, "button");
    made.type = "button";
    made.className = "ds-button";
    made.dataset.variant = "tertiary";
    made.addEventListener("click", act);
    return made;
  }

  function link(path, text) {
    const made = line(text, "a");
    made.className = "ds-link";
    made.href = `${path}?${new URLSearchParams({ next: location.pathname + location.search })}`;
    return made;
  }

  function say(form, text, ...more) {
    const old = form.querySelector("[data-draft-notice]");
    const notice = old || box(form, "draftNotice");
    notice.replaceChildren(line(text), ...more);
  }

  // --- over the wire ----------------------------------------------------------------------------------------
  async function send(form, content, alive = false) {
    const named = { til: placeOf(form), skjema: nameOf(form), vindu: page, csrfmiddlewaretoken: tokenOf(form) };
    const body = new URLSearchParams({ ...named, ...content });
    const answer = await fetch(address, { method: "POST", body, keepalive: alive });
    return answer.ok && answer.headers.get("content-type")?.startsWith("application/json") ? answer.json() : {};
  }

  async function keptFor(place, forms) {
    const asked = new URLSearchParams({ til: place });
    for (const form of forms) asked.append("skjema", nameOf(form));
    const answer = await fetch(`${address}?${asked}`);
    return answer.status === 200 ? (await answer.json()).drafts : [];
  }

  // --- one form: saved while it is written, what was kept laid back -----------------------------------------
  class Watch {
    constructor(form) {
      this.form = form;
      this.taken = []; // windows whose drafts this form now holds
      this.over = false;
      this.isKept = false;
      this.last = JSON.stringify(valuesOf(form));
      this.ready = new Promise((done) => (this.isReady = done));
      form.addEventListener("input", () => {
        this.isTyped = true;
        this.soon();
      });
      form.addEventListener("submit", () => this.sent());
    }

    soon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), PAUSE);
    }

    // What is typed while the kept text is on its way must be saved too, but not before it is here.
    async save(alive = false) {
      await this.ready;
      const values = valuesOf(this.form);
      const now = JSON.stringify(values);
      if (this.over || now === this.last) return;
      if (!isTouched(this.form) && !this.isKept) return;
      this.last = now;
      const content = { tar_over: this.taken.join(" "), ...(isTouched(this.form) ? { felt: now } : {}) };
      const said = await send(this.form, content, alive).catch(() => null);
      this.answered(said, isTouched(this.form));
    }

    answered(said, wasText) {
      this.isKept = Boolean(said?.kept);
      if (said === null) this.last = ""; // the line was down: the next word tries again
      if (said?.out) {
        this.over = true;
        const text = "Du er logget ut fordi siden ikke var i bruk på en stund. Teksten til nå er tatt vare på.";
        say(this.form, text, link("/inn", "Logg inn for å skrive videre"));
      } else if (said && wasText && said.kept === false) {
        say(this.form, "Det du skriver, er for langt til å bli tatt vare på underveis. Send skjemaet før du lukker siden.");
      }
    }

    // The form itself carries the text now, and says which drafts are of it.
    sent() {
      clearTimeout(this.timer);
      for (const other of watches) if (other !== this) other.save(true);
      if (this.form.hasAttribute("data-download")) return;
      this.over = true;
      const field = this.form.querySelector("input[name=utkast]") || document.createElement("input");
      Object.assign(field, { type: "hidden", name: "utkast", value: [page, ...this.taken].join(" ") });
      this.form.append(field);
    }

    take(draft) {
      this.taken.push(draft.window);
      this.isKept = true;
    }

    lay(draft) {
      const known = typedIn(this.form).filter((field) => draft.fields[field.name]);
      const other = known.filter((field) => field.value !== draft.fields[field.name][0]);
      const text = `Vi hentet fram det du skrev ${draft.saved}. Det er ikke sendt.`;
      if (!other.length) {
        // The tab itself may have put the text back already; a page that came back with faults holds it from the start.
        this.take(draft);
        if (isTouched(this.form)) say(this.form, text, this.undo());
      } else if (other.every((field) => !field.value.trim() || (field.value === field.defaultValue && !PROSE.includes(field.type)))) {
        this.take(draft);
        fill(this.form, draft.fields);
        say(this.form, text, this.undo());
      } else this.offer(draft, other);
    }

    undo() {
      return button("Ta bort teksten", () => {
        for (const field of fieldsOf(this.form)) {
          if (TYPED.includes(field.type)) field.value = field.defaultValue;
          else if (field.type === "radio" || field.type === "checkbox") field.checked = field.defaultChecked;
          else for (const option of field.options) option.selected = option.defaultSelected;
          field.dispatchEvent(new Event("input", { bubbles: true })); // the tab forgets it too
        }
        clearTimeout(this.timer);
        this.form.querySelector("[data-draft-notice]")?.remove();
        this.last = JSON.stringify(valuesOf(this.form));
        send(this.form, { tar_over: this.taken.join(" ") });
      });
    }

    // Something else stands in the form: both texts are shown, and the person chooses.
    offer(draft, other) {
      const shown = box(this.form, "draftOffer");
      const use = () => {
        fill(this.form, draft.fields);
        this.take(draft);
        shown.remove();
        this.soon();
      };
      const drop = () => {
        send(this.form, { vindu: draft.window });
        shown.remove();
      };
      const texts = other.map((field) => line(draft.fields[field.name][0], "blockquote"));
      const heading = line(`Dette skrev du også her, ${draft.saved}. Det er ikke sendt.`);
      shown.append(heading, ...texts, button("Bruk denne teksten", use), button("Ta den bort", drop));
    }
  }

  async function lookFor(place, found) {
    const drafts = await keptFor(place, found.map((watch) => watch.form)).catch(() => []);
    for (const watch of found) {
      const own = nameOf(watch.form);
      for (const draft of drafts) if (draft.form === own || (!draft.form && draft.fields[own])) watch.lay(draft);
      if (!watch.isTyped) watch.last = JSON.stringify(valuesOf(watch.form));
      watch.isReady();
    }
  }

  function start() {
    const places = new Map();
    for (const form of document.querySelectorAll("form[method=post]:not([data-no-draft]):not([hx-post])")) {
      if (!typedIn(form).length || !tokenOf(form) || watches.some((watch) => watch.form === form)) continue;
      const place = placeOf(form);
      if (place.startsWith("/konto")) continue; // passwords and keys are never kept
      const watch = new Watch(form);
      watches.push(watch);
      places.set(place, [...(places.get(place) ?? []), watch]);
    }
    for (const [place, found] of places) lookFor(place, found);
  }

  if (!address) return;
  document.addEventListener("DOMContentLoaded", start);
  document.addEventListener("varde:shown", start);
  document.addEventListener("visibilitychange", () => document.hidden && watches.forEach((watch) => watch.save(true)));
  // After «Tilbake» the form stands there again, and may be written on.
  window.addEventListener("pageshow", (event) => event.persisted && watches.forEach((watch) => (watch.over = false)));
})();
