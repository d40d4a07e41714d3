// Keys: "/" goes to the search box, "j" and "k" walk through hits and rows, "?" shows this.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("[data-walk] a[href]")];
  let at = -1;
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") { document.querySelector("input[type=search]")?.focus(); event.preventDefault(); }
    if (event.key === "j" || event.key === "k") {
      const all = rows();
      if (!all.length) return;
      at = Math.max(0, Math.min(all.length - 1, at + (event.key === "j" ? 1 : -1)));
      all[at].focus();
      event.preventDefault();
    }
  });
})();
