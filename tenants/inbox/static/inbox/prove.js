/* Proof of work before a report is sent, only while reports come in a flood. Whatever fails here, the report is sent. */
(() => {
  "use strict";

  const ASK_LIMIT_MS = 3000;
  const FRESH_MS = 3600_000;
  const PATIENCE_MS = 90_000;
  // An old browser sends its report as it is; it is received all the same.
  const ABLE = Boolean(window.Worker && window.crypto?.subtle && AbortSignal.timeout && HTMLFormElement.prototype.requestSubmit);
  const tasks = new WeakMap();
  const waiting = new WeakSet();
  let passing = false;

  const keyOf = (form) => form.elements.idempotency_key.value;

  // The challenge for this form, or null in quiet times and when the server does not answer.
  async function ask(form) {
    const signal = AbortSignal.timeout(ASK_LIMIT_MS);
    const body = new URLSearchParams({ key: keyOf(form) });
    const answer = await fetch(form.dataset.prove, { method: "POST", body, signal, credentials: "omit" }).catch(() => null);
    const told = answer?.ok ? await answer.json().catch(() => null) : null;
    return told?.challenge;
  }

  function work(form, task, challenge) {
    return new Promise((resolve) => {
      const most = Number(form.dataset.proveTries);
      const worker = new Worker(form.dataset.proveWorker);
      const end = (solution) => {
        worker.terminate();
        resolve(solution);
      };
      task.stop = () => end(null);
      worker.addEventListener("error", () => end(null));
      worker.addEventListener("message", ({ data }) => {
        if (data.done) end(data.solution);
        else task.say((100 * data.tried) / most);
      });
      setTimeout(task.stop, PATIENCE_MS);
      worker.postMessage({ parameters: challenge.parameters, most });
    });
  }

  // True when the form carries a solution. Settles always, and never with an error.
  async function prove(form, task) {
    const challenge = await ask(form);
    if (!challenge) return false;
    task.working = true;
    task.needed();
    const solution = await work(form, task, challenge).catch(() => null);
    if (!solution || keyOf(form) !== task.key) return false;
    form.elements.altcha.value = btoa(JSON.stringify({ challenge, solution }));
    return true;
  }

  function begin(form) {
    const nothing = () => undefined;
    const task = { key: keyOf(form), since: performance.now(), say: nothing, needed: nothing, stop: nothing };
    tasks.set(form, task);
    task.done = prove(form, task).then((solved) => {
      task.working = false;
      task.failed = !solved;
    });
    return task;
  }

  // The task under way or done for this form and key. One that came to nothing is begun anew: times may have changed.
  function taskOf(form) {
    const old = tasks.get(form);
    const good = old && !old.failed && old.key === keyOf(form) && performance.now() - old.since < FRESH_MS;
    return good ? old : begin(form);
  }

  // --- what is seen while we wait -----------------------------------------------------------------------------
  function show(form, task) {
    const box = form.querySelector("[data-prove-box]");
    const bar = box.querySelector("progress");
    task.say = (percent) => (bar.value = percent);
    task.needed = () => {
      box.hidden = false;
      // Filled in afterwards, so that a screen reader says it.
      setTimeout(() => (box.querySelector("[role=status]").textContent = box.dataset.text));
    };
    box.querySelector("button").onclick = () => task.stop();
    if (task.working) task.needed();
    return () => (box.hidden = true);
  }

  async function waitFor(form) {
    const task = taskOf(form);
    const hide = show(form, task);
    await task.done;
    hide();
  }

  async function sendAfter(form, submitter) {
    waiting.add(form);
    submitter?.setAttribute("aria-disabled", "true");
    await waitFor(form).catch(() => null);
    // The submit event that we stopped must be over: until then the browser ignores a new one without a word.
    await new Promise((resolve) => setTimeout(resolve));
    submitter?.removeAttribute("aria-disabled");
    waiting.delete(form);
    passing = true;
    form.requestSubmit(submitter);
    passing = false;
  }

  function onSubmit(event) {
    const form = event.target;
    if (!form.dataset.prove || passing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!waiting.has(form)) sendAfter(form, event.submitter);
  }

  // Already flooded when the page was opened: the work is done while the person writes.
  function early() {
    const form = document.querySelector("form[data-prove-now]");
    if (form && !tasks.has(form)) begin(form);
  }

  if (!ABLE) return;
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("focusin", early);
  early();
})();
