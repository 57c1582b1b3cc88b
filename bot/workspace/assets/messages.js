// One conversation on the screen: a channel's messages, or a thread's. Nodes are kept and changed
// in place, part by part, so that a screen reader hears only what is new and the focus stays.
import { $, arrange, avatar, el } from "./dom.js";
import { address, inZone, repliesTo, view } from "./state.js";

const TOGETHER = 5 * 60_000; // what one says within this time stands under one name
const AT_BOTTOM = 60; // pixels
const QUIET = 500; // milliseconds in which a screen reader takes no notice of another place

export class Log {
  #nodes = new Map();
  #shown = "";
  #follows = true; // at the bottom, where the newest is
  #room = 0; // how far it can be scrolled

  /** `select` returns the messages; in a thread there are no links to threads. */
  constructor(log, select, { inThread = false, empty, newer } = {}) {
    Object.assign(this, { log, select, inThread, empty, newer, scroll: log.parentElement });
    this.scroll.addEventListener("scroll", () => {
      if (this.#measured() !== this.#room) return; // not a person scrolled, but the page did
      this.#follows = this.#room - this.scroll.scrollTop < AT_BOTTOM;
      if (this.#follows) this.#pill(false);
    }, { passive: true });
    // Whoever reads the newest goes on doing so when the window gets smaller or a card grows.
    const sizes = new ResizeObserver(() => {
      this.#room = this.#measured();
      if (this.#follows) this.bottom();
    });
    for (const each of [this.scroll, log]) sizes.observe(each);
    newer?.addEventListener("click", () => this.bottom(true));
  }

  /** Show what there is; `arrived` is the message that is the reason, `before` what it was. */
  render(arrived, before) {
    const messages = this.select();
    const shown = this.inThread ? view.thread : view.place;
    const anew = shown !== this.#shown;
    const follows = this.#follows;
    if (anew) {
      this.log.setAttribute("aria-busy", "true"); // another place is no news
      this.#nodes.clear();
      this.log.replaceChildren();
      this.#shown = shown;
    }
    this.#lay(messages);
    if (anew) setTimeout(() => this.log.setAttribute("aria-busy", "false"), QUIET);
    const node = arrived && this.#nodes.get(arrived.id);
    if (node && before) this.#flash(node);
    const mine = node && !before && (arrived.private || arrived.author.handle === view.me.handle);
    if (anew || follows || mine) this.bottom();
    else if (node && !before) this.#pill(true);
  }

  #lay(messages) {
    const wanted = [];
    let last = null;
    for (const message of messages) {
      const first = this.inThread && message.id === view.thread;
      if (!first && message.day !== last?.day) wanted.push(this.#divider(message.day));
      wanted.push(this.#node(message, together(last, message)));
      if (first) wanted.push(this.#divider(count(messages.length - 1)));
      last = message;
    }
    if (!messages.length) wanted.push(this.#keep("empty", "", () => this.empty()));
    const focused = [...this.log.children].findIndex((node) => node.contains(document.activeElement));
    arrange(this.log, wanted);
    for (const [key, node] of this.#nodes) if (!node.isConnected) this.#nodes.delete(key);
    if (focused < 0 || this.log.contains(document.activeElement)) return;
    const before = wanted.slice(0, focused).findLast((node) => node.hasAttribute("tabindex"));
    (before ?? this.log).focus({ preventScroll: true }); // what had the focus is gone
  }

  #divider(text) {
    const tag = this.inThread ? "p.divider" : "h2.divider"; // a thread has its title above it
    return this.#keep(`divider ${text}`, "", () => el(tag, el("span", text)));
  }

  #node(message, grouped) {
    const replies = this.inThread ? [] : repliesTo(message.id);
    const fingerprint = JSON.stringify([message, grouped, replies.length, replies.at(-1)?.time]);
    return this.#keep(message.id, fingerprint, () => draw(message, grouped, replies, this.inThread));
  }

  /** The node made before, if what it shows is still true; else its content made anew. */
  #keep(key, fingerprint, make) {
    const kept = this.#nodes.get(key);
    if (kept?.fingerprint === fingerprint) return kept;
    const made = make();
    if (!kept) {
      made.fingerprint = fingerprint;
      this.#nodes.set(key, made);
      return made;
    }
    const focus = kept.contains(document.activeElement) ? document.activeElement : null;
    kept.className = made.className;
    for (const [at, column] of [...made.children].entries()) {
      const there = kept.children[at];
      const old = [...there.children];
      arrange(there, [...column.children].map((part) => old.find((each) => each.outerHTML === part.outerHTML) ?? part));
    }
    kept.fingerprint = fingerprint;
    if (focus && !focus.isConnected) {
      const same = focus.dataset.command && $(`[data-command="${CSS.escape(focus.dataset.command)}"]`, kept);
      if (same) same.closest("details")?.setAttribute("open", "");
      (same || kept).focus({ preventScroll: true });
    }
    return kept;
  }

  /** Lead to the newest message that speaks of a case. */
  jump(key) {
    const found = this.select().findLast((each) => new RegExp(`\\b${key}\\b`).test(each.text));
    const node = found && this.#nodes.get(found.id);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.focus({ preventScroll: true });
    this.#flash(node);
  }

  #flash(node) {
    node.classList.remove("flash");
    void node.offsetWidth; // so that a second change within the first one's light shines again
    node.classList.add("flash");
  }

  #measured() {
    return this.scroll.scrollHeight - this.scroll.clientHeight;
  }

  bottom(smooth = false) {
    this.#room = this.#measured();
    this.#follows = true;
    this.scroll.scrollTo({ top: this.scroll.scrollHeight, behavior: smooth ? "auto" : "instant" });
    this.#pill(false);
  }

  #pill(show) {
    if (this.newer) this.newer.hidden = !show;
  }
}

const count = (replies) => (replies === 1 ? "1 reply" : `${replies} replies`);

const together = (last, message) =>
  last && last.day === message.day && last.author.handle === message.author.handle &&
  last.private === message.private && last.id !== view.thread &&
  Date.parse(message.at) - Date.parse(last.at) < TOGETHER;

function draw(message, grouped, replies, inThread) {
  // In one's own conversation with the Council everything is private; saying so would be noise.
  const marked = message.private && !message.place.startsWith("@");
  const time = el("time", { datetime: message.at, title: message.day }, message.time);
  const content = el("div.content");
  content.innerHTML = message.html; // made by the server, which escapes; the page's policy allows no script
  const { author } = message;
  const body = el("div.body",
    marked && el("p.only", "Only visible to you"),
    !grouped && el("p.by", el("b", author.name), author.kind === "council" && el("span.app", "app"), time),
    content,
    message.changed && el("p.edited", `(changed ${changedAt(message)})`),
    marked && el("p.links", link("share", "Show in channel"), link("dismiss", "Dismiss")),
    !message.private && !inThread && !message.place.startsWith("@") && thread(message, replies));
  const gutter = el("div.gutter", grouped ? time : avatar(author.name, author.handle));
  const tag = ["div.message", grouped && "grouped", marked && "private"].filter(Boolean).join(".");
  return el(tag, { "data-id": message.id, tabindex: -1 }, gutter, body);
}

const link = (act, label) => el("button.link", { type: "button", "data-act": act }, label);

function thread(message, replies) {
  const to = { href: address(message.place, message.id), "data-thread": message.id };
  if (!replies.length) return el("a.reply.quiet", to, "Reply in thread");
  const last = replies.at(-1);
  const when = last.day === message.day ? `at ${last.time}` : `${last.day}, ${last.time}`;
  const authors = [...new Map(replies.map((each) => [each.author.handle, each.author])).values()];
  const faces = authors.slice(0, 3).map((author) => avatar(author.name, author.handle));
  return el("a.reply", to, ...faces, el("b", count(replies.length)), `last ${when}`);
}

/** The time of the change in the reader's zone; with its day, if that is another one. */
function changedAt({ at, changed }) {
  const day = { weekday: "short", day: "numeric", month: "short" };
  const [from, to] = [at, changed].map((iso) => inZone(new Date(iso), day));
  const time = inZone(new Date(changed), { hour: "2-digit", minute: "2-digit" });
  return from === to ? time : `${to}, ${time}`;
}
