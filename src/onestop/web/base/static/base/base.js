// What pages do better with a script. Everything works without it.
// data-rows / data-row / data-href: j k Enter x on rows; data-search: "/" ; dialog#keys: "?" ; data-key="a": presses the control.
// data-pick, data-pick-all, data-bulk, data-count: choosing rows; data-copy, data-print, data-autosubmit, data-focus; data-once.
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  document.documentElement.classList.add("scripted");

  const rows = () => all("[data-row]").filter((row) => row.offsetParent !== null);
  const current = () => document.activeElement?.closest?.("[data-row]");
  const goTo = (row) => {
    if (!row) return;
    const target = row.querySelector("a[href]") || row.querySelector("input, button");
    target?.focus();
    row.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const list = rows();
    const at = list.indexOf(current());
    goTo(at < 0 ? list[by > 0 ? 0 : list.length - 1] : list[Math.min(list.length - 1, Math.max(0, at + by))]);
  };
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    x: () => current()?.querySelector("[data-pick]")?.click(),
    "/": () => { const field = one("[data-search]"); field?.focus(); field?.select?.(); },
    "?": () => { const sheet = one("dialog#keys"); if (sheet) listOwnKeys(sheet), sheet.showModal(); },
  };
  const listOwnKeys = (sheet) => {
    const list = sheet.querySelector("dl");
    all("[data-own]", list).forEach((item) => item.remove());
    all("[data-key]").forEach((control) => {
      const key = document.createElement("dt"), word = document.createElement("dd");
      key.dataset.own = word.dataset.own = "";
      key.append(Object.assign(document.createElement("kbd"), { textContent: control.dataset.key }));
      word.textContent = control.textContent.trim();
      list.append(key, word);
    });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Enter") {
      const row = event.target.closest("[data-row]");
      if (row?.dataset.href && !event.target.closest("a, button")) location.assign(row.dataset.href);
      return;
    }
    const own = all("[data-key]").find((control) => control.dataset.key === event.key);
    const act = keys[event.key] || (own && (() => own.click()));
    if (act) { event.preventDefault(); act(); }
  });

  const count = () => {
    const picked = all("[data-pick]:checked").length;
    all("[data-count]").forEach((place) => { place.textContent = picked; });
    all("[data-bulk]").forEach((bar) => bar.toggleAttribute("data-none", picked === 0));
    all("[data-row]").forEach((row) => {
      const box = row.querySelector("[data-pick]");
      if (box) row.setAttribute("aria-selected", box.checked);
    });
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-all]")) {
      all("[data-pick]").forEach((box) => { box.checked = event.target.checked; });
    }
    if (event.target.matches("[data-pick], [data-pick-all]")) count();
    if (event.target.matches("[data-autosubmit]")) event.target.form?.requestSubmit();
  });

  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      await navigator.clipboard.writeText(copy.dataset.copy);
      const word = copy.querySelector("[data-said]");
      if (word) word.textContent = word.dataset.said;
    }
    if (event.target.closest("[data-print]")) window.print();
  });
  // a form sent twice by a double click is sent once; the page comes back usable from the browser's history
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 8000); // an answer that is a download leaves the page where it is
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

  const begin = () => {
    all("[data-print]").forEach((button) => { button.hidden = false; });
    if (navigator.clipboard) all("[data-copy]").forEach((button) => { button.hidden = false; });
    one("[data-focus]")?.focus();
    count();
  };
  begin();
  document.addEventListener("htmx:afterSwap", begin);
})();
