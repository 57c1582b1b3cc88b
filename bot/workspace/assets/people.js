// Who this window is, and who it could be.
import { $, avatar, el, icon } from "./dom.js";
import { store, view } from "./state.js";
import { restart } from "./stream.js";

const list = $("#people");

export function startPeople() {
  store.addEventListener("loaded", show);
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
  addEventListener("popstate", () => {
    const as = new URLSearchParams(location.search).get("as");
    if (as && as !== view.me?.handle) restart();
  });
}

function show() {
  const { me, people } = view;
  const button = $("#who");
  $(".avatar", button).replaceWith(avatar(me.name, me.handle));
  $("b", button).textContent = me.name;
  $(".about", button).textContent = me.about;
  $("ul", list).replaceChildren(...people.map((each) => {
    const href = `?as=${encodeURIComponent(each.handle)}`;
    const mine = each.handle === me.handle;
    const lines = el("span", { class: "who-lines" }, el("b", {}, each.name), el("span", { class: "about" }, each.about));
    const label = `Open a second window as ${each.name}`;
    return el("li", {},
      el("a", { href, "data-as": each.handle, "aria-current": mine && "true" }, avatar(each.name, each.handle), lines),
      el("a", { class: "icon", href, target: "_blank", rel: "noopener", "aria-label": label, title: label }, icon("window")));
  }));
}
