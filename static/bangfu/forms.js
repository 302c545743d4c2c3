/* Forms: unsaved changes warn, errors are reached, lists are chosen by typing, rows are added, days are picked.
   Everything here only adds to pages that work without it. */
"use strict";
(function () {
  /* Unsaved changes. */
  let touched = null;
  function guard(form) {
    if (form.hasAttribute("data-touched")) touched = form;
    form.addEventListener("input", function () { touched = form; });
    form.addEventListener("submit", function (event) {
      if (event.defaultPrevented) return;
      touched = null;
      /* A second press would send the form twice; the pressed button's own value must still be sent. */
      setTimeout(function () { form.querySelectorAll("button[type=submit]").forEach(function (b) { b.disabled = true; }); });
    });
  }
  window.addEventListener("beforeunload", function (event) {
    if (touched) { event.preventDefault(); event.returnValue = ""; }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-guard] button[type=submit]").forEach(function (b) { b.disabled = false; });
  });

  /* The summary of errors leads to the fields. */
  function controlIn(box) {
    return box && box.querySelector("input:not([type=hidden]):not([hidden]), select, textarea");
  }
  document.addEventListener("click", function (event) {
    const link = event.target.closest("[data-problem]");
    if (!link) return;
    const box = document.getElementById(link.hash.slice(1));
    const control = controlIn(box);
    if (!control) return;
    event.preventDefault();
    const folded = box.closest("details:not([open])");
    if (folded) folded.open = true;
    box.scrollIntoView({ block: "center" });
    control.focus({ preventScroll: true });
  });

  /* Choosing by typing: options come from the server as radio buttons or tick boxes. */
  function close(pick) { pick.querySelector("[data-pick-options]").replaceChildren(); }
  function take(pick, input) {
    const text = pick.querySelector("[data-pick-text]");
    const chosen = pick.querySelector("[data-pick-chosen]");
    const label = input.closest("label");
    if (pick.dataset.pick === "one") {
      chosen.replaceChildren(label);
      text.value = input.dataset.label;
    } else {
      const same = Array.from(chosen.querySelectorAll("input")).some(function (other) {
        return other !== input && other.value === input.value;
      });
      if (same) label.remove(); else chosen.append(label);
      text.value = "";
    }
    close(pick);
    /* Focus would open the list again; on a phone it would open the keyboard. */
    if (!matchMedia("(pointer: coarse)").matches) {
      pick.dataset.quiet = "";
      text.focus();
      delete pick.dataset.quiet;
    }
    text.dispatchEvent(new CustomEvent("picked", { bubbles: true }));
  }
  document.addEventListener("change", function (event) {
    const pick = event.target.closest("[data-pick]");
    if (!pick || !event.target.matches("[type=radio], [type=checkbox]")) return;
    if (event.target.closest("[data-pick-options]")) take(pick, event.target);
    else if (!event.target.checked) event.target.closest("label").remove();
  });
  document.addEventListener("input", function (event) {
    const pick = event.target.matches("[data-pick-text]") && event.target.closest("[data-pick]");
    if (pick && pick.dataset.pick === "one") pick.querySelector("[data-pick-chosen]").replaceChildren();
  });
  document.addEventListener("keydown", function (event) {
    const pick = event.target.closest && event.target.closest("[data-pick]");
    if (!pick) return;
    const options = Array.from(pick.querySelectorAll("[data-pick-options] input"));
    const at = options.indexOf(event.target);
    const text = pick.querySelector("[data-pick-text]");
    if (event.key === "Escape" && options.length) {
      close(pick);
      text.focus();
    } else if (event.key === "ArrowDown" && options.length && at < options.length - 1) {
      options[at + 1].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (at ? options[at - 1] : text).focus();
    } else if (event.key === "Enter" && at >= 0) {
      options[at].checked = true;
      take(pick, options[at]);
    } else if (event.key === "Enter" && event.target === text && options.length) {
      options[0].checked = true;
      take(pick, options[0]);
    } else {
      return;
    }
    event.preventDefault();
  });
  document.addEventListener("focusout", function (event) {
    const pick = event.target.closest && event.target.closest("[data-pick]");
    /* A press on a line of the list first moves the focus to the page as a whole. */
    const next = event.relatedTarget;
    if (pick && next && next.matches("a, button, input, select, textarea") && !pick.contains(next)) close(pick);
  });
  document.addEventListener("pointerdown", function (event) {
    document.querySelectorAll("[data-pick]").forEach(function (pick) {
      if (!pick.contains(event.target)) close(pick);
    });
  });
  document.addEventListener("htmx:beforeRequest", function (event) {
    const pick = event.target.closest && event.target.closest("[data-pick]");
    if (pick && "quiet" in pick.dataset) event.preventDefault();
  });
  /* An answer that arrives after the choice was made would open the list again. */
  document.addEventListener("htmx:beforeSwap", function (event) {
    const pick = event.target.closest && event.target.closest("[data-pick]");
    if (!pick) return;
    const done = pick.dataset.pick === "one" && pick.querySelector("[data-pick-chosen] input:checked");
    if (done || !pick.contains(document.activeElement)) event.detail.shouldSwap = false;
  });

  /* Rows: a blank one is copied; without scripts the button asks the server for it. */
  document.addEventListener("click", function (event) {
    const more = event.target.closest("[data-rows-more]");
    if (!more) return;
    const rows = more.closest("[data-rows]");
    const count = rows.querySelector("input[name$='-TOTAL_FORMS']");
    const holder = document.createElement("div");
    holder.innerHTML = rows.querySelector("template").innerHTML.replaceAll("__prefix__", count.value);
    const row = holder.firstElementChild;
    rows.querySelector("[data-rows-list]").append(row);
    rows.classList.remove("is-empty");
    count.value = String(Number(count.value) + 1);
    ready(row);
    if (window.htmx) window.htmx.process(row);
    const control = controlIn(row);
    if (control) control.focus();
    event.preventDefault();
  });

  /* Days: the browser's calendar beside the text. */
  function picker(box) {
    const text = box.querySelector("input:not(.day-picker)");
    const native = box.querySelector(".day-picker");
    if (!native || !native.showPicker || box.querySelector(".day-button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-plain day-button";
    button.textContent = "日历";
    button.addEventListener("click", function () {
      const found = text.value.match(/(\d{4})\D+(\d{1,2})\D+(\d{1,2})/);
      native.value = found ? found[1] + "-" + found[2].padStart(2, "0") + "-" + found[3].padStart(2, "0") : "";
      native.showPicker();
    });
    native.addEventListener("change", function () {
      if (!native.value) return;
      const parts = native.value.split("-").map(Number);
      text.value = parts[0] + "年" + parts[1] + "月" + parts[2] + "日";
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
    native.hidden = false;
    box.append(button);
  }

  function ready(root) {
    root.querySelectorAll(".day-box").forEach(picker);
  }

  document.querySelectorAll("form[data-guard]").forEach(guard);
  ready(document);
  /* Fields that came with an answer of the server. */
  document.addEventListener("htmx:load", function (event) { ready(event.detail.elt); });
  const problems = document.querySelector("[data-problems]");
  if (problems) problems.focus();
})();
