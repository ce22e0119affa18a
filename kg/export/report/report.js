"use strict";
// The reader's language and colours; on paper everything that is folded stands open.
(() => {
  const root = document.documentElement;
  document.getElementById("lang").addEventListener("click", () => { root.lang = root.lang === "en" ? "zh-Hans" : "en"; });
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  let closed = [];
  addEventListener("beforeprint", () => { closed = [...document.querySelectorAll("details:not([open])")]; closed.forEach((one) => { one.open = true; }); });
  addEventListener("afterprint", () => { closed.forEach((one) => { one.open = false; }); });
})();
