"""The story: three alerts, who hears of them, what is decided, and what becomes of each."""

import json
from dataclasses import dataclass
from datetime import timedelta

import httpx
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.shell.demo import town
from bot.shell.demo.scene import SENDER, Scene
from bot.shell.demo.terminal import Terminal
from bot.text import render
from council import integrations, ledger

_REPEATED = timedelta(minutes=5)
_ANSWERED = timedelta(minutes=7)
_CHOSEN = timedelta(minutes=20)
# Why each of the two who decide chooses to train anew, and what such a choice must state.
_WHY = {"mei": "the campaign brought younger customers", "ana": "the segment is here to stay"}
_STATED = (
    '--hypothesis "younger customers behave differently" --data-window "the last 60 days"'
    ' --expect "recall is back at 0.80" --check "in 3 weeks"'
)


@dataclass
class Teller:
    """Tells the story to a console, as it happens on a scene."""

    console: Console
    scene: Scene

    def __post_init__(self) -> None:
        """Listen from here on."""
        self._terminal = Terminal(self.console)
        self.scene.workspace.watch(self._terminal.hear)

    async def tell(self) -> None:
        """Play the three alerts."""
        self._part("Rui, who answers for the business, asks who looks after the model churn.")
        await self._ask("rui", "who churn")
        drift = await self._acknowledged()
        await self._decided(drift)
        await self._unanswered()
        await self._recovered(drift)
        self._part("What stays: where it stands, and a history that can be verified.")
        await self._ask("carla", "status churn")
        links, faults = await self.scene.service.clerk.read(ledger.verify)
        state = "the chain holds" if not faults else f"{len(faults)} faults"
        self._line(f"ledger: {links} links, {state}")

    async def _acknowledged(self) -> str:
        self._part("1. Two features drift. Alertmanager says so, as it did in a captured run.")
        case = await self._post("feature-drift-firing")
        self._part("It says it again, as it does every few minutes. Nobody is told twice.")
        self.scene.clock.move(_REPEATED)
        await self._post("feature-drift-repeated")
        self._part("Mei presses “I have it”. The case is acknowledged; its clock stops.")
        self.scene.clock.move(_ANSWERED)
        self._line(f"@mei types /council ack {case}")
        await self.scene.do("mei", f"ack {case}")
        await self._listen()
        return case

    async def _decided(self, case: str) -> None:
        self._part("Mei calls those together who must decide.")
        self._line(f"@mei types /council huddle {case}")
        await self.scene.do("mei", f"huddle {case}")
        await self._listen()
        self._part("Each chooses alone; both say the same. Churn goes back, what serves goes on.")
        for handle, why in _WHY.items():
            self.scene.clock.move(_CHOSEN)
            self._line(f'@{handle} types /council decide {case} retrain "{why}" …')
            await self.scene.do(handle, f'decide {case} retrain "{why}" {_STATED}')
        await self._listen()

    async def _unanswered(self) -> None:
        self._part("2. Most columns drift at once. This time nobody answers.")
        case = await self._post("dataset-drift-firing")
        self._part("The clock is moved to the deadline: the case escalates to the council lead.")
        await self.scene.let_time_run_out(case)
        await self._listen()

    async def _recovered(self, case: str) -> None:
        self._part(f"3. The features recover. {case} resolves in place; nothing new is posted.")
        await self._post("feature-drift-resolved")

    async def _post(self, name: str) -> str:
        """Send a captured request, print the answer, and return the case it is about."""
        told = (answered := await send(self.scene, name)).json()
        counts = ", ".join(
            f"{told[word]} {word}"
            for word in ("accepted", "duplicate", "quarantined")
            if told[word]
        )
        self._line(f"POST {integrations.path_of(SENDER)} → {answered.status_code}: {counts}")
        await self._listen()
        return str(told["items"][0]["case"])

    async def _listen(self) -> None:
        """Let everything be said, and print it."""
        await self.scene.settle()
        self._terminal.show()

    async def _ask(self, handle: str, text: str) -> None:
        """Type a question as somebody, and print the private answer."""
        found = await self.scene.do(handle, text)
        head = f"@{handle} types /council {text}"
        said = Text(render(found.card) if found.card else "")
        self.console.print(Panel(said, title=head, title_align="left", style="dim"))

    def _part(self, text: str) -> None:
        """Print what happens next."""
        self.console.print()
        self.console.rule(Text(text, "bold"), align="left", style="dim")

    def _line(self, text: str) -> None:
        """Print a fact in one line."""
        self.console.print(Text(text, "cyan"))


async def send(scene: Scene, name: str) -> httpx.Response:
    """Send a captured request to the front door, byte by byte as it came."""
    return await scene.post(json.loads(town.text(f"requests/{name}.json"))["body_raw"])
