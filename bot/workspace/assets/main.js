// The workspace: a chat in the browser in which the council is tried out.
import { Composer } from "./composer.js";
import { $, el, toast } from "./dom.js";
import { fillModels, startDrawer } from "./drawer.js";
import { startForms } from "./forms.js";
import { Log } from "./messages.js";
import { startPeople } from "./people.js";
import { slide, startPlaces } from "./places.js";
import { address, follow, look, messagesOf, place, store, view } from "./state.js";
import { restart } from "./stream.js";

const overlay = matchMedia("(max-width: 1080px)"); // here the panel covers the conversation
const panel = $("#panel");
let drawerOpen = false;
let opener = null; // where the focus returns to

const log = new Log($("#log"), () => messagesOf(view.place), { empty: nothingYet, newer: $("#newer") });
const inThread = () => (view.thread ? messagesOf(view.place, view.thread) : []);
const replies = new Log($("#replies"), inThread, { inThread: true, empty: () => el("p") });
const composer = new Composer($("#composer"), { chips: true });
const threadComposer = new Composer($("#thread-composer"), { thread: () => view.thread });

function nothingYet() {
  const [title, text] = place()?.kind === "direct"
    ? ["Between you and the Council", "Ask it anything that you would type after /council. Nobody else sees this."]
    : ["Nothing has happened here yet", "Cards appear when a model of this channel drifts. You can write, too."];
  return el("div.nothing", el("h2", title), el("p", text));
}

// ── the panel: a thread, or the drawer ───────────────────────────────────────────────────────────

function showPanel() {
  if (view.thread) drawerOpen = false;
  const open = Boolean(view.thread) || drawerOpen;
  const news = panel.hidden === open || panel.dataset.shows !== (view.thread || "drawer");
  panel.hidden = !open;
  panel.dataset.shows = view.thread || "drawer";
  $("#app").classList.toggle("with-panel", open);
  $("#middle").inert = open && overlay.matches;
  $("#thread").hidden = !view.thread;
  $("#drawer").hidden = !drawerOpen;
  $("#panel-title").textContent = view.thread ? "Thread" : "Send a drift alert";
  $("#panel-topic").textContent = view.thread ? $("#title").textContent : "and see what the council does";
  $("#alert-open").setAttribute("aria-expanded", String(drawerOpen));
  if (!news) return;
  if (open) (view.thread && !overlay.matches ? threadComposer.input : $("#panel-title")).focus();
  else if (opener) ($(opener) ?? composer.input).focus();
}

function openDrawer() {
  drawerOpen = true;
  fillModels();
  opener = overlay.matches ? "#alert-open-narrow" : "#alert-open";
  if (view.thread) location.hash = address(view.place);
  showPanel();
}

function closePanel() {
  drawerOpen = false;
  if (view.thread) location.hash = address(view.place);
  else showPanel();
}

function jump(key) {
  if (overlay.matches) closePanel();
  setTimeout(() => log.jump(key)); // when the link has led to the channel
}

// ── what leads where ─────────────────────────────────────────────────────────────────────────────

function welcome(what) {
  if (what === "alert") openDrawer();
  else if (what === "mine") composer.send("/council mine");
  else if (what === "people") {
    slide(overlay.matches);
    $("#people").showPopover();
  } else {
    $("#welcome").hidden = true;
    localStorage.setItem("workspace-welcomed", "yes");
  }
}

document.addEventListener("click", ({ target }) => {
  const thread = target.closest("[data-thread]");
  if (thread) opener = `[data-thread="${thread.dataset.thread}"]`;
  if (target.closest("#alert-open, #alert-open-narrow")) drawerOpen ? closePanel() : openDrawer();
  else if (target.closest("[data-close=panel]")) closePanel();
  else if (target.closest("[data-jump]")) jump(target.closest("[data-jump]").dataset.jump);
  else if (target.closest("[data-try]")) welcome(target.closest("[data-try]").dataset.try);
});
$(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address names places, not parts of the page
  $("#log").focus();
});
panel.addEventListener("keydown", ({ key, defaultPrevented }) => {
  if (key === "Escape" && !defaultPrevented) closePanel();
});
addEventListener("hashchange", () => { if (view.me) follow(); });
document.addEventListener("visibilitychange", () => { if (view.me) look(); });
overlay.addEventListener("change", showPanel);

store.addEventListener("trouble", ({ detail }) => toast(detail));
store.addEventListener("view", () => {
  log.render();
  replies.render();
  showPanel();
});
store.addEventListener("message", ({ detail: { message, before } }) => {
  log.render(message.place === view.place ? message : undefined, before);
  replies.render(message, before);
});
store.addEventListener("gone", ({ detail }) => {
  if (detail.id === view.thread) closePanel();
  log.render();
  replies.render();
});

startPlaces();
startPeople();
startForms();
startDrawer();
$("#welcome").hidden = localStorage.getItem("workspace-welcomed") === "yes";
restart();
