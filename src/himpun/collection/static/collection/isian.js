/* The entry grid: saving by cell, keyboard, paste with a preview, row details.
   Every page works without this file. What is shown as a result always comes from the
   server; nothing is calculated here. Text that is not saved yet is kept in this browser
   until the server has it. */
const grid = document.getElementById("kisi");
const WAIT = 600;
const RETRY = 10000;

if (grid) start(grid);

function start(table) {
  for (const hint of document.querySelectorAll(".hanya-skrip")) hint.hidden = false;
  for (const button of document.querySelectorAll(".tanpa-skrip")) button.hidden = true;
  const cells = [...table.querySelectorAll("input[data-simpan]")].map((input) => cell(table, input));
  const byInput = new Map(cells.map((c) => [c.input, c]));
  const chip = statusChip(cells);
  for (const c of cells) restore(c, chip);
  table.addEventListener("input", (event) => {
    const c = byInput.get(event.target);
    if (c) changed(c, chip);
  });
  table.addEventListener("change", (event) => {
    const c = byInput.get(event.target);
    if (c) save(c, chip);
  });
  table.addEventListener("focusin", (event) => markRow(table, event.target));
  table.addEventListener("keydown", (event) => keys(event, cells, byInput, chip));
  table.addEventListener("click", (event) => offered(event, cells, chip));
  document.addEventListener("click", openDetail);
  document.addEventListener("paste", (event) => pasted(event, table, byInput));
  document.addEventListener("keydown", undoPaste);
  window.addEventListener("online", () => retry(cells, chip));
  setInterval(() => retry(cells, chip), RETRY);
  window.addEventListener("pagehide", () => cells.forEach((c) => save(c, chip)));
  window.addEventListener("beforeunload", (event) => {
    if (cells.some((c) => c.state === "failed" || c.state === "signed-out")) event.preventDefault();
  });
  for (const sending of document.querySelectorAll("#kirim")) {
    sending.addEventListener("submit", (event) => sendAfterSaving(event, sending, cells, chip));
  }
  chip();
}

/* One cell: what was last saved, the row version, and what is still to be sent. */
function cell(table, input) {
  const row = input.closest("tr");
  return {
    input,
    row,
    td: input.parentNode,
    url: input.dataset.simpan,
    number: row.dataset.baris,
    key: `himpun-isian-${table.dataset.kasus}-${row.dataset.baris}`,
    version: input.parentNode.querySelector("input[type=hidden]"),
    saved: input.value,
    state: "saved",
    busy: false,
    timer: 0,
  };
}

function keep(c) {
  try {
    localStorage.setItem(c.key, JSON.stringify({ text: c.input.value, base: c.saved }));
  } catch {
    /* Private windows may refuse: the text still stands in the field. */
  }
}

function forget(c) {
  try {
    localStorage.removeItem(c.key);
  } catch {
    /* Nothing was kept. */
  }
}

/* Text that an earlier visit could not send comes back into its cell and is sent now. */
function restore(c, chip) {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(c.key));
  } catch {
    return;
  }
  if (!kept) return;
  if (kept.text === c.input.value) return forget(c);
  c.input.value = kept.text;
  if (kept.base !== c.saved) c.version.value = "0";
  changed(c, chip);
}

function changed(c, chip) {
  clearTimeout(c.timer);
  c.state = "waiting";
  keep(c);
  c.td.classList.remove("simpan");
  c.td.classList.add("tunggu");
  c.timer = setTimeout(() => save(c, chip), WAIT);
  chip();
}

async function save(c, chip) {
  clearTimeout(c.timer);
  if (c.busy || c.state !== "waiting") return;
  const text = c.input.value;
  if (text === c.saved) return settle(c, chip);
  c.busy = true;
  chip();
  const answer = await post(c.url, { text, row_version: c.version.value });
  c.busy = false;
  if (answer.status === 200) stored(c, text, answer.data);
  else if (answer.status === 409) clash(c, answer.data, chip);
  else c.state = answer.status === "signed-out" ? "signed-out" : "failed";
  if (answer.status === 200 && c.input.value !== text) changed(c, chip);
  if (answer.status === 403) say(answer.data.message);
  chip(answer.data?.at);
}

function settle(c, chip) {
  c.state = "saved";
  forget(c);
  c.td.classList.remove("tunggu");
  if (c.saved) c.td.classList.add("simpan");
  chip();
}

/* The cookie's token is the newest: somebody may have signed in again in another tab. */
function form(fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  body.append("csrfmiddlewaretoken", cookie ? cookie[1] : field.value);
  return body;
}

/* A redirect, or a page instead of JSON, means that the session has ended. */
async function post(url, fields) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: form(fields),
      headers: { Accept: "application/json" },
      redirect: "manual",
      keepalive: true,
    });
    const json = (response.headers.get("Content-Type") || "").includes("json");
    if (json) return { status: response.status, data: await response.json() };
    const away = response.type === "opaqueredirect" || response.status === 403;
    return { status: away ? "signed-out" : "failed" };
  } catch {
    return { status: "failed" };
  }
}

/* Draw what the server answered; the text is only replaced when nobody is typing in it. */
function stored(c, sent, answer) {
  c.state = "saved";
  forget(c);
  setVersion(c, answer.version);
  c.saved = answer.text;
  if (c.input.value === sent) {
    if (document.activeElement === c.input) c.saved = sent;
    else c.input.value = answer.text;
    c.td.className = `sel ${answer.cell}`;
    c.input.toggleAttribute("aria-invalid", answer.cell === "keliru");
    if (answer.cell === "keliru") c.input.setAttribute("aria-invalid", "true");
  }
  c.row.querySelector("[data-cap]").innerHTML = answer.cap;
  const detail = document.getElementById(`rinci-${c.number}`);
  detail.querySelector("[data-langkah]").innerHTML = answer.steps;
  replace("masalah", answer.problems);
  replace("hitungan", answer.counts);
}

function setVersion(c, version) {
  c.version.value = version;
  for (const field of document.querySelectorAll(`[data-versi-catatan="${c.number}"]`)) {
    field.value = version;
  }
}

function replace(id, html) {
  const place = document.getElementById(id);
  if (place.innerHTML !== html) place.innerHTML = html;
}

function say(message) {
  const box = document.createElement("div");
  box.className = "warta merah bawah-2";
  box.setAttribute("role", "alert");
  box.textContent = message;
  document.getElementById("masalah").prepend(box);
}

/* Somebody else was first: both values, and the person chooses. */
function clash(c, answer, chip) {
  c.state = "conflict";
  const dialog = open(answer.conflict, "[data-pakai]");
  dialog.querySelector("[data-pakai=tersimpan]").addEventListener("click", (event) => {
    event.preventDefault();
    c.input.value = answer.stored;
    c.saved = answer.stored;
    setVersion(c, answer.version);
    dialog.close();
    settle(c, chip);
    c.input.focus();
  });
  dialog.querySelector("[data-pakai=saya]").addEventListener("submit", (event) => {
    event.preventDefault();
    setVersion(c, answer.version);
    c.saved = answer.stored;
    c.state = "waiting";
    dialog.close();
    save(c, chip);
    c.input.focus();
  });
}

function open(html, first) {
  const dialog = document.getElementById("dialog");
  document.getElementById("dialog-isi").innerHTML = html;
  for (const button of dialog.querySelectorAll("[data-tutup]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.close();
    });
  }
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(first)?.focus();
  return dialog;
}

/* The chip in the bar: said at most once in five seconds to a screen reader. */
function statusChip(cells) {
  const box = document.getElementById("chip");
  const words = document.getElementById("chip-teks");
  const [fine, away] = [box.querySelector(".ic-simpan"), box.querySelector(".ic-luring")];
  let timer = 0;
  const state = () => {
    const open = cells.filter((c) => c.state !== "saved" && c.state !== "conflict");
    const failed = open.filter((c) => c.state === "failed").length;
    if (open.some((c) => c.state === "signed-out")) return ["gagal", box.dataset.masuk];
    if (!navigator.onLine && open.length) return ["putus", box.dataset.luring.replace("%n", open.length)];
    if (failed) return ["gagal", box.dataset.gagal.replace("%n", failed)];
    if (open.length) return ["", `${box.dataset.menyimpan}…`];
    return ["", ""];
  };
  let dirty = false;
  let clock = "";
  return (at) => {
    clock = at || clock;
    const [kind, text] = state();
    box.className = `koneksi ${kind}`;
    fine.hidden = Boolean(kind);
    away.hidden = !kind;
    document.getElementById("luring").hidden = kind !== "putus";
    if (text) {
      dirty = true;
      words.textContent = text;
    } else if (dirty) {
      dirty = false;
      words.textContent = `${box.dataset.tersimpan} ${clock}`;
    }
    box.setAttribute("aria-live", timer ? "off" : "polite");
    if (!timer) timer = setTimeout(() => (timer = 0), 5000);
  };
}

function retry(cells, chip) {
  for (const c of cells) {
    if (c.state === "failed" || c.state === "signed-out") {
      c.state = "waiting";
      save(c, chip);
    }
  }
}

async function sendAfterSaving(event, sending, cells, chip) {
  const open = cells.filter((c) => c.state === "waiting" || c.busy);
  if (!open.length) return;
  event.preventDefault();
  await Promise.all(open.map((c) => save(c, chip)));
  if (cells.every((c) => c.state === "saved")) sending.submit();
}

function markRow(table, target) {
  for (const row of table.querySelectorAll("tr.aktif")) row.classList.remove("aktif");
  target.closest("tr[data-baris]")?.classList.add("aktif");
}

function go(cells, from, step) {
  const next = cells[cells.indexOf(from) + step];
  if (!next) return;
  next.input.focus();
  next.input.select();
}

function keys(event, cells, byInput, chip) {
  const c = byInput.get(event.target);
  if (!c) return;
  const { key } = event;
  if (key === "Enter" && event.ctrlKey) toggle(c.number);
  else if (key === "ArrowDown" || (key === "Enter" && !event.shiftKey)) go(cells, c, 1);
  else if (key === "ArrowUp" || key === "Enter") go(cells, c, -1);
  else if (key === "Escape" && c.input.value !== c.saved) {
    c.input.value = c.saved;
    clearTimeout(c.timer);
    settle(c, chip);
  } else return;
  event.preventDefault();
}

/* "Pakai usulan" types the proposal's figure as if the person had. */
function offered(event, cells, chip) {
  const button = event.target.closest("[data-pakai-usulan]");
  if (!button) return;
  event.preventDefault();
  const c = cells.find((other) => other.number === button.dataset.pakaiUsulan);
  c.input.value = button.form.elements.text.value;
  c.input.focus();
  changed(c, chip);
  save(c, chip);
}

function openDetail(event) {
  const link = event.target.closest("[data-rinci]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  toggle(link.dataset.rinci, link.dataset.ke);
}

function toggle(number, goal) {
  const detail = document.getElementById(`rinci-${number}`);
  if (!detail) return;
  detail.hidden = !detail.hidden && !goal;
  if (goal) document.getElementById(goal)?.focus();
}

/* A block of several cells opens the preview; one number is pasted as ever. */
async function pasted(event, table, byInput) {
  const block = event.clipboardData?.getData("text") ?? "";
  const target = event.target;
  const field = target.closest?.("input, textarea");
  if ((field && !byInput.has(field)) || !/[\t\n]/.test(block.trim())) return;
  event.preventDefault();
  const start = byInput.has(field) ? { start: byInput.get(field).number } : {};
  try {
    const response = await fetch(table.dataset.tempel, {
      method: "POST",
      body: form({ block, ...start }),
      headers: { Accept: "text/vnd.himpun.fragment" },
    });
    open(await response.text(), "h2");
  } catch {
    location.href = table.dataset.tempel;
  }
}

function undoPaste(event) {
  const undo = document.getElementById("urungkan");
  const typing = event.target.closest?.("textarea, input:not([data-simpan])");
  if (!undo || typing || event.key !== "z" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  undo.submit();
}
