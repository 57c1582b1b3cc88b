// The drawer in which one plays the monitoring system: cause here, effect in the channel beside it.
import { KINDS, identity, webhook } from "./alerts.js";
import { $, busy, el, toast } from "./dom.js";
import { address, post, store, storyNow, view } from "./state.js";

const form = $("#alert");
const answers = $("#answers");
const foot = $(".drawer-foot");
const FIRST = "prediction_drift"; // of this the demo has no open case, so that a new card appears
const firing = new Map(); // by identity: what was sent last of each alert that has not recovered

export function startDrawer() {
  const radio = (value) => el("input", { type: "radio", name: "kind", value, checked: value === FIRST });
  const kinds = Object.entries(KINDS).map(([kind, { label }]) => el("label", radio(kind), el("span", label)));
  $("#kinds").replaceChildren(...kinds);
  store.addEventListener("loaded", () => fillModels(form.elements.model.value));
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => { event.preventDefault(); fire(); });
  $("#again").addEventListener("click", () => deliver(firing.get(identity(chosen())).body, "again"));
  $("#recover").addEventListener("click", recover);
  $("#copy").addEventListener("click", copy);
  for (const each of document.querySelectorAll("[data-minutes]")) each.addEventListener("click", () => pass(each));
  $(".request").open = !matchMedia("(max-width: 760px)").matches; // on a phone the answers come first
  setKind();
}

/** Offer the models, and aim at one; else, in a model's own channel, at that model. */
export function fillModels(wanted) {
  const select = form.elements.model;
  const { models } = view.drawer;
  select.replaceChildren(...models.map(({ model, name }) => el("option", { value: model }, `${name} · ${model}`)));
  const here = models.find((each) => each.place === view.place) ?? models[0];
  select.value = wanted || here?.model;
  show();
}

function changed({ target }) {
  if (target.name === "kind") setKind();
  if (target.id === "value-range") form.elements.value.value = target.value;
  if (target.id === "value") $("#value-range").value = target.value;
  show();
}

function setKind() {
  const { value, max, step, name, unit, feature } = KINDS[form.elements.kind.value];
  for (const input of [$("#value-range"), $("#value")]) Object.assign(input, { min: 0, max, step, value });
  $("#value-label").textContent = name;
  $("#value-unit").textContent = unit.trim();
  $("#feature-field").hidden = !feature;
  show();
}

function chosen() {
  const { kind, model, feature, value, severity } = Object.fromEntries(new FormData(form));
  return { kind, model: model ?? "", feature: feature.trim(), value: Number(value), severity };
}

const second = (date) => date.toISOString().replace(/\.\d+Z/, "Z");

/** The alert as the form has it; one that fires already keeps its start. */
function drafted() {
  const alert = chosen();
  return webhook({ ...alert, startsAt: firing.get(identity(alert))?.startsAt ?? second(storyNow()) });
}

function show() {
  if (!view.drawer) return;
  const { kind, value } = chosen();
  const { limit, max, unit } = KINDS[kind];
  const over = value > limit;
  $("#limit").textContent = `${over ? "Above" : "Within"} the limit of ${limit}${unit}`;
  $("#limit").classList.toggle("over", over);
  $("#value-range").style.setProperty("--limit", `${(100 * limit) / max}%`);
  const body = drafted();
  $("#path").textContent = view.drawer.path;
  $("#request").replaceChildren(...coloured(JSON.stringify(body, null, 2)));
  $("#curl").textContent = curl(body);
  const fires = firing.has(identity(chosen()));
  $("#again").disabled = $("#recover").disabled = !fires;
}

/** JSON with its names, texts and numbers told apart by colour. */
function* coloured(json) {
  for (const [part, text, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(:?)|[^"]+/g)) {
    if (text === undefined) yield part;
    else yield el(colon ? "span.json-name" : "span.json-text", text), yield colon;
  }
}

function curl(body) {
  const { path, secret } = view.drawer;
  const headers = `-H 'Authorization: Bearer ${secret}' -H 'Content-Type: application/json'`;
  const quoted = JSON.stringify(body).replaceAll("'", "'\\''");
  return `curl -X POST ${location.origin}${path} ${headers} -d '${quoted}'`;
}

async function copy() {
  const copied = navigator.clipboard.writeText($("#curl").textContent);
  await copied.then(() => toast("Copied."), () => toast("The browser does not let this page copy."));
}

async function fire() {
  const alert = chosen();
  const body = drafted();
  if (await deliver(body, "firing")) firing.set(identity(alert), { body, startsAt: body.alerts[0].startsAt });
  show();
}

async function recover() {
  const alert = chosen();
  const { body, startsAt } = firing.get(identity(alert));
  const { severity } = body.alerts[0].labels;
  // A recovery carries the labels that it fired with, and ends after it began even by this second.
  const endsAt = second(new Date(Math.max(storyNow().getTime(), Date.parse(startsAt) + 1000)));
  const value = KINDS[alert.kind].limit / 2;
  const done = await deliver(webhook({ ...alert, severity, value, startsAt, endsAt }), "resolved");
  if (done) {
    firing.delete(identity(alert));
    $("#send").focus(); // the button that was pressed has nothing left to do
  }
  show();
}

/** Post as a monitoring system does: with the sender's secret, at the door that all senders use. */
const deliver = (body, what) => busy(foot, async () => {
  const { path, secret, models } = view.drawer;
  const { model } = body.alerts[0].labels;
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${secret}` };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  const words = ["accepted", "duplicate", "quarantined"].filter((word) => told?.[word]);
  const counts = words.map((word) => `${told[word]} ${word}`);
  const cases = [...new Set((told?.items ?? []).map((each) => each.case).filter(Boolean))];
  const place = models.find((each) => each.model === model)?.place;
  const status = answer ? `${answer.status} ${answer.statusText}`.trim() : "no answer";
  log({ what, summary: body.alerts[0].annotations.summary, status, ok: answer?.ok, counts, cases, place });
  return answer?.ok ?? false;
});

async function pass(button) {
  const minutes = Number(button.dataset.minutes);
  const answer = await busy(button, () => post("clock", { minutes }));
  if (answer?.ok) log({ what: "clock", summary: minutes < 1440 ? "An hour passed" : "A day passed" });
  show();
}

const WORDS = { firing: "firing", again: "again", resolved: "resolved", clock: "time" };

function log({ what, summary, status = "", ok = true, counts = [], cases = [], place = "" }) {
  const here = ok && view.places.find((each) => each.id === place);
  const link = (key) => el("a", { href: address(place), "data-jump": key }, `${key} in #${here.name}`);
  const links = here ? cases.map(link) : [];
  const answer = status && el("span.answer", el(ok ? "b.ok" : "b.failed", status), ` ${counts.join(", ")} `, ...links);
  $(".empty", answers)?.remove();
  answers.prepend(el("li", el(`span.badge.${what}`, WORDS[what]), el("span.summary", summary), answer));
}
