// Pickers answer at once, the custom days show when they are asked for, and one box ticks a whole page.
"use strict";

document.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches("select[data-submit]")) {
    const days = target.form.querySelector(".days");
    const custom = target.name === "period" && target.value === "custom";
    if (days && target.name === "period") days.classList.toggle("only-custom", !custom);
    if (custom) days.querySelector("input").focus();
    else target.form.requestSubmit();
  }
  if (target.matches("[data-tick-all]")) {
    for (const box of document.querySelectorAll("input[name=subject]")) box.checked = target.checked;
  }
});
