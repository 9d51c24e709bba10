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
  leftovers(table, cells);
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
    if (cells.some((c) => c.state !== "saved" && c.state !== "waiting")) event.preventDefault();
  });
  document.getElementById("dialog").addEventListener("close", () => {
    const next = cells.find((c) => c.question);
    if (next) ask(next, chip);
  });
  for (const sending of document.querySelectorAll("form[data-kirim]")) {
    sending.addEventListener("submit", (event) => sendAfterSaving(event, sending, cells, chip));
  }
  chip();
}

/* One cell. `saved`: what the server has; `base`: what stood there when the typing began;
   `sending`: the request that runs; `question`: a conflict that was not shown yet.
   `state`: saved, waiting (to be sent), failed or signed-out (tried again), refused or
   conflict (the person has to do something). */
function cell(table, input) {
  const row = input.closest("tr");
  return {
    input,
    row,
    td: input.parentNode,
    url: input.dataset.simpan,
    number: row.dataset.baris,
    key: prefix(table) + row.dataset.baris,
    version: input.parentNode.querySelector("input[type=hidden]"),
    saved: input.value,
    base: input.value,
    state: "saved",
    sending: null,
    question: null,
    timer: 0,
  };
}

/* Whose text is kept: on a shared computer nobody sends what somebody else typed. */
function prefix(table) {
  return `himpun-isian-${table.dataset.orang}-${table.dataset.kasus}-`;
}

function keep(c) {
  try {
    localStorage.setItem(c.key, JSON.stringify({ text: c.input.value, base: c.base }));
  } catch {
    /* Private windows may refuse: the text still stands in the field. */
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    /* Nothing was kept. */
  }
}

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/* Text that an earlier visit could not send comes back into its cell and is sent now;
   over a value that is another by now it is a conflict. */
function restore(c, chip) {
  const found = kept(c.key);
  if (!found) return;
  if (found.text === c.input.value) return forget(c.key);
  c.input.value = found.text;
  c.base = found.base;
  if (c.base !== c.saved) c.version.value = "0";
  changed(c, chip);
}

/* Text that was kept for a row that cannot be typed in any more is shown, until the
   person has seen it; a row behind the filter is named. */
function leftovers(table, cells) {
  let keys = [];
  try {
    keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix(table)));
  } catch {
    return;
  }
  for (const key of keys.filter((name) => !cells.some((c) => c.key === name))) {
    const row = document.getElementById(`baris-${key.slice(prefix(table).length)}`);
    const { text } = kept(key) ?? { text: "" };
    if (!row) say(table.dataset.tersaring);
    else if (row.querySelector(".terkunci")?.textContent === text) forget(key);
    else {
      const name = row.querySelector(".nm a").textContent;
      const box = say(table.dataset.terkunci.replace("%n", () => name).replace("%t", () => text));
      const button = document.createElement("button");
      [button.type, button.className, button.textContent] = ["button", "tb tb-s", table.dataset.buang];
      button.addEventListener("click", () => {
        forget(key);
        box.remove();
      });
      box.append(button);
    }
  }
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

/* Send what stands in a cell; whoever asks while it is being sent gets the same promise. */
function save(c, chip) {
  clearTimeout(c.timer);
  if (!c.sending && c.state === "waiting") {
    c.sending = send(c, chip).finally(() => {
      c.sending = null;
    });
  }
  return c.sending;
}

async function send(c, chip) {
  const text = c.input.value;
  if (text === c.saved) return settle(c, chip);
  chip();
  const answer = await post(c.url, { text, row_version: c.version.value });
  if (answer.status === 200) stored(c, text, answer.data);
  else if (answer.status === 409) clash(c, answer.data, chip);
  else c.state = answer.status;
  if (answer.status === 200 && c.input.value !== text) changed(c, chip);
  if (answer.status === "refused") say(answer.data.message);
  chip(answer.data?.at);
}

function settle(c, chip) {
  c.state = "saved";
  c.base = c.saved;
  c.question = null;
  forget(c.key);
  c.td.classList.remove("tunggu");
  if (c.saved) c.td.classList.add("simpan");
  chip();
}

/* The cookie's token is the newest: somebody may have signed in again in another tab. Who
   typed is named, so that the server notices when that is somebody else. */
function form(fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  body.append("csrfmiddlewaretoken", cookie ? cookie[1] : field.value);
  body.append("orang", grid.dataset.orang);
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
    const data = json ? await response.json() : null;
    if (json && response.status === 403) return { status: "refused", data };
    if (json && [200, 409].includes(response.status)) return { status: response.status, data };
    const away = response.type === "opaqueredirect" || response.status === 403;
    return { status: away ? "signed-out" : "failed" };
  } catch {
    return { status: "failed" };
  }
}

/* Draw what the server answered; the text is only replaced when nobody is typing in it. */
function stored(c, sent, answer) {
  c.state = "saved";
  forget(c.key);
  setVersion(c, answer.version);
  c.saved = answer.text;
  if (c.input.value === sent) {
    if (document.activeElement === c.input) c.saved = sent;
    else c.input.value = answer.text;
    c.td.className = `sel ${answer.cell}`;
    c.input.toggleAttribute("aria-invalid", answer.cell === "keliru");
    if (answer.cell === "keliru") c.input.setAttribute("aria-invalid", "true");
  }
  c.base = c.saved;
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

/* Say a sentence above the grid, once, until the page is left. */
function say(message) {
  const place = document.getElementById("kabar");
  const there = [...place.children].find((box) => box.textContent === message);
  if (there) return there;
  const box = document.createElement("div");
  box.className = "warta merah bawah-2";
  box.setAttribute("role", "alert");
  box.textContent = message;
  place.prepend(box);
  return box;
}

/* Somebody else was first: both values, and the person chooses. One at a time. */
function clash(c, answer, chip) {
  c.state = "conflict";
  c.question = answer;
  if (!document.getElementById("dialog").open) ask(c, chip);
}

function ask(c, chip) {
  const answer = c.question;
  c.question = null;
  const dialog = open(answer.conflict, "[data-pakai]");
  const decide = (event) => {
    event.preventDefault();
    setVersion(c, answer.version);
    c.saved = answer.stored;
    c.base = answer.stored;
  };
  dialog.querySelector("[data-pakai=tersimpan]").addEventListener("click", (event) => {
    decide(event);
    c.input.value = answer.stored;
    settle(c, chip);
    dialog.close();
    c.input.focus();
  });
  dialog.querySelector("[data-pakai=saya]").addEventListener("submit", (event) => {
    decide(event);
    c.state = "waiting";
    save(c, chip);
    dialog.close();
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
    const open = cells.filter((c) => c.state !== "saved");
    const failed = open.filter((c) => c.state === "failed").length;
    const held = open.filter((c) => c.state === "conflict" || c.state === "refused").length;
    if (open.some((c) => c.state === "signed-out")) return ["gagal", box.dataset.masuk];
    if (!navigator.onLine && open.length) return ["putus", box.dataset.luring.replace("%n", open.length)];
    if (failed) return ["gagal", box.dataset.gagal.replace("%n", failed)];
    if (open.length > held) return ["", `${box.dataset.menyimpan}…`];
    if (held) return ["gagal", box.dataset.tertahan.replace("%n", held)];
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

/* Nothing goes to the verifier before everything typed is saved. */
async function sendAfterSaving(event, sending, cells, chip) {
  const open = cells.filter((c) => c.state !== "saved");
  if (!open.length) return;
  event.preventDefault();
  const button = sending.querySelector("button");
  button.disabled = true;
  for (const c of open) c.state = "waiting";
  await Promise.allSettled(open.map((c) => saveAll(c, chip)));
  button.disabled = false;
  const left = cells.filter((c) => c.state !== "saved").length;
  if (!left) sending.submit();
  else say(grid.dataset.belum.replace("%n", left));
}

/* Whatever is typed while a request runs is sent after it. */
async function saveAll(c, chip) {
  while (c.state === "waiting") await save(c, chip);
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
