// Small helpers for building what is shown.
import { view } from "./state.js";

export const $ = (selector, root = document) => root.querySelector(selector);

/** Make an element. Text children are set as text, never read as markup. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null && child !== false));
  return made;
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
  if (!handle) return el("span", { class: "avatar council-mark", "aria-hidden": "true" }, icon("council"));
  const initials = name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();
  const at = view.people.findIndex((each) => each.handle === handle);
  return el("span", { class: "avatar", "data-hue": Math.max(0, at) % HUES, "aria-hidden": "true" }, initials);
}

/** Say in a corner, and to screen readers, what did not work; it goes by itself. */
export function toast(text) {
  const said = el("p", { class: "toast" }, text);
  $("#toasts").append(said);
  setTimeout(() => said.remove(), 7000);
}

/** A command starts a new life with each press, so that a retry of one press has no effect. */
export const freshId = () => crypto.randomUUID();
