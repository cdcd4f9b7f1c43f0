// Ties our buttons to allauth's passkey functions. <button data-passkey="login|add|use" data-credential="id" …>
// with data-options holding what the server asks for, as JSON (for "login" allauth fetches it from the form's action).
(() => {
  const kinds = { login: ["loginForm", "login"], add: ["addForm", "add"], use: ["authenticateForm", "authenticate"] };

  function tie(button) {
    const [start, role] = kinds[button.dataset.passkey];
    const ids = { [role]: button.id, credential: button.dataset.credential, passwordless: button.dataset.passwordless };
    const data = button.dataset.options ? JSON.parse(button.dataset.options) : undefined;
    window.allauth.webauthn.forms[start]({ ids, data });
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const box of document.querySelectorAll("[data-passkey-error]")) box.hidden = false;
  });
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-passkey]")) {
      if (window.PublicKeyCredential) tie(button);
      else button.disabled = true;
    }
  });
})();
