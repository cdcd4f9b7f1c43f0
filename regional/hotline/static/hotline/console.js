/* What the console gains when scripts run: it says when nothing is saved, remembers where one stands in the form, keeps
   the focus when the queue is new, and shows no page from the browser's memory. Everything works without. */
(() => {
  "use strict";

  const AGAIN_MS = 5000;
  const OUT = [401, 403];
  const TOKEN = "input[name=csrfmiddlewaretoken]";
  let timer = 0;
  const form = () => document.querySelector("form[data-place]");
  const live = () => document.getElementById("lagret");
  const isSaving = (event) => event.detail.elt?.id === "rute";

  // --- not saved: said plainly, tried again, and the page is not left without a question --------------------
  function lost(event) {
    if (!isSaving(event)) return;
    form()?.setAttribute("data-dirty", "");
    const isOut = OUT.includes(event.detail.xhr?.status);
    say(isOut ? "out" : "lost");
    clearTimeout(timer);
    timer = setTimeout(isOut ? renew : again, AGAIN_MS);
  }

  function say(which) {
    const said = live();
    if (!said || said.textContent === said.dataset[which]) return;
    const words = document.createElement("strong");
    words.className = "v-unsaved";
    words.textContent = said.dataset[which];
    said.replaceChildren(words);
  }

  function again() {
    const route = document.getElementById("rute");
    if (route) window.htmx.trigger(route, "varde:again");
  }

  // Who has logged in again in another tab has another token than the one that this page was given.
  async function renew() {
    const asked = { credentials: "same-origin", redirect: "manual" };
    const answer = await fetch(form()?.action || window.location.href, asked).catch(() => null);
    const html = answer?.ok ? await answer.text() : "";
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(TOKEN)?.value;
    if (fresh) document.querySelectorAll(TOKEN).forEach((input) => (input.value = fresh));
    again();
  }

  // The session is over, and the page is led to the log-in: what was to be saved then was kept. The queue leads nobody
  // away from what is not saved.
  function led(event) {
    if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
    if (isSaving(event)) form()?.removeAttribute("data-dirty");
    else if (form()?.hasAttribute("data-dirty")) {
      event.preventDefault();
      say("out");
      clearTimeout(timer);
      timer = setTimeout(renew, AGAIN_MS);
    }
  }

  function answered(event) {
    if (!isSaving(event) || !event.detail.successful) return;
    clearTimeout(timer);
    if (!live()?.querySelector(".v-unsaved")) form()?.removeAttribute("data-dirty");
  }

  // --- where one stands: goes with the call to the next operator. What is only passed on the way by Tab is no place ---
  function remember(event) {
    const here = event.target.form;
    if (here?.matches("[data-place]") && event.target.closest(".v-console__told") && event.target.matches("input, textarea, select"))
      here.elements.sted_felt.value = event.target.name;
  }

  function leave(event) {
    if (event.target.matches?.("[data-place]")) event.target.elements.sted_rull.value = String(Math.round(window.scrollY));
  }

  function stand() {
    const far = Number(form()?.dataset.scroll || 0);
    if (far) window.scrollTo(0, far);
  }

  // --- Esc: out of a field, where the keys of one sign are heard, without moving the page ----------------------
  function out(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
    if (!event.target.form?.matches("[data-place]") || !event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    document.getElementById("skjema-tittel")?.focus({ preventScroll: true });
  }

  // --- the queue: what had the focus keeps it, or its heading has it ------------------------------------------
  let held = null;

  function before(event) {
    held = event.detail.target?.id === "ko" && event.detail.target.contains(document.activeElement) ? document.activeElement.id || "?" : null;
  }

  function after() {
    if (held === null) return;
    (document.getElementById(held) || document.getElementById("ko-tittel"))?.focus();
    held = null;
  }

  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:timeout", lost);
  document.addEventListener("htmx:responseError", lost);
  document.addEventListener("htmx:afterRequest", answered);
  document.addEventListener("htmx:beforeOnLoad", led);
  document.addEventListener("keydown", out);
  document.addEventListener("htmx:beforeSwap", before);
  document.addEventListener("htmx:afterSettle", after);
  document.addEventListener("input", remember);
  document.addEventListener("click", remember);
  document.addEventListener("submit", leave, true);
  window.addEventListener("online", again);
  // «Tilbake» must ask the server: what was sent is not to be read in the browser's memory.
  window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
  stand();
})();
