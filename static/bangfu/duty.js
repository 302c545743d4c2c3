// A clicked day is sent by itself and its line comes back; without scripts the page does the same by reloading.
"use strict";

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-duty]");
  const button = event.submitter;
  if (!form || !button || button.name !== "cell") return;
  event.preventDefault();
  const line = button.closest("tr");
  const problem = form.querySelector("[data-duty-problem]");
  const body = new FormData(form);
  body.set(button.name, button.value);
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    const text = await answer.text();
    if (answer.status === 400) {
      problem.textContent = text;
      problem.hidden = false;
      button.disabled = false;
      return;
    }
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const holder = document.createElement("tbody");
    holder.innerHTML = text;
    const fresh = holder.querySelector("tr");
    line.replaceWith(fresh);
    problem.hidden = true;
    const again = fresh.querySelector(`button[value="${button.value}"]`);
    if (again) again.focus({ preventScroll: true });
  } catch {
    location.reload();
  }
});
