// Live: what happens elsewhere arrives here. The browser resumes by itself where it was cut off.
import { $ } from "./dom.js";
import { drop, load, put, setClock, view } from "./state.js";

const AGAIN = 2000;
let source = null;

// A browser opens six connections to one server, and each window's stream keeps one. So, of many
// windows, those that nobody looks at let go; they catch up as soon as they are seen.
const MANY = 5;
const windows = new BroadcastChannel("workspace");
navigator.locks.request("window", { mode: "shared" }, () => new Promise(() => {})); // so they are counted
windows.addEventListener("message", async () => {
  const { held } = await navigator.locks.query();
  if (document.hidden && held.length >= MANY) source?.close();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && source?.readyState === EventSource.CLOSED) restart();
});

export function listen() {
  source?.close();
  const query = new URLSearchParams({ as: view.me.handle, after: view.event });
  source = new EventSource(`/workspace/events?${query}`);
  const on = (type, act) => source.addEventListener(type, (event) => act(event.data ? JSON.parse(event.data) : {}));
  on("message", put);
  on("gone", ({ id }) => drop(id));
  on("clock", ({ now }) => setClock(now));
  on("reload", restart);
  source.addEventListener("open", () => { offline(false); windows.postMessage("opened"); });
  source.addEventListener("error", () => {
    offline(true);
    // Refused rather than cut off: the browser has given up, so begin anew.
    if (source.readyState === EventSource.CLOSED) setTimeout(restart, AGAIN);
  });
}

/** Everything anew, again and again until it works. */
export async function restart() {
  source?.close();
  try {
    await load();
    listen();
  } catch {
    offline(true);
    setTimeout(restart, AGAIN);
  }
}

const offline = (is) => { $("#offline").hidden = !is; };
