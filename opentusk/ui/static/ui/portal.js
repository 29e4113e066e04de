/* Small improvements; every page works without them. */
"use strict";

/* A summary of errors takes the focus, so that a screen reader begins there. */
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("[data-takes-focus]")?.focus();
});

/* Copies the text of another element: the button appears only where it works. */
document.querySelectorAll("[data-copies]").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
    button.textContent = button.dataset.done;
  });
});
