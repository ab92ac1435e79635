// Small helps for forms. Pages work without this file.
"use strict";

// A form that is on its way cannot be sent again; the server would carry it out once anyway.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => {
    for (const button of form.querySelectorAll("button[type=submit], button:not([type])")) button.disabled = true;
  }, 0);
});

// After Back the page comes from the browser's memory, with its buttons still off.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button[disabled]")) button.disabled = false;
  }
});

// The summary of what is wrong is read out and lies in view.
document.addEventListener("DOMContentLoaded", () => {
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
});
