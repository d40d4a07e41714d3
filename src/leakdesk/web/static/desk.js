// Keys: "/" goes to the search box, Escape leaves it, "j" and "k" walk through hits, rows and claims, "r", "m" and "p" tag the
// document one stands on as read, relevant, privileged. Changes are sent to the desk as JSON and nowhere else.
"use strict";
(() => {
  const TAG_KEYS = { r: "read", m: "relevant", p: "privileged" };
  const rows = () => [...document.querySelectorAll("[data-walk] a[href]:not(.like, .origin)")].filter((link) => link.offsetParent !== null);
  const next = (all, step) => {
    const at = all.indexOf(document.activeElement);
    return at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + step));
  };
  const say = (sentence) => {
    document.getElementById("said").textContent = sentence;
  };
  const change = async (what, asked) => {
    try {
      const answer = await fetch(`/change/${what}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(asked),
      });
      if (answer.ok) return true;
      const told = (answer.headers.get("content-type") || "").startsWith("application/json") ? (await answer.json()).sentence : await answer.text();
      say(told);
    } catch {
      say("The desk does not answer. Is leakdesk serve still running?");
    }
    return false;
  };
  const toggle = async (button) => {
    const on = button.getAttribute("aria-pressed") !== "true";
    const own = button.closest("[data-document]").dataset.document;
    if (!(await change("tag", { document: own, tag: button.dataset.tag, on }))) return;
    button.setAttribute("aria-pressed", String(on));
    say(on ? `Tagged as ${button.dataset.tag}.` : `No longer tagged as ${button.dataset.tag}.`);
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.tag) await toggle(button);
    else if (button.dataset.change && (await change(button.dataset.change, asked(button.dataset)))) location.reload();
  });
  const asked = (data) => {
    const found = {};
    for (const [name, value] of Object.entries(data)) if (name !== "change") found[name] = name === "number" ? Number(value) : value;
    return found;
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.change) return;
    event.preventDefault();
    const typed = Object.fromEntries(new FormData(form));
    if (!(await change(form.dataset.change, { ...asked(form.dataset), ...typed }))) return;
    if (form.dataset.change === "save") {
      say(`Saved as ${typed.name}. Saved searches stand on the empty search page.`);
      form.reset();
    } else location.reload();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing) {
      if (event.key === "Escape") typing.blur();
      return;
    }
    if (event.key === "/") {
      const box = document.querySelector("input[type=search]");
      box.focus();
      box.select();
      event.preventDefault();
    }
    if (event.key === "j" || event.key === "k") {
      const all = rows();
      if (!all.length) return;
      all[next(all, event.key === "j" ? 1 : -1)].focus();
      event.preventDefault();
    }
    if (event.key in TAG_KEYS) {
      const here = document.activeElement.closest("article") || document.querySelector("article.document");
      const button = here && here.querySelector(`button[data-tag="${TAG_KEYS[event.key]}"]`);
      if (button) {
        toggle(button);
        event.preventDefault();
      }
    }
  });
})();
