/* The form of a table works without this. With it: a draft on the phone, sending again over bad Wi-Fi, look-alikes. */
"use strict";

(() => {
  const form = document.getElementById("voce");
  const status = document.getElementById("stato");
  const code = form.dataset.code, draftKey = `bozza ${code}`, outboxKey = `da mandare ${code}`;
  const named = ["title", "use_case", "theme", "producers_text", "world", "client_key", "begun"];
  const memory = {
    read: (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    write: (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
    forget: (key) => { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  };
  const values = () => Object.fromEntries(named.map((name) => [name, new FormData(form).get(name) ?? ""]));
  const fill = (said) => named.forEach((name) => {
    const field = form.elements[name];
    if (field && name in said) field.value = said[name];
  });
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  document.getElementById("errori")?.focus();

  if (!("corrects" in form.dataset)) {
    const draft = memory.read(draftKey);
    if (draft && !document.getElementById("errori")) fill(draft);
    form.addEventListener("input", () => memory.write(draftKey, values()));
    form.addEventListener("submit", (event) => { event.preventDefault(); if (form.reportValidity()) send(); });
    window.addEventListener("online", resend);
    setInterval(resend, 5000);
    resend();
  }

  async function post(said) {
    const body = new URLSearchParams(said);
    return fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(15000) });
  }

  /* The number of the wish; null when there is no network now; false when the portal says no. */
  async function delivered(said) {
    try {
      const answer = await post(said);
      if (answer.ok) return await answer.json();
      return answer.status >= 500 || answer.status === 429 ? null : false;
    } catch {
      return null;
    }
  }

  async function send() {
    const said = values(), button = form.querySelector("button");
    button.disabled = true;
    status.textContent = status.dataset.wait;
    const answer = await delivered(said);
    button.disabled = false;
    if (answer) {
      memory.forget(draftKey);
      location.assign(answer.url);
    } else if (answer === false || !memory.write(outboxKey, [...(memory.read(outboxKey) ?? []), said])) {
      form.submit();
    } else {
      memory.forget(draftKey);
      form.reset();
      form.elements.client_key.value = newKey();
      status.textContent = status.dataset.saved;
      status.scrollIntoView({ block: "nearest" });
    }
  }

  let busy = false;
  async function resend() {
    const waiting = memory.read(outboxKey) ?? [];
    if (busy || !waiting.length) return;
    busy = true;
    if (!status.textContent) status.textContent = status.dataset.saved;
    const answer = await delivered(waiting[0]);
    busy = false;
    /* What the portal does not take is shown again, but not over what is being written now. */
    if (answer === null || (answer === false && form.elements.title.value)) return;
    const rest = (memory.read(outboxKey) ?? []).filter((said) => said.client_key !== waiting[0].client_key);
    memory.write(outboxKey, rest);
    if (answer === false) { fill(waiting[0]); form.submit(); return; }
    const link = document.createElement("a");
    link.href = answer.url;
    link.textContent = status.dataset.see;
    status.replaceChildren(`${status.dataset.sent} ${answer.number} `, link);
  }

  /* Look-alikes and names of bodies, once the typing pauses. */
  const ask = (input, address, show) => {
    let timer;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        try {
          const answer = await fetch(`${address}?q=${encodeURIComponent(input.value)}`);
          if (answer.ok) show(await answer.json());
        } catch { /* without network nothing is suggested */ }
      }, 400);
    });
  };
  ask(form.elements.title, `/datalab/${code}/simili`, ({ alike }) => {
    const box = document.getElementById("simili");
    box.replaceChildren();
    if (!alike.length) return;
    const words = document.createElement("p");
    words.textContent = status.dataset.there;
    box.append(words, ...alike.map((one) => {
      const line = document.createElement("div"), link = document.createElement("a");
      link.href = one.url;
      link.textContent = `${one.number} · ${one.title}`;
      line.append(link);
      return line;
    }));
  });
  ask(form.elements.producers_text, "/datalab/enti.json", ({ names }) => {
    document.getElementById("enti").replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
  });
})();
