// Who this window is, and who it could be.
import { $, avatar, el, icon } from "./dom.js";
import { address, place, store, view, wanted } from "./state.js";
import { restart } from "./stream.js";

const list = $("#people");

export function startPeople() {
  for (const type of ["loaded", "view"]) store.addEventListener(type, show);
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("a[data-as]");
    // A click with Ctrl, Shift or the middle button opens a window, as with any link.
    if (!chosen || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    list.hidePopover();
    history.pushState(null, "", chosen.href);
    restart();
  });
  list.addEventListener("toggle", (event) => {
    if (event.newState === "open") $("[aria-current]", list)?.focus();
  });
  addEventListener("popstate", () => { if (wanted() !== view.as) restart(); });
}

function show() {
  const { me, people } = view;
  const button = $("#who");
  $(".avatar", button).replaceWith(avatar(me.name, me.handle));
  $("b", button).textContent = me.name;
  $(".about", button).textContent = me.about;
  // Somebody else looks at the same channel; one's own conversation with the Council stays one's own.
  const here = place()?.kind === "channel" ? address(view.place) : "";
  $("ul", list).replaceChildren(...people.map((each) => {
    const href = `?as=${encodeURIComponent(each.handle)}${here}`;
    const mine = each.handle === me.handle;
    const lines = el("span.who-lines", el("b", each.name), el("span.about", each.about));
    const be = { href, "data-as": each.handle, "aria-current": mine && "true" };
    const label = `Open a second window as ${each.name}`;
    const second = { href, target: "_blank", rel: "noopener", "aria-label": label, title: label };
    return el("li", el("a", be, avatar(each.name, each.handle), lines), el("a.icon", second, icon("window")));
  }));
}
