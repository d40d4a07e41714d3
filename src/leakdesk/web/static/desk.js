// Keys: "/" goes to the search box, Escape leaves it, "j" and "k" walk through hits, rows and claims.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("[data-walk] a[href]")].filter((link) => link.offsetParent !== null);
  const next = (all, step) => {
    const at = all.indexOf(document.activeElement);
    return at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + step));
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input[type=search], textarea, select");
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
  });
})();
