// A call saves itself: to the server a moment after each word, and to this tab until the server has said yes. A crash,
// a lost line or a session that ended keep the text here; two windows on one call keep both texts on the server.
(() => {
  const form = document.querySelector("form[data-call]");
  const done = document.querySelector("[data-call-done]");
  if (done) tab((store) => store.removeItem(`varde-draft:samtale:${done.dataset.callDone}`));
  if (!form) return;
  const PAUSE = 1500;
  const AGAIN = 8000;
  const status = form.querySelector("[data-call-status]");
  const versionField = form.elements.version;
  const NOT_TYPED = ["csrfmiddlewaretoken", "version", "vindu", "sikker"];
  let key = `varde-draft:samtale:${form.dataset.call}`;
  let timer = 0;
  let sending = false;
  let leaving = false;
  let last = textNow();

  function tab(act) {
    try {
      return act(window.sessionStorage);
    } catch {
      return null;
    }
  }

  function textNow() {
    return JSON.stringify([...new FormData(form)].filter(([name]) => !NOT_TYPED.includes(name)));
  }

  function keepHere() {
    const kept = { text: textNow(), version: versionField.value };
    tab((store) => store.setItem(key, JSON.stringify(kept)));
  }

  function say(text, isTrouble) {
    status.textContent = text;
    status.classList.toggle("v-subtle", !isTrouble);
  }

  async function send(body) {
    const limit = typeof AbortSignal.timeout === "function" ? AbortSignal.timeout(15000) : undefined;
    const answer = await fetch(form.action, { method: "POST", body, signal: limit, headers: { "X-Varde-Autosave": "1" } });
    if (answer.redirected && new URL(answer.url).pathname === "/inn") return { out: true };
    if (answer.status === 403) await newToken();
    if (!answer.ok || !answer.headers.get("content-type")?.startsWith("application/json")) throw new Error("not saved");
    return answer.json();
  }

  // After a new log-in in another window the token of this page is an old one.
  async function newToken() {
    const html = await (await fetch("/innboks/samtale")).text();
    const token = new DOMParser().parseFromString(html, "text/html").querySelector("form[data-call] [name=csrfmiddlewaretoken]");
    if (token) form.elements.csrfmiddlewaretoken.value = token.value;
  }

  async function save() {
    const text = textNow();
    if (sending || leaving || text === last) return;
    sending = true;
    try {
      took(await send(new URLSearchParams(new FormData(form))), text);
    } catch {
      say("Ikke lagret ennå. Vi prøver igjen; teksten står her i mellomtiden.", true);
      again(AGAIN);
    }
    sending = false;
    if (textNow() !== text) again(PAUSE);
  }

  function took(answer, text) {
    if (answer.out) {
      say("Du er logget ut fordi siden ikke var i bruk. Logg inn i et annet vindu; teksten står her.", true);
      return again(AGAIN);
    }
    say(answer.said, !answer.kept || answer.aside);
    if (!answer.kept) return;
    last = text;
    tab((store) => store.removeItem(key));
    if (answer.version !== null) versionField.value = answer.version;
    if (new URL(form.action).pathname === answer.address) return history.replaceState(null, "", answer.address);
    // Registered from another window meanwhile: what is written goes on as a call of its own.
    form.setAttribute("action", answer.address);
    form.dataset.call = answer.address.split("/").pop();
    key = `varde-draft:samtale:${form.dataset.call}`;
    history.replaceState(null, "", answer.address);
  }

  function again(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  // What this tab could not send before it went down: sent as written on the version it began from, so that the server
  // and not this page says whether somebody else was first. Only then is the page shown anew.
  async function sendLeft() {
    const left = tab((store) => JSON.parse(store.getItem(key)));
    if (!left || left.text === last) return;
    const body = new URLSearchParams(JSON.parse(left.text));
    body.set("version", left.version);
    body.set("vindu", form.elements.vindu.value);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const answer = await send(body).catch(() => null);
    if (!answer?.kept) return;
    tab((store) => store.removeItem(key));
    leaving = true;
    location.assign(answer.address);
  }

  form.addEventListener("input", () => {
    keepHere();
    again(PAUSE);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    // Of what is no matter nothing stays; what is registered goes from here when the receipt has come, and what goes
    // to a matter that is here when the server has it.
    const button = event.submitter?.value;
    if (["lagre", "registrer"].includes(button) || (button === "known" && textNow() !== last)) return;
    tab((store) => store.removeItem(key));
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());
  window.addEventListener("online", save);
  sendLeft();
})();
