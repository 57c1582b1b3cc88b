"""The story: three alerts, who hears of them, and what becomes of each."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files

import httpx
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.commands import Asker, answer
from bot.text import render
from bot.wiring import Service
from council import cases, integrations, ledger, people
from council.desk import Desk

SENDER = "prometheus"
CHANNEL = "ml-council"
# The metric of the second alert speaks of the model's output as a whole.
METRICS = {"drifted_columns_share": "prediction_drift"}
_STAFF = (
    ("ml engineer", "mei"),
    ("data scientist", "ana"),
    ("data engineer", "bo"),
    ("business owner", "rui"),
)
_CHURN = (
    'new "Churn early warning" --key churn --phase operations --tier 2 --model churn '
    '--question "Which customers will leave within 30 days?"'
)
_OTHERS = (
    'new "Late-order predictor" --key late-order --phase development --tier 3',
    'new "Returns forecast" --key returns --phase "data prep" --tier 4',
)


@dataclass
class Teller:
    """Tells the story to a console, with a service that runs and a clock that can be moved."""

    console: Console
    service: Service
    address: str
    settle: Callable[[], Awaitable[None]]
    move_clock: Callable[[timedelta], None]
    secret: str = ""

    async def set_up(self) -> None:
        """Make the council's people, initiatives and sender."""
        clerk = self.service.clerk
        table = (files("bot.shell.demo") / "people.csv").read_text()
        await clerk.write(people.import_csv, table)
        for line in (_CHURN, *_OTHERS):
            await self._run("carla", line)
        for role, handle in _STAFF:
            await self._run(handle, f"assign churn {role} @{handle}", by="carla")
        self.secret = await clerk.write(integrations.add, "demo", "alertmanager", SENDER, METRICS)

    async def tell(self) -> None:
        """Play the three alerts."""
        self.part("A council of five looks after the model churn, which is in operations.")
        await self.say("rui", "who churn")
        await self._acknowledged()
        await self._unanswered()
        await self._recovered()
        self.part("What stays: where it stands, and a history that can be verified.")
        await self.say("carla", "status churn")
        links, faults = await self.service.clerk.read(ledger.verify)
        state = "the chain holds" if not faults else f"{len(faults)} faults"
        self.line(f"ledger: {links} links, {state}")

    async def _acknowledged(self) -> None:
        self.part("1. Two features drift. Alertmanager says so, as it did in a captured run.")
        await self.post("feature-drift-firing")
        self.part("It says it again, as it does every few minutes. Nobody is told twice.")
        await self.post("feature-drift-repeated")
        self.part("Mei presses “I have it”. The case is acknowledged; its clock stops.")
        self.line("@mei types /council ack C-1")
        await self._run("mei", "ack C-1")
        await self.settle()

    async def _unanswered(self) -> None:
        self.part("2. Most columns drift at once. This time nobody answers.")
        await self.post("dataset-drift-firing")
        view = await self.service.clerk.read(cases.view, "C-2")
        if view.acknowledge_by:
            late = view.acknowledge_by - self.service.clerk.means.clock.now()
            self.move_clock(late + timedelta(minutes=1))
        self.part("The clock is moved to the deadline: the case escalates to the council lead.")
        await self.service.jobs.round()
        await self.settle()

    async def _recovered(self) -> None:
        self.part("3. The features recover. The card resolves in place; nothing new is posted.")
        await self.post("feature-drift-resolved")

    async def post(self, name: str) -> None:
        """Send a captured request to the front door, as its sender did."""
        request = json.loads((files("bot.shell.demo") / f"requests/{name}.json").read_text())
        async with httpx.AsyncClient() as client:
            answered = await client.post(
                f"{self.address}{integrations.path_of(SENDER)}",
                content=request["body_raw"],
                headers={"Authorization": f"Bearer {self.secret}"},
            )
        told = answered.json()
        counts = ", ".join(
            f"{told[word]} {word}"
            for word in ("accepted", "duplicate", "quarantined")
            if told[word]
        )
        self.line(f"POST {integrations.path_of(SENDER)} → {answered.status_code}: {counts}")
        await self.settle()

    async def say(self, handle: str, text: str) -> None:
        """Type a command as somebody, and print the private answer."""
        card = await self._run(handle, text)
        head = f"@{handle} types /council {text}"
        self.console.print(Panel(Text(card), title=head, title_align="left", style="dim"))

    async def _run(self, handle: str, text: str, by: str = "") -> str:
        person = await self.service.clerk.read(_id_of, by or handle)
        found = await answer(self.service.clerk, Asker(person), text)
        return render(found.card) if found.card else ""

    def part(self, text: str) -> None:
        """Print what happens next."""
        self.console.print()
        self.console.rule(Text(text, "bold"), align="left", style="dim")

    def line(self, text: str) -> None:
        """Print a fact in one line."""
        self.console.print(Text(text, "cyan"))


def _id_of(desk: Desk, handle: str) -> str:
    return people.find(desk, handle).id
