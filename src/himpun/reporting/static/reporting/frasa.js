// Shows and hides a passphrase that is being typed. Works on nothing else.
(() => {
  "use strict";
  for (const field of document.querySelectorAll("[data-frasa]")) {
    const button = document.querySelector(`[data-lihat="${field.id}"]`);
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
      field.focus();
    });
  }
})();
