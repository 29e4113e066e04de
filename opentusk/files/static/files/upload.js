/* Sends the file of <input type=file data-resumable> in pieces, before its form: it survives a lost network, a closed
   page and a pause. Without this script the form sends the file whole, as any form does. */
"use strict";

(() => {
  const API = "/api/v1/uploads";
  const LONGEST_WAIT = 30000;

  class Refused extends Error {}

  class Sending {
    constructor(input, file) {
      this.input = input;
      this.file = file;
      this.form = input.form;
      this.words = input.dataset;
      this.isPaused = false;
      this.wakeUp = () => {};
      this.panel = makePanel(input, this);
    }

    get key() {
      return ["opentusk.upload", this.agent, this.file.name, this.file.size, this.file.lastModified].join(":");
    }

    get agent() {
      return this.words.agent || this.form.elements.agent?.value || "";
    }

    /* The number of the whole upload; a Refused says why there is none. */
    async run() {
      this.panel.show(this.words.wordSending);
      let upload = await this.begin();
      while (!upload.is_done) {
        this.panel.advance(upload.offset, this.file.size);
        if (this.isPaused) await this.pause();
        if (this.isCancelled) return null;
        upload = await this.sendPiece(upload);
      }
      localStorage.removeItem(this.key);
      this.panel.finish();
      return upload.uuid;
    }

    async begin() {
      const known = localStorage.getItem(this.key);
      if (known) {
        const found = await this.ask(`${API}/${known}`, {}, [404]);
        if (found.uuid) {
          if (found.offset) this.panel.say(this.words.wordResumed);
          return found;
        }
      }
      const announced = { name: this.file.name, size: this.file.size, agent: this.agent };
      const upload = await this.ask(API, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(announced),
      });
      localStorage.setItem(this.key, upload.uuid);
      return upload;
    }

    async sendPiece(upload) {
      const end = Math.min(upload.offset + upload.chunk, this.file.size);
      if (end === this.file.size) this.panel.say(this.words.wordChecking);
      const answer = await this.ask(`${API}/${upload.uuid}`, {
        method: "PATCH",
        headers: { "Upload-Offset": String(upload.offset), "Content-Type": "application/offset+octet-stream" },
        body: this.file.slice(upload.offset, end),
      }, [409]);
      /* Another tab sent it, or the answer to the last piece was lost: what is here decides. */
      return answer.uuid ? answer : this.ask(`${API}/${upload.uuid}`, {});
    }

    /* The JSON of an answer. A network that is away is waited for; a refusal is thrown with its words. */
    async ask(address, options, tolerated = []) {
      for (let wait = 1000; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
        let answer;
        try {
          answer = await fetch(address, { ...options, headers: { ...options.headers, "X-CSRFToken": this.token } });
        } catch {
          answer = null;
        }
        if (answer && (answer.ok || tolerated.includes(answer.status))) return answer.json();
        if (answer && answer.status < 500) throw new Refused((await problemOf(answer)) || this.words.wordFailed);
        if (answer && answer.status === 507) throw new Refused((await problemOf(answer)) || this.words.wordFailed);
        this.panel.say(this.words.wordLost);
        await this.sleep(wait);
        if (this.isCancelled) throw new Refused("");
        this.panel.say(this.words.wordSending);
      }
    }

    get token() {
      return this.form.elements.csrfmiddlewaretoken.value;
    }

    /* Ends early when the network is back, or the person says so. */
    sleep(milliseconds) {
      return new Promise((done) => {
        this.wakeUp = done;
        const timer = setTimeout(done, milliseconds);
        addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
      });
    }

    async pause() {
      this.panel.say(this.words.wordPaused);
      await new Promise((done) => { this.wakeUp = done; });
      if (!this.isCancelled) this.panel.say(this.words.wordSending);
    }

    toggle() {
      this.isPaused = !this.isPaused;
      this.wakeUp();
      return this.isPaused;
    }

    async cancel() {
      this.isCancelled = true;
      this.wakeUp();
      const known = localStorage.getItem(this.key);
      localStorage.removeItem(this.key);
      if (known) {
        await fetch(`${API}/${known}`, { method: "DELETE", headers: { "X-CSRFToken": this.token } }).catch(() => {});
      }
    }
  }

  async function problemOf(answer) {
    const document = await answer.json().catch(() => ({}));
    return document.detail || document.title || "";
  }

  function sizeInWords(bytes) {
    const language = document.documentElement.lang || "it";
    const units = [["gigabyte", 1e9], ["megabyte", 1e6], ["kilobyte", 1e3], ["byte", 1]];
    const [unit, worth] = units.find(([, least]) => bytes >= least) || units[3];
    const shape = { style: "unit", unit, maximumFractionDigits: 1 };
    return new Intl.NumberFormat(language, shape).format(bytes / worth);
  }

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  /* What one sees: a bar, the same in words, and two buttons. */
  function makePanel(input, sending) {
    const words = input.dataset;
    const bar = make("progress", { max: 1, value: 0, className: "w-100" });
    bar.setAttribute("aria-label", `${words.wordSending}: ${sending.file.name}`);
    const state = make("p", { className: "mb-1" });
    state.setAttribute("role", "status");
    const amount = make("p", { className: "help" });
    const pause = make("button", { type: "button", className: "btn btn-outline-primary", textContent: words.wordPause });
    const cancel = make("button", { type: "button", className: "btn btn-outline-danger", textContent: words.wordCancel });
    const buttons = make("div", { className: "buttons" }, pause, cancel);
    const box = make("div", { className: "panel mt-2" }, state, bar, amount, buttons);
    input.parentElement.querySelector(".panel[data-upload]")?.remove();
    box.dataset.upload = "";
    input.after(box);
    pause.addEventListener("click", () => {
      pause.textContent = sending.toggle() ? words.wordResume : words.wordPause;
    });
    cancel.addEventListener("click", async () => {
      await sending.cancel();
      box.remove();
      input.focus();
    });
    return {
      show: (text) => { state.textContent = text; },
      say: (text) => { if (state.textContent !== text) state.textContent = text; },
      advance: (here, whole) => {
        bar.value = here / whole;
        const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(here / whole);
        amount.textContent = `${sizeInWords(here)} ${words.wordOf} ${sizeInWords(whole)} (${percent})`;
      },
      finish: () => {
        bar.value = 1;
        state.textContent = words.wordDone;
        buttons.remove();
      },
      fail: (text) => {
        state.textContent = text;
        state.className = "fault";
        buttons.remove();
      },
    };
  }

  function lockButtons(form, isLocked) {
    form.querySelectorAll("button[type=submit]").forEach((button) => { button.disabled = isLocked; });
  }

  async function sendBefore(form, input, submitter) {
    const sending = new Sending(input, input.files[0]);
    lockButtons(form, true);
    let number = null;
    try {
      number = await sending.run();
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      if (fault.message) sending.panel.fail(fault.message);
    } finally {
      lockButtons(form, false);
    }
    if (!number) return;
    form.elements.upload.value = number;
    /* The form must not send the file again. */
    input.disabled = true;
    form.requestSubmit(submitter || undefined);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const input = form.querySelector("input[type=file][data-resumable]");
    if (!input || input.disabled || !input.files.length || !form.elements.upload) return;
    event.preventDefault();
    sendBefore(form, input, event.submitter);
  });

  /* Another file, or a page brought back by the browser: what was sent before is no longer the file of the form. */
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file][data-resumable]") && event.target.form?.elements.upload) {
      event.target.form.elements.upload.value = "";
    }
  });
  addEventListener("pageshow", () => {
    document.querySelectorAll("input[type=file][data-resumable]").forEach((input) => { input.disabled = false; });
  });
})();
