// What this window knows: the workspace as one person sees it. The server says, this remembers.

/** Tells who listens: "loaded", "message", "gone", "clock", "view", "unread", "trouble". */
export const store = new EventTarget();
export const view = {
  as: "", me: null, people: [], places: [], messages: new Map(), drawer: null, event: 0,
  place: "", thread: "", unread: new Set(),
};
let behind = 0; // milliseconds from this machine's clock to the story's

export const tell = (type, detail) => store.dispatchEvent(new CustomEvent(type, { detail }));
export const storyNow = () => new Date(Date.now() + behind);
/** A moment as this person's calendar and clock have it. */
export const inZone = (date, parts) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: view.me.zone, ...parts }).format(date).replace(",", "");
export const place = (id = view.place) => view.places.find((each) => each.id === id);
export const order = (id) => Number(id.slice(1));
export const address = (id, thread = "") => `#/${[id, thread].filter(Boolean).map(encodeURIComponent).join("/")}`;

/** Messages of a place, or of a thread under its first message, oldest first. */
export function messagesOf(id, thread = "") {
  const found = [...view.messages.values()].filter((each) =>
    thread ? each.id === thread || each.thread === thread : each.place === id && !each.thread);
  return found.sort((one, other) => order(one.id) - order(other.id));
}

export const repliesTo = (id) => [...view.messages.values()].filter((each) => each.thread === id);

/** Whom the address names; nobody is the council lead. */
export const wanted = () => new URLSearchParams(location.search).get("as") ?? "";

/** Ask for everything anew: at the start, for another person, or when the stream lost its thread. */
export async function load() {
  const as = wanted();
  const answer = await fetch(`/workspace/state?as=${encodeURIComponent(as)}`);
  if (answer.status === 422 && as) {
    history.replaceState(null, "", location.pathname + location.hash);
    return load();
  }
  if (!answer.ok) throw new Error(`the workspace answers ${answer.status}`);
  const told = await answer.json();
  if (as !== wanted()) return load(); // the window became somebody else meanwhile
  const { me, people, places, drawer, event } = told;
  Object.assign(view, { as, me, people, places, drawer, event });
  view.messages = new Map(told.messages.map((each) => [each.id, each]));
  setClock(told.now);
  recallUnread();
  tell("loaded");
  follow();
}

export function setClock(now) {
  behind = Date.parse(now) - Date.now();
  tell("clock");
}

/** A new message, or one that changed. */
export function put(message) {
  const before = view.messages.get(message.id);
  if (!view.places.some((each) => each.id === message.place)) {
    view.places.push({ id: message.place, kind: "channel", name: message.place, topic: "" });
    tell("loaded");
  }
  view.messages.set(message.id, message);
  if (!before && message.author.handle !== view.me.handle && !seen(message)) view.unread.add(message.id);
  tell("message", { message, before });
  rememberUnread();
}

export function drop(id) {
  view.messages.delete(id);
  view.unread.delete(id);
  tell("gone", { id });
  rememberUnread();
}

// ── where we are: the address says it, so that links, "back" and a second window just work ──────

export function follow() {
  const [id = "", thread = ""] = location.hash.replace(/^#\/?/, "").split("/").map(decoded);
  const known = place(id) ?? view.places[0];
  view.place = known?.id ?? "";
  view.thread = view.messages.get(thread)?.place === view.place ? thread : "";
  tell("view");
  look();
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return ""; // typed or cut off by somebody
  }
}

/** What is on the screen has been read. */
export function look() {
  if (document.hidden) return;
  for (const id of view.unread) if (view.messages.get(id)?.place === view.place) view.unread.delete(id);
  rememberUnread();
}

const seen = (message) => message.place === view.place && !document.hidden;

const kept = new Map(); // what each person has not read, while the window is another one
const latest = () => Math.max(0, ...[...view.messages.keys()].map(order));

function rememberUnread() {
  kept.set(view.me.handle, { last: latest(), ids: view.unread });
  tell("unread");
}

function recallUnread() {
  const { last = Infinity, ids } = kept.get(view.me.handle) ?? {};
  // Whoever comes for the first time (or to a demo that began afresh) finds marked what calls them.
  const isNew = last <= latest()
    ? (each) => ids.has(each.id) || order(each.id) > last
    : (each) => each.mentions_me && ["bad", "warn"].includes(each.tone);
  const others = [...view.messages.values()].filter((each) => each.author.handle !== view.me.handle);
  view.unread = new Set(others.filter(isNew).map((each) => each.id));
}

/**
 * Post JSON; returns whether it was taken, and what was answered. Other trouble than faults is told.
 * A message that comes of it arrives by the stream alone: only there is it in order with what follows.
 */
export async function post(what, body) {
  try {
    const answer = await fetch(`/workspace/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok && !told.faults) tell("trouble", `That did not work (${answer.status}): it may have changed.`);
    return { ok: answer.ok, told };
  } catch {
    tell("trouble", "The council cannot be reached; nothing was sent.");
    return { ok: false, told: {} };
  }
}
