// Where a person writes: Enter sends, Shift+Enter is a new line, ↑ brings back what was sent.
import { Completion } from "./completion.js";
import { $, el, freshId } from "./dom.js";
import { place, post, store, view } from "./state.js";

const said = []; // of this window, oldest first; both composers share it

export class Composer {
  #back = 0;
  #unsent = new Map(); // what was begun in each place stays there

  /** `thread` says which thread is written to; `chips` is for the main composer. */
  constructor(home, { thread = () => "", chips = false } = {}) {
    home.append($("#composer-template").content.cloneNode(true));
    this.form = $("form", home);
    this.input = $("textarea", home);
    this.thread = thread;
    this.input.id = `${home.id}-text`;
    $("label", home).htmlFor = this.input.id;
    this.completion = new Completion(this.input, $(".suggest", home), (text) => this.set(text));
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("input", () => { this.#back = 0; this.#grow(); });
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    this.chips = chips ? $(".chips", home) : null;
    this.chips?.addEventListener("click", (event) => {
      const chip = event.target.closest("button");
      if (chip) this.send(chip.textContent);
    });
    store.addEventListener("view", () => this.#moved());
  }

  set(text) {
    this.input.value = text;
    this.#grow();
    this.input.focus();
    this.input.setSelectionRange(text.length, text.length);
  }

  /** Say it here; what could not be said comes back into the box. */
  async send(text) {
    const written = { as: view.me.handle, place: view.place, thread: this.thread(), text, id: freshId() };
    if (said.at(-1) !== text) said.push(text);
    this.#back = 0;
    const { ok } = await post("say", written);
    if (!ok && !this.input.value) this.set(text);
  }

  #submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.#grow();
    this.completion.close();
    this.send(text);
  }

  #key(event) {
    if (event.isComposing || this.completion.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
      return;
    }
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const browsing = this.#back || (step > 0 && !this.input.value);
    if (!step || !browsing || !said.length) return;
    event.preventDefault();
    const back = Math.min(said.length, this.#back + step);
    this.set(back ? said.at(-back) : "");
    this.#back = back;
  }

  #moved() {
    const key = `${view.me.handle} ${view.place} ${this.thread()}`;
    const here = place();
    const direct = here?.kind === "direct";
    const name = direct ? "the Council" : `#${here?.name ?? ""}`;
    const teaching = direct ? "Ask the Council: mine, status churn, help…" : `Message ${name}, or type /council`;
    this.input.placeholder = this.thread() ? "Reply, or type /council" : teaching;
    $("label", this.form).textContent = this.thread() ? "Reply in the thread" : `Message ${name}`;
    if (this.chips) this.#suggest(here);
    if (key === this.key) return;
    this.#unsent.set(this.key, this.input.value);
    this.key = key;
    this.input.value = this.#unsent.get(key) ?? "";
    this.completion.close();
    this.#grow();
  }

  #suggest(here) {
    const models = view.drawer?.models ?? [];
    const known = models.find((each) => each.place === here?.id) ?? models[0];
    const commands = ["mine", known && `status ${known.initiative}`, "help"].filter(Boolean);
    const before = here?.kind === "direct" ? "" : "/council ";
    const buttons = commands.map((each) => el("button", { type: "button" }, before + each));
    this.chips.replaceChildren(el("span", "Try"), ...buttons);
  }

  // Browsers that size a field by its content do this better; the others count lines.
  #grow() {
    this.input.rows = Math.min(6, this.input.value.split("\n").length);
  }
}
