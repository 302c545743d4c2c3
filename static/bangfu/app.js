// What pages do better with a script; each works without one.
"use strict";

document.documentElement.classList.add("js");

// Filters that were left empty do not stand in the address.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") return;
  const data = event.detail.formData;
  for (const [key, value] of [...data.entries()]) {
    if (value === "") data.delete(key);
  }
});

document.addEventListener("htmx:responseError", (event) => {
  say(event.detail.xhr.status === 403 ? "登录已过期或没有权限，请刷新页面。" : "没有取到数据，请稍后再试。已显示的内容没有变化。");
});
document.addEventListener("htmx:sendError", () => say("网络不通，请检查后再试。已显示的内容没有变化。"));

function say(text) {
  document.querySelector(".toast-line")?.remove();
  const line = document.createElement("p");
  line.className = "toast-line";
  line.setAttribute("role", "status");
  line.textContent = text;
  document.body.append(line);
  setTimeout(() => line.remove(), 4000);
}

// Menus close when something else is clicked, or with Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});

// 复制名单: the names of all rows go to the clipboard; where that is not possible the form opens a page with the text.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-copy]");
  if (!form || !navigator.clipboard?.write || !window.ClipboardItem) return;
  event.preventDefault();
  const names = fetch(form.action, {
    method: "POST",
    headers: { Accept: "text/plain" },
    body: new FormData(form),
  }).then((response) => {
    if (!response.ok) throw new Error(response.statusText);
    return response.text();
  });
  try {
    const blob = names.then((text) => new Blob([text], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    say("名单已复制，可以粘贴到聊天中。");
  } catch {
    form.submit();
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy-from]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copyFrom);
  source.select();
  const copied = document.execCommand("copy");
  say(copied ? "已复制，可以粘贴到聊天中。" : "请按 Ctrl+C 复制选中的文字。");
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
