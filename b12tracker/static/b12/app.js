// Small helps for forms and the menu. Pages work without this file.
"use strict";

const BUTTONS = "button[type=submit], button:not([type])";

// A sign-in on another tab changes the token; the form on this one takes the new one.
function renewToken(form) {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  const field = form.elements.csrfmiddlewaretoken;
  if (cookie && field) field.value = cookie.slice("csrftoken=".length);
}

// Half a date would be sent as no date at all: the browser says so, and nothing is sent.
function unreadable(form) {
  return [...form.elements].find((field) => field.validity && field.validity.badInput);
}

// A form that is on its way cannot be sent again; the server would carry it out once anyway.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || form.target) return;
  const half = unreadable(form);
  if (half) half.reportValidity();
  if (half || form.dataset.sent) {
    event.preventDefault();
    return;
  }
  renewToken(form);
  form.dataset.sent = "yes";
  // Later: a button that is off when the form is sent would not send its own name.
  setTimeout(() => {
    for (const button of form.querySelectorAll(BUTTONS)) button.disabled = true;
  }, 0);
});

// After Back the page comes from the browser's memory, with its buttons still off.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll(BUTTONS)) button.disabled = false;
  }
});

// The summary of what is wrong is read out and lies in view.
document.addEventListener("DOMContentLoaded", () => {
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
});

// A menu closes by Escape and by a touch elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement.closest("details[data-menu][open]");
  closeMenus(null);
  if (menu) menu.querySelector("summary").focus();
});
