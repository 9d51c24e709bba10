/* Small comforts of the frame. Every page works without this file. */
"use strict";

for (const button of document.querySelectorAll("[data-cetak]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-salin]")) {
  const source = document.getElementById(button.dataset.salin);
  button.hidden = false;
  button.addEventListener("click", async () => {
    source.select();
    try {
      await navigator.clipboard.writeText(source.value);
      button.querySelector("span").textContent = button.dataset.tersalin;
    } catch {
      /* On plain http there is no clipboard: the text stays selected for Ctrl+C. */
    }
  });
}

for (const all of document.querySelectorAll("[data-pilih-semua]")) {
  const boxes = document.querySelectorAll(`input[name="${all.dataset.pilihSemua}"]`);
  all.parentElement.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
}

const menus = document.querySelectorAll("details[data-menu]");
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (menu.open && menu.contains(document.activeElement)) {
      menu.querySelector("summary").focus();
    }
    menu.open = false;
  }
});

const chip = document.querySelector("[data-koneksi]");
if (chip) {
  const show = () => {
    const away = !navigator.onLine;
    chip.hidden = false;
    chip.classList.toggle("putus", away);
    chip.querySelector("span").textContent = away ? chip.dataset.luring : chip.dataset.tersambung;
    for (const icon of chip.querySelectorAll("svg")) {
      icon.toggleAttribute("hidden", (icon.dataset.saat === "luring") !== away);
    }
  };
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
}
