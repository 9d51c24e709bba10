// Compares a chosen PDF with the archive by its SHA-256, without sending it anywhere.
(() => {
  "use strict";
  const field = document.querySelector("[data-periksa]");
  if (!field) return;
  const answer = document.getElementById(field.dataset.periksa);
  const known = new Map(
    Array.from(document.querySelectorAll("[data-sidik]"), (row) => [
      row.dataset.sidik,
      row.dataset.arti,
    ]),
  );
  const say = (kind, text) => {
    answer.className = `warta atas-1 ${kind}`;
    answer.textContent = text;
    answer.hidden = false;
  };

  field.closest("[hidden]")?.removeAttribute("hidden");
  field.addEventListener("change", async () => {
    const file = field.files[0];
    if (!file) return;
    say("", answer.dataset.sedang);
    try {
      const digest = await window.sidikBerkas(await file.arrayBuffer());
      const name = known.get(digest);
      if (name) say("", `${answer.dataset.sama} ${name}.`);
      else say("merah", answer.dataset.beda);
    } catch {
      say("merah", answer.dataset.gagal);
    }
  });
})();
