// The lists on the left, the head of the conversation, and the story's clock.
import { $, el, icon } from "./dom.js";
import { address, inZone, place, store, storyNow, view } from "./state.js";

const narrow = matchMedia("(max-width: 760px)");

export function startPlaces() {
  for (const type of ["loaded", "view", "unread"]) store.addEventListener(type, showLists);
  store.addEventListener("clock", showClock);
  setInterval(showClock, 5000);
  $("#side-open").addEventListener("click", () => slide(true));
  $("#side").addEventListener("click", (event) => {
    if (event.target.closest("a, [data-close], #alert-open")) slide(false);
  });
  $("#app").addEventListener("click", (event) => { if (event.target.id === "app") slide(false); });
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && !$("#people").matches(":popover-open")) slide(false);
  });
  narrow.addEventListener("change", () => slide(false));
}

/** On a narrow screen the lists slide over the conversation, which then cannot be reached. */
export function slide(open) {
  const app = $("#app");
  if (open === app.classList.contains("side-open")) return;
  app.classList.toggle("side-open", open);
  $("#middle").inert = open && narrow.matches;
  (open ? $("#side [data-close]") : $("#side-open")).focus();
}

function showLists() {
  if (!view.me) return;
  const marks = new Map();
  for (const id of view.unread) {
    const message = view.messages.get(id);
    if (!message) continue;
    const mark = marks.get(message.place) ?? { all: 0, calls: 0 };
    mark.all += 1;
    mark.calls += message.mentions_me ? 1 : 0;
    marks.set(message.place, mark);
  }
  const of = (kind) => view.places.filter((each) => each.kind === kind).map((each) => row(each, marks.get(each.id)));
  keepFocus($("#channels"), of("channel"));
  keepFocus($("#direct"), of("direct"));
  const here = place();
  const name = here ? (here.kind === "channel" ? `#${here.name}` : here.name) : "ML council";
  $("#title").textContent = name;
  $("#topic").textContent = here?.topic ?? "";
  $("#side-open .dot").hidden = !view.unread.size;
  document.title = `${view.unread.size ? `(${view.unread.size}) ` : ""}${name} · ML council`;
}

function row(each, mark) {
  const sign = el("span.sign", icon(each.kind === "channel" ? "hash" : "council"));
  const badge = mark?.calls
    ? el("span.badge.calls", String(mark.calls), el("span.sr", " that call you"))
    : mark && el("span.badge", String(mark.all), el("span.sr", " unread"));
  const to = { href: address(each.id), "aria-current": each.id === view.place && "page" };
  return el("li", el(mark ? "a.unread" : "a", to, sign, el("span.name", each.name), badge));
}

function keepFocus(list, rows) {
  const at = [...list.children].findIndex((item) => item.contains(document.activeElement));
  list.replaceChildren(...rows);
  if (at >= 0) $("a", list.children[at] ?? list)?.focus();
}

function showClock() {
  if (!view.me) return;
  const day = inZone(storyNow(), { weekday: "short", day: "numeric", month: "short" });
  const time = inZone(storyNow(), { hour: "2-digit", minute: "2-digit" });
  $("#clock").textContent = `${day}, ${time} · story time`;
}
