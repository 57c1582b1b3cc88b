// Small helpers for building what is shown.
import { view } from "./state.js";

export const $ = (selector, root = document) => root.querySelector(selector);

/** Make an element: `el("a.link", { href }, "text")`. Text stays text and is never read as markup. */
export function el(tag, ...parts) {
  const [name, ...classes] = tag.split(".");
  const made = document.createElement(name);
  if (classes.length) made.className = classes.join(" ");
  for (const part of parts) {
    if (part instanceof Node || typeof part === "string") made.append(part);
    else for (const [key, value] of Object.entries(part || {})) set(made, key, value);
  }
  return made;
}

function set(made, key, value) {
  if (value === true) made.setAttribute(key, "");
  else if (value !== false && value != null) made.setAttribute(key, value);
}

const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

const HUES = 12;

/** A person's initials on a colour that stays theirs; the Council has its mark. */
export function avatar(name, handle) {
  if (!handle) return el("span.avatar.council-mark", { "aria-hidden": "true" }, icon("council"));
  const initials = name.split(/\s+/).map((word) => [...word][0]).slice(0, 2).join("").toUpperCase();
  const at = view.people.findIndex((each) => each.handle === handle);
  return el("span.avatar", { "data-hue": Math.max(0, at) % HUES, "aria-hidden": "true" }, initials);
}

/** Say in a corner, and to screen readers, what did not work; it goes by itself. */
export function toast(text) {
  const said = el("p.toast", text);
  $("#toasts").append(said);
  setTimeout(() => said.remove(), 7000);
}

/** Show that work is under way; until it has ended, more of it is not begun (then returns undefined). */
export async function busy(shown, work) {
  if (shown.hasAttribute("aria-busy")) return undefined;
  shown.setAttribute("aria-busy", "true"); // and not "disabled", which would take the focus away
  try {
    return await work();
  } finally {
    shown.removeAttribute("aria-busy");
  }
}

/** Let an element hold just these; what it holds already stays where it is. */
export function arrange(parent, wanted) {
  const kept = new Set(wanted);
  for (const node of [...parent.children]) if (!kept.has(node)) node.remove();
  wanted.forEach((node, at) => {
    const there = parent.children[at] ?? null;
    if (there !== node) parent.insertBefore(node, there);
  });
}

/** A command starts a new life with each press, so that a retry of one press has no effect. */
export const freshId = () => crypto.randomUUID();
