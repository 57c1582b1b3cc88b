"""A council to try: a fresh case waits, the browser opens, and a few lines say what to do."""

import asyncio
import json
import os
import sys
import webbrowser
from contextlib import suppress
from datetime import timedelta

from rich.console import Console

from bot.shell.demo import town
from bot.shell.demo.scene import SENDER, Scene
from bot.shell.demo.story import send
from bot.workspace.routes import routes
from bot.workspace.view import Drawer, Model
from council import integrations


async def invite(console: Console, scene: Scene, *, browse: bool) -> None:
    """Let a fresh case wait, say where to look, and go on until cancelled."""
    service = scene.service

    rounds: set[asyncio.Task[int]] = set()

    def move_clock(length: timedelta) -> None:
        scene.clock.move(length)
        service.courier.wake()
        rounds.add(now := asyncio.create_task(service.jobs.round()))
        now.add_done_callback(rounds.discard)

    drawer = Drawer(integrations.path_of(SENDER), scene.secret, _models())
    service.web.include_router(routes(service.clerk, scene.workspace, drawer, move_clock))
    case = (await send(scene, "feature-drift-firing")).json()["items"][0]["case"]
    await scene.settle()
    scene.clock.run()
    window = f"{scene.http.base_url.join('/workspace')}?as="  # and a handle
    _say_how(console, scene, window, case)
    if browse and _has_desktop():
        with suppress(webbrowser.Error):
            await asyncio.to_thread(webbrowser.open, f"{window}mei")
    await asyncio.Event().wait()


def _models() -> tuple[Model, ...]:
    """Return each model with its initiative, for the drawer that sends alerts."""
    return tuple(
        Model(model, each.key, each.name, each.place)
        for each in town.projects().values()
        for model in each.models
    )


def _has_desktop() -> bool:
    """Whether there is a screen on which a browser can open."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _say_how(console: Console, scene: Scene, window: str, case: str) -> None:
    def show(line: str) -> None:
        console.print(line, soft_wrap=True, markup=False)

    console.print(f"Open {window}mei", style="bold", soft_wrap=True)
    port, wanted = scene.http.base_url.port, scene.service.settings.council_port
    if wanted not in {0, port}:
        show(f"(Port {wanted} is taken, so this council has another one.)")
    show(f"  1. You are Mei Chen: in #churn, {case} waits for you. Press “I have it”.")
    show(f"  2. Be Ana Sol in a second window, {window}ana: the same card has changed.")
    show("  3. “Send a drift alert” posts a real webhook. Let a day pass: who is asked next?")
    show("\nAn alert from a second terminal:")
    show(_curl(scene))
    show("\nA question from a second terminal:")
    show(f"DATABASE_URL={scene.service.settings.database_url} .venv/bin/council say --as mei mine")
    show("\nCtrl-C ends it.")


def _curl(scene: Scene) -> str:
    alert = {
        "status": "firing",
        "labels": {
            "alertname": "LatencyHigh",
            "model": "churn",
            "signal_class": "service",
            "severity": "critical",
        },
        "annotations": {"summary": "p95 of churn is 480 ms", "value": "480", "threshold": "200"},
        "startsAt": scene.clock.now().isoformat(timespec="seconds"),
    }
    return (
        f"curl -X POST {scene.http.base_url.join(integrations.path_of(SENDER))} \\\n"
        f"  -H 'Authorization: Bearer {scene.secret}' \\\n"
        f"  -d '{json.dumps({'alerts': [alert]})}'"
    )
