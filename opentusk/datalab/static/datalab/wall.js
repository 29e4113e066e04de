/* Asks for the numbers every five seconds; what is hidden meanwhile is gone with the next answer. */
"use strict";

(() => {
  const status = document.getElementById("stato");
  const known = new Set([...document.querySelectorAll("#voci strong")].map((one) => one.textContent));
  const cell = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };

  function show(now) {
    document.getElementById("totale").textContent = now.total;
    document.getElementById("per-tema").replaceChildren(...now.themes.map((theme) => {
      const row = document.createElement("tr"), name = cell("th", theme.label, { scope: "row" });
      name.append(cell("progress", "", { value: theme.n, max: now.total || 1, "aria-hidden": "true" }));
      row.append(name, cell("td", theme.n, { class: "n" }));
      return row;
    }));
    document.getElementById("voci").replaceChildren(...now.latest.map((item) => {
      const line = cell("li", "", known.has(String(item.number)) ? {} : { class: "new" });
      known.add(String(item.number));
      line.append(cell("strong", item.number), ` ${item.title}`);
      return line;
    }));
  }

  setInterval(async () => {
    try {
      const answer = await fetch(document.body.dataset.state, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.status);
      show(await answer.json());
      status.textContent = "";
    } catch {
      status.textContent = status.dataset.offline;
    }
  }, 5000);
})();
