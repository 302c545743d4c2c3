/* The desk of bulletins: the page follows the typing, figures are put in at the cursor, chips say what they mean.
   Without it the page works by its buttons. */
"use strict";
(function () {
  const SHEET = 830;
  const READABLE = 480;

  /* The page as it will print: a sheet of its own width, made to fit; on a narrow screen its lines break anew. */
  function fit(frame) {
    const box = frame.parentElement;
    const scale = box.clientWidth < READABLE ? 1 : Math.min(1, box.clientWidth / SHEET);
    frame.style.transformOrigin = "0 0";
    frame.style.transform = scale === 1 ? "" : "scale(" + scale + ")";
    frame.style.width = scale === 1 ? "100%" : SHEET + "px";
    frame.style.height = box.clientHeight / scale + "px";
  }
  document.querySelectorAll("[data-desk-frame]").forEach(function (frame) {
    new ResizeObserver(function () { fit(frame); }).observe(frame.parentElement);
    fit(frame);
  });

  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const text = desk.querySelector("textarea[name=body]");
  const frame = desk.querySelector("[data-desk-frame]");
  const chips = desk.querySelector("[data-desk-chips]");
  const problems = desk.querySelector("[data-desk-problems]");
  const about = desk.querySelector("[data-desk-about]");
  const side = desk.querySelector("[data-desk-side]");

  /* Swapped in place, so that the page neither flickers nor loses its place. */
  function show(html) {
    const shown = frame.contentDocument;
    if (!shown) return;
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const top = shown.scrollingElement ? shown.scrollingElement.scrollTop : 0;
    const style = shown.querySelector("style");
    const wanted = fresh.querySelector("style");
    if (style && wanted && style.textContent !== wanted.textContent) style.textContent = wanted.textContent;
    shown.body.replaceWith(shown.adoptNode(fresh.body));
    if (shown.scrollingElement) shown.scrollingElement.scrollTop = top;
  }

  let timer = 0;
  let asked = null;
  function preview() {
    if (asked) asked.abort();
    asked = new AbortController();
    fetch(desk.dataset.desk, {
      method: "POST",
      body: new FormData(desk),
      headers: { Accept: "application/json" },
      signal: asked.signal,
    }).then(function (response) {
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    }).then(function (found) {
      show(found.html);
      chips.innerHTML = found.chips;
      problems.replaceChildren.apply(problems, found.problems.map(function (words) {
        const line = document.createElement("p");
        line.textContent = words;
        return line;
      }));
      text.toggleAttribute("aria-invalid", false);
      if (found.problems.length) text.setAttribute("aria-invalid", "true");
      desk.dataset.previewed = String(Number(desk.dataset.previewed || 0) + 1);
    }).catch(function (error) {
      if (error.name !== "AbortError") {
        problems.textContent = "预览没有更新：网络不通或登录已过期。正文还在，请稍后再试。";
      }
    });
  }
  desk.addEventListener("input", function (event) {
    if (event.target.matches("[data-desk-search]")) return;
    clearTimeout(timer);
    timer = setTimeout(preview, 500);
  });

  /* Putting a figure in where the cursor stands; charts and tables get a line of their own. */
  let start = text.value.length;
  let end = start;
  function remember() { start = text.selectionStart; end = text.selectionEnd; }
  ["keyup", "mouseup", "select", "blur"].forEach(function (name) { text.addEventListener(name, remember); });
  function insert(words) {
    text.focus();
    text.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, words)) text.setRangeText(words, start, end, "end");
    remember();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  desk.addEventListener("click", function (event) {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    let words = button.dataset.insert;
    if (button.hasAttribute("data-own-line")) {
      const before = text.value.slice(0, start);
      const after = text.value.slice(end);
      if (before && !before.endsWith("\n")) words = "\n" + words;
      if (!after.startsWith("\n")) words += "\n";
    }
    insert(words);
  });

  /* What a figure means. */
  function explain(chip) {
    fetch(chip.dataset.about).then(function (response) {
      if (!response.ok) throw new Error(String(response.status));
      return response.text();
    }).then(function (html) {
      about.innerHTML = html;
      about.hidden = false;
      chips.querySelectorAll("[data-about]").forEach(function (one) {
        one.toggleAttribute("aria-current", one.dataset.name === chip.dataset.name);
      });
      about.scrollIntoView({ block: "nearest" });
    }).catch(function () { window.open(chip.href, "_blank"); });
  }
  chips.addEventListener("click", function (event) {
    const chip = event.target.closest("[data-about]");
    if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    explain(chip);
  });
  about.addEventListener("click", function (event) {
    if (event.target.closest("[data-desk-close]")) about.hidden = true;
  });
  function listen() {
    if (!frame.contentDocument) return;
    frame.contentDocument.addEventListener("click", function (event) {
      const figure = event.target.closest("[data-figure]");
      if (!figure) return;
      const chip = Array.from(chips.querySelectorAll("[data-about]")).find(function (one) {
        return one.dataset.name === figure.dataset.figure;
      });
      if (chip) explain(chip);
    });
  }
  /* What could not be saved is shown all the same. */
  const unsaved = desk.hasAttribute("data-touched");
  frame.addEventListener("load", function () {
    listen();
    if (unsaved) preview();
  });

  /* The two sides of the right column. */
  const tabs = Array.from(desk.querySelectorAll("[role=tab]"));
  function turn(tab) {
    tabs.forEach(function (one) { one.setAttribute("aria-selected", String(one === tab)); });
    side.classList.toggle("shows-offers", tab.id === "tab-offers");
    fit(frame);
  }
  tabs.forEach(function (tab) {
    tab.addEventListener("click", function () { turn(tab); });
    tab.addEventListener("keydown", function (event) {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const other = tabs[1 - tabs.indexOf(tab)];
      turn(other);
      other.focus();
    });
  });

  /* Finding a figure in the list. */
  desk.querySelector("[data-desk-search]").addEventListener("input", function (event) {
    const wanted = event.target.value.trim();
    desk.querySelectorAll("[data-offer]").forEach(function (line) {
      line.hidden = !line.dataset.offer.includes(wanted);
    });
  });
  desk.querySelector("[data-desk-search]").addEventListener("keydown", function (event) {
    if (event.key === "Enter") event.preventDefault();
  });
})();
