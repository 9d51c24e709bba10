/* Saves a part of a draft while it is typed and shows the drawing anew.
   Without this file the form is saved by its button. */
"use strict";

/* On a telephone the row of tabs scrolls: show the one that is open. */
{
  const tab = document.querySelector(".tab [aria-current]");
  const row = tab?.parentElement;
  if (row) row.scrollLeft = tab.offsetLeft - row.offsetLeft;
}

{
  const form = document.querySelector("form[data-draf]");
  const chip = document.querySelector("[data-chip]");
  const WAIT = 600;

  if (form && chip) {
    const automatic = !("tanpaOtomatis" in form.dataset);
    let timer = 0;
    let saving = null;
    let dirty = false;

    const say = (word) => {
      chip.querySelector("span").textContent = chip.dataset[word];
      chip.classList.toggle("putus", word === "gagal");
    };

    /* What is added by its button only, such as a new actor, is not sent meanwhile:
       half a name would be added at each pause. */
    const typed = () => {
      const body = new URLSearchParams(new FormData(form));
      for (const field of form.querySelectorAll("[data-saat-simpan]")) body.delete(field.name);
      return body;
    };

    /* A row that was new has been given an id: send it from now on. */
    const identify = (page) => {
      for (const id of form.querySelectorAll("input[type=hidden][name$='-id']")) {
        const name = form.elements[id.name.replace(/-id$/, "-nama")];
        if (id.value || !name || !name.value.trim()) continue;
        const prefix = id.name.split("-")[0];
        for (const made of page.querySelectorAll(`input[name^="${prefix}-"][name$="-nama"]`)) {
          const own = page.querySelector(`input[name="${made.name.replace(/-nama$/, "-id")}"]`);
          if (made.value === name.value.trim() && own) id.value = own.value;
        }
      }
    };

    /* The fields stay as they are; what is said of them and the drawing are new. */
    const refresh = (text) => {
      const page = new DOMParser().parseFromString(text, "text/html");
      for (const old of document.querySelectorAll("[data-segar]")) {
        const name = CSS.escape(old.dataset.segar);
        const made = page.querySelector(`[data-segar="${name}"]`);
        if (made) old.replaceChildren(...made.childNodes);
      }
      for (const field of form.querySelectorAll(".in[id]")) {
        const wrong = page.getElementById(field.id)?.getAttribute("aria-invalid") === "true";
        field.toggleAttribute("aria-invalid", wrong);
        if (wrong) field.setAttribute("aria-invalid", "true");
      }
      const seen = page.querySelector("input[name=terlihat]");
      if (seen) form.elements.terlihat.value = seen.value;
      identify(page);
    };

    const save = async () => {
      dirty = false;
      say("menyimpan");
      const answer = await fetch(form.action, { method: "POST", body: typed() });
      if (!answer.ok) {
        say("gagal");
        dirty = true;
        return;
      }
      refresh(await answer.text());
      say("tersimpan");
    };

    /* A page that is shown anew to have more fields stays where the reader was. */
    const remember = (field) =>
      sessionStorage.setItem("draf", JSON.stringify([form.action, window.scrollY, field.name]));
    const [where, top, name] = JSON.parse(sessionStorage.getItem("draf") ?? "[]");
    sessionStorage.removeItem("draf");
    if (where === form.action) {
      form.elements[name]?.focus({ preventScroll: true });
      window.scrollTo(0, top);
    }

    const run = () => {
      saving = save()
        .catch(() => {
          dirty = true;
          say("gagal");
        })
        .finally(() => {
          saving = null;
        });
      return saving;
    };

    const later = () => {
      dirty = true;
      clearTimeout(timer);
      timer = setTimeout(async () => {
        if (saving) await saving;
        await run();
      }, WAIT);
    };

    if (automatic) {
      form.addEventListener("input", (event) => {
        if ("saatSimpan" in event.target.dataset) return;
        later();
      });
      /* Another kind of step has other fields: save and show them. */
      for (const field of form.querySelectorAll("[data-segera]"))
        field.addEventListener("change", () => {
          remember(field);
          form.requestSubmit();
        });
      form.addEventListener("submit", async (event) => {
        clearTimeout(timer);
        if (!saving) return;
        event.preventDefault();
        await saving;
        form.requestSubmit(event.submitter ?? undefined);
      });
      form.addEventListener("submit", () => {
        dirty = false;
      });
      window.addEventListener("pagehide", () => {
        if (!dirty) return;
        fetch(form.action, { method: "POST", body: typed(), keepalive: true });
      });
    }
  }
}

/* The numbers beside the YAML follow what is typed; a finding leads to its line. */
{
  const box = document.querySelector("[data-naskah]");
  const text = box?.querySelector("textarea");

  if (text) {
    const numbers = box.querySelector(".nomor-baris");

    text.addEventListener("input", () => {
      const lines = text.value.split("\n");
      text.rows = lines.length;
      text.cols = Math.max(...lines.map((line) => line.length)) + 1;
      while (numbers.children.length > lines.length) numbers.lastElementChild.remove();
      while (numbers.children.length < lines.length) {
        const made = document.createElement("li");
        made.textContent = numbers.children.length + 1;
        made.id = `baris-${made.textContent}`;
        numbers.append(made);
      }
    });
    for (const link of document.querySelectorAll("[data-ke-baris]")) {
      link.addEventListener("click", () => {
        const lines = text.value.split("\n");
        const n = Number(link.dataset.keBaris) - 1;
        const start = lines.slice(0, n).join("\n").length + (n > 0);
        text.focus({ preventScroll: true });
        text.setSelectionRange(start, start + (lines[n] ?? "").length);
      });
    }
  }
}
