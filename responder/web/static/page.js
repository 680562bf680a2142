"use strict";
// Everything here only makes quicker what the plain forms already do.

// htmx may insert nothing but markup from our own server: scripts in it are refused, no string is ever run as code.
htmx.registerExtension("gelassen", {
  init: (api) => {
    function refuse() { throw new TypeError("refused by the page's policy"); }
    const markup = (html) => (/<script/i.test(html) ? refuse() : html);
    const policy = window.trustedTypes?.createPolicy("gelassen", { createHTML: markup, createScript: refuse });
    api.initSecurity(policy ?? { createHTML: markup, createScript: refuse }, refuse, refuse);
  },
});

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const editor = () => one("#draft-text");

// Keyboard: single letters, never while somebody is typing, and only when not switched off.
const keys = {
  j: () => step(1),
  k: () => step(-1),
  o: () => document.activeElement?.closest(".row")?.querySelector("a")?.click() ?? one(".row a")?.click(),
  e: () => { const text = editor(); text?.focus(); text?.setSelectionRange(text.value.length, text.value.length); },
  a: () => one("#approve")?.click(),
  u: () => one("[data-undo]")?.click(),
  "?": () => one("a[href='/help']")?.click(),
};

function step(by) {
  const links = all(".row a.cover");
  if (!links.length) return one(by > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  const at = links.indexOf(document.activeElement);
  const next = links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches?.("input, textarea, select");
  if (typing && event.key === "Escape") return event.target.blur();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target === editor()) return one("#approve")?.click();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

// A better wording goes straight into the text when the text is still the one that was checked.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=wording]");
  const text = editor();
  if (!button || !text) return;
  const { start, end, old, instead } = button.dataset;
  const points = Array.from(text.value);
  if (points.slice(start, end).join("") !== old) return;
  event.preventDefault();
  points.splice(start, end - start, instead);
  text.value = points.join("");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
});

// A finding shows its place in the text.
document.addEventListener("click", (event) => {
  const spot = event.target.closest(".spot");
  const text = editor();
  if (!spot || !text) return;
  const { start, end, words } = spot.dataset;
  const points = Array.from(text.value);
  const same = points.slice(start, end).join("") === words;
  const from = same ? points.slice(0, start).join("").length : text.value.indexOf(words);
  if (from < 0) return;
  text.focus();
  text.setSelectionRange(from, from + words.length);
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.value);
  } catch {
    source.select();
    document.execCommand("copy");
  }
  button.textContent = button.dataset.done;
});

// A check that brought no answer changes nothing but says so: hints that fit no longer must not look as if they did.
function checked(event) {
  const { response, sourceElement } = event.detail.ctx ?? {};
  const failed = !response || response.status >= 400;
  if (failed) event.preventDefault();
  if (sourceElement === editor()) one("#unchecked").hidden = !failed;
}
document.addEventListener("htmx:after:request", checked);
document.addEventListener("htmx:error", checked);

// Countdowns: the server said how many seconds were left when it sent the page; clocks need not agree.
function tick() {
  for (const clock of all("[data-left]")) {
    const left = Math.ceil(clock.dataset.left - performance.now() / 1000);
    clock.textContent = left > 0 ? clock.dataset.words.replace("{s}", String(left)) : clock.dataset.over;
    if (left <= 0) clock.parentElement.querySelectorAll("form").forEach((form) => form.remove());
  }
}

function grow(text) {
  if (CSS.supports("field-sizing", "content")) return;
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

// Unsaved words are not lost by a slip: the browser asks before leaving.
let leaving = false;
document.addEventListener("submit", () => { leaving = true; });
document.addEventListener("input", (event) => { if (event.target === editor()) grow(event.target); });
window.addEventListener("beforeunload", (event) => {
  const text = editor();
  if (text && !leaving && text.value !== text.defaultValue) event.preventDefault();
});
window.addEventListener("pageshow", () => { leaving = false; });

document.addEventListener("DOMContentLoaded", () => {
  for (const element of all("[hidden][data-script]")) element.hidden = false;
  for (const select of all("select[data-submit]")) select.addEventListener("change", () => select.form.requestSubmit());
  if (editor()) grow(editor());
  tick();
  setInterval(tick, 1000);
});
