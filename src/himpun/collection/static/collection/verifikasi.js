/* Keys of the verification list: down and up, T accept, K return, B evidence. They act
   only when the focus is in no field, and can be switched off. The page works without
   this file. */
const table = document.getElementById("verifikasi");
const OFF = "himpun-tombol-mati";

if (table) start();

function start() {
  for (const hint of document.querySelectorAll(".hanya-skrip")) hint.hidden = false;
  const box = document.getElementById("tombol-huruf");
  box.checked = read() !== "1";
  box.addEventListener("change", () => write(box.checked ? "" : "1"));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !box.checked) return;
    if (act(event.key.toLowerCase())) event.preventDefault();
  });
}

function read() {
  try {
    return localStorage.getItem(OFF);
  } catch {
    return null;
  }
}

function write(value) {
  try {
    localStorage.setItem(OFF, value);
  } catch {
    /* Private windows may refuse: the choice holds for this page. */
  }
}

function act(key) {
  const rows = [...table.querySelectorAll("tr[data-baris]")];
  const here = Math.max(0, rows.findIndex((row) => row.classList.contains("terpilih")));
  const row = rows[here];
  if (key === "arrowdown") return choose(rows[here + 1]);
  if (key === "arrowup") return choose(rows[here - 1]);
  if (key === "t") return press(row.querySelector("[data-terima]"));
  if (key === "k") return press(row.querySelector(".tdk"));
  if (key === "b") return press(document.querySelector("#bukti a"));
  return false;
}

function choose(row) {
  return press(row?.querySelector(".nama a"));
}

function press(thing) {
  if (!thing) return false;
  thing.focus();
  thing.click();
  return true;
}
