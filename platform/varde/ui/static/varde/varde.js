/* What pages gain when scripts run; everything works without. No dependencies, no eval, nothing stored outside the tab. */
(() => {
  "use strict";

  const DRAFT = "varde-draft:";
  const EXIT_WINDOW_MS = 2000;
  const SEND_LIMIT_MS = 30000;
  const SLOWEST_LINE = 50; // bytes a millisecond: files are given the time they need on it
  const LOGIN_PATH = "/inn";
  const LOGOUT_PATH = "/ut";
  // An old phone without this sends its forms the plain way.
  const CAN_GUARD = typeof AbortSignal !== "undefined" && typeof AbortSignal.timeout === "function";
  let shownPath = "";
  const each = (root, selector, act) => root.querySelectorAll(selector).forEach(act);

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  }

  // --- quick exit: the page is gone from sight before the other one has loaded -----------------------------
  let escapes = [];

  function leave() {
    clearDrafts();
    document.title = "Yr";
    document.body.replaceChildren(make("div", { class: "v-left" }));
    window.location.replace("https://www.yr.no");
  }

  function onEscape(event) {
    if (event.key !== "Escape" || !document.querySelector("[data-exit]")) return;
    escapes = [...escapes.filter((at) => event.timeStamp - at < EXIT_WINDOW_MS), event.timeStamp];
    if (escapes.length >= 3) leave();
  }

  // --- drafts: kept in this tab only, until the form is sent ------------------------------------------------
  // A browser that forbids storage must not break the form, so every touch of it may fail.
  function storage(act) {
    try {
      return act(window.sessionStorage);
    } catch {
      return null;
    }
  }

  function clearDrafts() {
    storage((store) => Object.keys(store).filter((key) => key.startsWith(DRAFT)).forEach((key) => store.removeItem(key)));
  }

  const draftKey = (form) => DRAFT + form.dataset.guard;
  const forget = (form) => storage((store) => store.removeItem(draftKey(form)));

  function keeps(input) {
    if (!input.name || input.name === "csrfmiddlewaretoken" || input.closest("[data-no-draft]")) return false;
    return !["password", "file", "submit", "button", "hidden"].includes(input.type) || input.name === "idempotency_key";
  }

  function saveDraft(form, tried) {
    const fields = [...form.elements].filter(keeps);
    const values = fields.map((input) => [input.name, input.value, Boolean(input.checked)]);
    const draft = { values, tried: tried || wasTried(form), files: bytesOf(form) > 0 };
    storage((store) => store.setItem(draftKey(form), JSON.stringify(draft)));
  }

  const filesIn = (form) => [...form.querySelectorAll("input[type=file]")];
  const bytesOf = (form) => filesIn(form).flatMap((input) => [...input.files]).reduce((sum, file) => sum + file.size, 0);
  const readDraft = (form) => storage((store) => JSON.parse(store.getItem(draftKey(form))));
  const wasTried = (form) => Boolean(readDraft(form)?.tried);

  function fill(input, values) {
    const choice = input.type === "radio" || input.type === "checkbox";
    const found = values.find(([name, value]) => name === input.name && (!choice || value === input.value));
    if (!found) return;
    if (choice) input.checked = found[2];
    else input.value = found[1];
  }

  function restoreDraft(form) {
    const draft = readDraft(form);
    if (!draft) return;
    // Only after a try may the server know the old key; then the retry must be the same report.
    const fields = [...form.elements].filter((input) => keeps(input) && (draft.tried || input.type !== "hidden"));
    fields.forEach((input) => fill(input, draft.values));
    form.prepend(restoredNote(form, draft.files));
  }

  function restoredNote(form, hadFiles) {
    const button = make("button", { type: "button", class: "ds-button", "data-variant": "secondary", "data-size": "sm" }, "Slett det jeg skrev");
    const text = make("p", { class: "ds-paragraph" }, "Vi fant tekst du skrev her tidligere, og har satt den inn igjen. Den er ikke sendt.");
    if (hadFiles) text.append(" Filene er ikke tatt vare på. Velg dem på nytt.");
    const note = make("div", { class: "ds-alert v-unsent v-stack", "data-color": "info", role: "status" }, text, button);
    button.addEventListener("click", () => {
      forget(form);
      window.location.reload();
    });
    return note;
  }

  // --- guarded forms: sent by fetch, so that nothing typed is lost when the line or the server fails --------
  function busy(form, on) {
    form.toggleAttribute("data-busy", on);
    each(form, "button:not([type=button]), input[type=submit]", (button) => {
      // Never `disabled`: that would drop the focus and hide the button from a screen reader.
      if (on) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    });
    each(form, "[data-sending]", (status) => (status.textContent = on && bytesOf(form) ? status.dataset.sending : ""));
  }

  function unsent(form, reason, gone) {
    form.querySelector(".v-unsent[role=alert]")?.remove();
    const title = make("h2", { class: "ds-heading", "data-size": "2xs" }, form.dataset.unsentTitle || "Meldingen er IKKE sendt");
    const again = form.dataset.unsentText || "Alt du skrev står her fortsatt. Prøv igjen.";
    const text = gone ? "Alt du skrev står her fortsatt." : again;
    const alert = make("div", { class: "ds-alert v-unsent", "data-color": "danger", role: "alert", tabindex: "-1" }, title);
    alert.append(make("p", { class: "ds-paragraph" }, reason ? `${reason} ${text}` : text));
    form.prepend(alert);
    alert.focus();
  }

  const REASONS = {
    403: "Siden har vært åpen for lenge. Last den inn på nytt, så kommer teksten din tilbake.",
    413: "Det du la ved, er for stort.",
    429: "Det er for mange forsøk akkurat nå.",
  };

  async function post(form, submitter) {
    const limit = (Number(form.dataset.timeout) || SEND_LIMIT_MS) + bytesOf(form) / SLOWEST_LINE;
    const body = new FormData(form, submitter);
    return fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(limit), credentials: "same-origin" });
  }

  async function send(form, submitter) {
    busy(form, true);
    saveDraft(form, true);
    // Only the request itself may end in «not sent»: once the server has said yes, nothing here may deny it.
    const response = await post(form, submitter).catch(() => null);
    // Trying again does not help where the page is gone.
    const gone = response?.status === 404 ? form.dataset.gone : "";
    const reason = gone || (response ? refusal(response) : "");
    if (reason === null) await show(form, response);
    else unsent(form, reason, gone);
    busy(form, false);
  }

  // Why an answer means «not sent», or null. 422: something must be put right. 409: the key was used for another text.
  function refusal(response) {
    if (response.redirected && new URL(response.url).pathname === LOGIN_PATH) return "Du er logget ut.";
    if (response.ok || response.status === 422 || response.status === 409) return null;
    return REASONS[response.status] || "";
  }

  // The answer is shown as it came: fetching it once more could miss what is shown only once, such as a receipt.
  async function show(form, response) {
    if (response.ok) forget(form);
    form.removeAttribute("data-dirty");
    const html = await response.text().catch(() => "");
    const page = new DOMParser().parseFromString(html, "text/html");
    if (!page.querySelector("main")) {
      window.location.assign(response.url);
      return;
    }
    if (response.redirected) window.history.pushState(null, "", response.url);
    shownPath = window.location.pathname;
    document.title = page.title;
    // What the page that is shown no longer has asked for, is not laid into this one.
    document.body.addEventListener("htmx:beforeOnLoad", (event) => event.preventDefault());
    document.body.replaceWith(document.adoptNode(page.body));
    chooseAgain(filesIn(form));
    window.htmx?.process(document.body);
    start(document, false);
    document.dispatchEvent(new Event("varde:shown"));
    window.scrollTo(0, 0);
    (document.querySelector("[data-errors]") || document.querySelector("main")).focus();
  }

  // A form that came back has no files; those that were chosen are still in our hands.
  function chooseAgain(inputs) {
    const given = inputs.filter((old) => {
      const input = old.files.length ? document.getElementById(old.id) : null;
      if (input) input.files = old.files;
      return input?.files.length;
    });
    if (given.length) each(document, "[data-files-again]", (note) => note.remove());
  }

  // «Tilbake» from an answer shown in place needs the old page afresh; a link within the page does not.
  function onHistory() {
    if (shownPath && window.location.pathname !== shownPath) window.location.reload();
  }

  function onSubmit(event) {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.hasAttribute("data-busy")) {
      event.preventDefault();
      return;
    }
    // A form inside an open dialog or sent by htmx is answered in place and may be sent again.
    if (form.matches("[hx-post], [data-hx-post]")) return;
    // Answered with a file: the page stays, and may be asked again.
    if (form.hasAttribute("data-download")) return;
    form.removeAttribute("data-dirty");
    if (new URL(form.action).pathname === LOGOUT_PATH) clearDrafts();
    if (!form.dataset.guard || !CAN_GUARD) {
      busy(form, true);
      return;
    }
    event.preventDefault();
    send(form, event.submitter);
  }

  function onInput(event) {
    const form = event.target.form;
    if (!form) return;
    if (form.dataset.guard) saveDraft(form, false);
    if (form.hasAttribute("data-warn")) form.setAttribute("data-dirty", "");
    if (event.target.matches("textarea")) measure(event.target);
  }

  function onUnload(event) {
    if (document.querySelector("form[data-warn][data-dirty]")) event.preventDefault();
  }

  // --- long texts: they grow and are counted ----------------------------------------------------------------
  function measure(area) {
    if (area.hasAttribute("data-autogrow")) {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + 2}px`;
    }
    const counter = area.dataset.limit && counterOf(area);
    if (!counter) return;
    const left = Number(area.dataset.limit) - area.value.length;
    counter.textContent = left < 0 ? `${-left} tegn for mye` : `${left} tegn igjen`;
    counter.toggleAttribute("data-over", left < 0);
    counter.hidden = left > 200 && left > Number(area.dataset.limit) / 10;
  }

  function counterOf(area) {
    const next = area.nextElementSibling;
    if (next?.matches(".v-counter")) return next;
    const counter = make("p", { class: "v-counter", "aria-live": "polite" });
    area.after(counter);
    return counter;
  }

  // --- buttons ----------------------------------------------------------------------------------------------
  async function copy(button) {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Kopiert";
    } catch {
      button.textContent = "Kunne ikke kopiere";
    }
    button.setAttribute("aria-live", "polite");
    setTimeout(() => (button.textContent = label), 2500);
  }

  // --- what is folded on a phone ----------------------------------------------------------------------------
  const WIDE = window.matchMedia("(min-width: 64rem)");

  // A wide screen shows it all; then it is no stop on the way, and nobody is told that it is folded.
  function spread(fold) {
    if (!WIDE.matches) return;
    fold.open = true;
    fold.querySelector("summary").tabIndex = -1;
  }

  // A link to a part of the page opens it, whether the part is folded or lies in one that is.
  function unfold(hash) {
    const target = hash.length > 1 && document.getElementById(hash.slice(1));
    if (!target) return;
    const own = target.querySelector(":scope > details:first-child");
    for (const fold of [own, target.closest("details")]) if (fold) fold.open = true;
  }

  function onClick(event) {
    const target = event.target.closest("[data-exit], [data-copy], [data-print], a[href^='#']");
    if (!target) return;
    if (target.matches("[data-exit]")) {
      event.preventDefault();
      leave();
    } else if (target.matches("[data-copy]")) copy(target);
    else if (target.matches("[data-print]")) window.print();
    else unfold(target.hash);
  }

  // --- start ------------------------------------------------------------------------------------------------
  function start(root, restore) {
    if (restore) each(root, "form[data-guard]", restoreDraft);
    each(root, "textarea", measure);
    each(root, ".v-fold", spread);
  }

  document.documentElement.classList.add("js");
  document.addEventListener("keydown", onEscape);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", onInput);
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:afterSwap", (event) => start(event.target, false));
  window.addEventListener("beforeunload", onUnload);
  // After «Tilbake» the browser shows the old page as it was left, also its busy forms.
  window.addEventListener("pageshow", () => each(document, "form[data-busy]", (form) => busy(form, false)));
  window.addEventListener("popstate", onHistory);
  window.addEventListener("hashchange", () => unfold(window.location.hash));
  start(document, !document.querySelector("[data-errors]"));
  unfold(window.location.hash);
  document.querySelector("[data-errors]")?.focus();
})();
