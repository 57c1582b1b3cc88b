"""The three weeks before the demo begins: read from `past.yaml`, and lived through quickly."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.shell.demo import town
from bot.shell.demo.alerts import Alert
from bot.shell.demo.scene import Scene
from bot.workspace.room import Message

# So long a condition holds before its alert goes out.
_HELD = timedelta(minutes=1)

Line = Mapping[str, Any]


def days() -> list[tuple[datetime, Line]]:
    """Return everything that happened, in order; silence ends at a time that the case knows."""
    zone = ZoneInfo(town.ZONE)
    found: list[tuple[datetime, Line]] = []
    moment = datetime.min.replace(tzinfo=UTC)
    for day in town.table("past.yaml"):
        for line in day["then"]:
            if "at" in line:
                at = datetime.fromisoformat(f"{day['day']} {line['at']}")
                moment = at.replace(tzinfo=zone).astimezone(UTC)
            found.append((moment, line))
    return found


@dataclass
class Past:
    """Plays the past on a scene whose clock stands still."""

    scene: Scene
    alerts: dict[str, Alert] = field(default_factory=dict)
    said: dict[str, Message] = field(default_factory=dict)

    async def play(self) -> None:
        """Live through everything, each at its time."""
        kinds: dict[str, Callable[[Line], Awaitable[None]]] = {
            "open": self._open,
            "run": self._run,
            "say": self._say,
            "alert": self._alert,
            "ends": self._ends,
            "silence": self._silence,
        }
        for at, line in days():
            await self.scene.live_until(at)
            (kind,) = kinds.keys() & line.keys()
            await kinds[kind](line)

    async def _open(self, line: Line) -> None:
        for key in line["open"]:
            await self.scene.open(line["by"], key)
        await self.scene.settle()

    async def _run(self, line: Line) -> None:
        await self.scene.do(line["by"], line["run"])
        await self.scene.settle()

    async def _say(self, line: Line) -> None:
        under = line.get("under", "")
        parent = self.said.get(under) or self.scene.cards[under] if under else None
        place, thread = (parent.place, parent.id) if parent else (line["in"], "")
        message = self.scene.workspace.say(line["by"], place, line["say"], thread)
        if "name" in line:
            self.said[line["name"]] = message

    async def _alert(self, line: Line) -> None:
        name = line["alert"]
        known = self.alerts.get(name)
        self.alerts[name] = known.moved(_values(line)) if known else self._new(line)
        await self.scene.post(self.alerts[name].body())
        await self.scene.settle()

    async def _ends(self, line: Line) -> None:
        alert = self.alerts.pop(line["ends"]).moved(_values(line))
        await self.scene.post(alert.body(ended=self.scene.clock.now()))
        await self.scene.settle()

    async def _silence(self, line: Line) -> None:
        await self.scene.let_time_run_out(line["silence"])
        await self.scene.settle()

    def _new(self, line: Line) -> Alert:
        return Alert(
            rule=line["rule"],
            model=line["model"],
            version=line["version"],
            signal_class=line["class"],
            severity=line["severity"],
            metric=line["metric"],
            limit=line["limit"],
            values=_values(line),
            samples=line.get("samples", 0),
            began=self.scene.clock.now() - _HELD,
        )


def _values(line: Line) -> Mapping[str, float]:
    found: Mapping[str, float] = line.get("values") or {"": line["value"]}
    return found
