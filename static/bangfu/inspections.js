// Questions that apply only after a certain answer are shown when it is given; without a script all are shown.
"use strict";
(function () {
  function chosen(form, name) {
    const box = form.querySelector(`[name="${name}"]:checked`) || form.querySelector(`[name="${name}"]:not([type=radio])`);
    return box ? box.value : "";
  }

  function show(form) {
    for (const question of form.querySelectorAll("[data-only-if]")) {
      const asked = form.querySelector(`#field-${question.dataset.onlyIf}`);
      question.hidden = asked?.hidden || chosen(form, question.dataset.onlyIf) !== question.dataset.onlyIfAnswer;
    }
  }

  // What only a drawn sample needs.
  for (const name of ["sample_per_town", "sample_seed"]) {
    const field = document.getElementById(`field-${name}`);
    if (!field) continue;
    field.dataset.onlyIf = "sample";
    field.dataset.onlyIfAnswer = "drawn";
  }

  for (const form of document.querySelectorAll("form[data-guard]")) {
    form.addEventListener("change", () => show(form));
    show(form);
  }
})();
