// Buttons and forms on cards. A button carries a command; some ask first, some open a form.
import { $, busy, el, freshId, toast } from "./dom.js";
import { post, store, view } from "./state.js";

export function startForms() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".message button");
    if (!button) return;
    const message = button.closest(".message").dataset.id;
    if (button.dataset.act) return act(button, message);
    if (button.dataset.opens === "form") return openForm(button, message);
    if (button.dataset.command !== undefined) return press(button, message);
  });
}

async function press(button, message) {
  const { command, confirm } = button.dataset;
  if (confirm && !(await asked(confirm, button.textContent))) return;
  await busy(button, () => post("press", { as: view.me.handle, message, command, id: freshId() }));
}

const act = (button, message) => busy(button, () => post(button.dataset.act, { as: view.me.handle, message }));

/** Ask a question that has two answers. */
function asked(question, yes) {
  const dialog = $("#confirm");
  $("p", dialog).textContent = question;
  $("[value=yes]", dialog).textContent = yes;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

function openForm(button, message) {
  const as = view.me.handle;
  const { command } = button.dataset;
  const index = Number(button.dataset.button);
  const template = $(`template[data-button="${index}"]`, button.closest(".card"));
  const dialog = el("dialog.sheet", template.content.cloneNode(true));
  const form = $("form", dialog);
  const title = $("h3", form);
  if (title) {
    title.id = "sheet-title";
    dialog.setAttribute("aria-labelledby", title.id);
  }
  form.noValidate = true; // the council says what is wrong, in its own words
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    const sends = $("[type=submit]", form);
    clear(form);
    const filled = { as, message, command, button: index, values, id: freshId() };
    const answer = await busy(sends, () => post("fill", filled));
    if (!answer) return; // pressed twice
    if (answer.ok) dialog.close();
    else if (answer.told.faults) showFaults(form, answer.told.faults);
  });
  dialog.addEventListener("click", ({ target }) => { if (target.closest("[data-cancel]")) dialog.close(); });
  // A form belongs to whoever opened it, not to whom the window has become since.
  const stranded = () => { if (view.me.handle !== as) dialog.close(); };
  store.addEventListener("loaded", stranded);
  dialog.addEventListener("close", () => {
    store.removeEventListener("loaded", stranded);
    dialog.remove();
    if (button.isConnected) button.focus();
    else $(`.message[data-id="${message}"]`)?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  $("input:not([type=hidden]), select, textarea", form)?.focus();
}

function clear(form) {
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const fault of form.querySelectorAll(".fault")) fault.hidden = true;
}

function showFaults(form, faults) {
  let first = null;
  for (const [name, sentence] of Object.entries(faults)) {
    const fault = $(`.fault[data-for="${CSS.escape(name)}"]`, form);
    // Of several buttons to choose from, the group is at fault, and the first is where to begin.
    const named = form.elements.namedItem(name);
    const input = named instanceof RadioNodeList ? named[0] : named;
    const field = input?.type === "radio" ? input.closest("fieldset") ?? input : input;
    if (!fault) {
      toast(sentence);
      continue;
    }
    fault.textContent = sentence;
    fault.hidden = false;
    if (!field) continue;
    fault.id ||= `fault-${name}`;
    const described = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    field.setAttribute("aria-describedby", [...described.add(fault.id)].join(" "));
    field.setAttribute("aria-invalid", "true");
    first ??= input;
  }
  first?.focus();
}
