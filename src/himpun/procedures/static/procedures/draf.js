/* Saves a part of a draft while it is typed and shows the drawing anew.
   Without this file the form is saved by its button. */
"use strict";

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

    /* The fields stay as they are; what is said of them and the drawing are new. */
    const refresh = (text) => {
      const page = new DOMParser().parseFromString(text, "text/html");
      for (const old of document.querySelectorAll("[data-segar]")) {
        const name = CSS.escape(old.dataset.segar);
        const made = page.querySelector(`[data-segar="${name}"]`);
        if (made) old.replaceChildren(...made.childNodes);
      }
      const seen = page.querySelector("input[name=terlihat]");
      if (seen) form.elements.terlihat.value = seen.value;
    };

    const save = async () => {
      dirty = false;
      say("menyimpan");
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok) {
        say("gagal");
        dirty = true;
        return;
      }
      refresh(await answer.text());
      say("tersimpan");
    };

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
      form.addEventListener("input", later);
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
        const body = new URLSearchParams(new FormData(form));
        fetch(form.action, { method: "POST", body, keepalive: true });
      });
    }
  }
}
