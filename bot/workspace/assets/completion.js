// What could be typed next: a list under the rules of the ARIA combobox. The server knows the grammar.
import { el } from "./dom.js";
import { view } from "./state.js";

const PAUSE = 90; // milliseconds without a key before the server is asked
const PREFIX = "/council ";
const BEGINNING = { text: PREFIX, label: "/council", says: "Ask the council, or tell it something" };
const KEYS = "↑↓ choose · Tab takes · Enter sends · Esc closes";
let lists = 0;

export class Completion {
  #items = [];
  #active = -1;
  #asked = 0;
  #timer = 0;

  constructor(input, list, taken) {
    Object.assign(this, { input, list, taken });
    list.id = `suggest-${++lists}`;
    list.setAttribute("aria-label", "Commands");
    input.setAttribute("aria-controls", list.id);
    input.addEventListener("input", () => this.#later());
    input.addEventListener("blur", () => this.close());
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the input keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#take(Number(option.dataset.at));
    });
  }

  get open() { return !this.list.hidden; }

  /** Returns whether the key was meant for the list. */
  key(event) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#activate(this.#active < 0 && step < 0 ? this.#items.length - 1 : this.#active + step);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && !event.shiftKey) this.#take(Math.max(0, this.#active));
    // Without a choice, Enter sends what is typed.
    else if (event.key === "Enter" && !event.shiftKey && this.#active >= 0) this.#take(this.#active);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  close() {
    clearTimeout(this.#timer);
    this.#asked += 1; // an answer still under way is stale now
    this.#items = [];
    this.#show();
  }

  #later() {
    clearTimeout(this.#timer);
    const text = this.input.value;
    if (!this.#wanted(text)) return this.close();
    this.#timer = setTimeout(() => this.#ask(text), PAUSE);
  }

  #wanted(text) {
    if (text.includes("\n") || this.input.selectionEnd !== text.length) return false;
    return text.startsWith("/") || (view.place.startsWith("@") && text.trim() !== "");
  }

  async #ask(text) {
    const mine = ++this.#asked;
    let items = [];
    if (PREFIX.startsWith(text) && text !== PREFIX) items = [BEGINNING];
    else {
      const query = new URLSearchParams({ as: view.me.handle, place: view.place, text });
      const answer = await fetch(`/workspace/complete?${query}`).catch(() => null);
      if (answer?.ok) items = (await answer.json()).items;
    }
    if (mine !== this.#asked || this.input.value !== text) return;
    this.#items = items.filter((each) => each.text.trim() !== text.trim() || items.length > 1);
    this.#show();
  }

  #show() {
    this.#active = -1;
    this.list.hidden = !this.#items.length;
    this.input.setAttribute("aria-expanded", String(this.open));
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...this.#items.map((each, at) =>
      el("div", { role: "option", id: `${this.list.id}-${at}`, "data-at": at, "aria-selected": "false" },
        el("b", each.label), el("span", each.says))));
    if (this.open) this.list.append(el("p.keys", { role: "presentation" }, KEYS));
  }

  #activate(at) {
    this.#active = (at + this.#items.length) % this.#items.length;
    this.list.querySelectorAll("[role=option]").forEach((option, index) => {
      const is = index === this.#active;
      option.setAttribute("aria-selected", String(is));
      if (is) option.scrollIntoView({ block: "nearest" });
    });
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.#active}`);
  }

  #take(at) {
    const { text } = this.#items[at];
    this.close();
    this.taken(text);
    this.#later(); // perhaps there is more to say
  }
}
