"""What people may say about the life of an initiative, right or not."""

from typing import Any

from hypothesis import strategies as st

from council.playbook import Playbook

KEY, NAME, MODEL = "late-order", "Late order predictor", "churn"
SECRET, HUSHED = "secret", "Hushed forecast"
LEAD, HATS, STRANGER = "carla", "hats", "eve"
PLAYBOOKS = (
    "lead-support-learn",
    "who-does-this-concern",
    "production-handoff",
    "three-personas",
    "six-specialists",
)
CLASSES = ("data_drift", "accuracy", "service", "data_quality", "cost")
FIELDS = (
    '--hypothesis "it moved" --data-window "2026" --expect "better" --check 2027-03-01'
    f' --owner {LEAD} --features "a, b" --sources "the feed" --target-version 6'
    f' --fallback "the rule" --next-check 2027-01-04 --replacement "none" --approved-by {LEAD}'
)
WORDS = st.sampled_from(['"the feed is odd"', '"we do not know yet"', "other", '"<!channel> *x*"'])
NUMBERS = st.integers(1, 3)


def lines(playbook: Playbook, crew: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Return lines about this life, most of which somebody may say at some time."""
    roles = st.sampled_from(sorted(playbook.roles))
    who = st.sampled_from(crew)
    key = st.sampled_from([KEY, KEY, KEY, SECRET])
    items = st.sampled_from(["exit:o1", "entry:in1", "exit:o2", "1", "2", "nothing"])
    ways = st.sampled_from(["forward", "back", "again", "end", "withdraw", *playbook.transitions])
    packets = st.sampled_from([*playbook.handoffs, "nothing"]) if playbook.handoffs else WORDS
    decisions = st.sampled_from(sorted(playbook.decisions))
    others = st.sampled_from(PLAYBOOKS)

    def said(template: str, *parts: Any) -> st.SearchStrategy[str]:
        return st.builds(template.format, *parts)

    return st.one_of(
        said("status {}", key),
        said("who {}", key),
        said("case C-{}", NUMBERS),
        said("ack C-{}", NUMBERS),
        said("decline C-{} {}", NUMBERS, WORDS),
        said("close C-{} {}", NUMBERS, st.sampled_from(["noise", "fixed", "expected"])),
        said("flag {} {} act {}", key, st.sampled_from(CLASSES), WORDS),
        said("assign {} {} @{}", key, roles, who),
        said("assign {} {} @{} --remove", key, roles, who),
        said("move {}", key),
        said("move {} {}", key, ways),
        said("move {} {}", key, st.sampled_from(["forward", "back", "end", "forward"])),
        said("accept M-{}", NUMBERS),
        said("decline M-{} {}", NUMBERS, WORDS),
        said("done {} {}", key, items),
        said("done {} {} --undo", key, items),
        said("handoff {} {}", key, packets),
        said("handoff H-{} {} {}", NUMBERS, NUMBERS, WORDS),
        said("handoff H-{} {}", NUMBERS, st.sampled_from(["offer", "offer --anyway", "withdraw"])),
        said("accept H-{}", NUMBERS),
        said('accept H-{} --condition "p95 under 80 ms @{}"', NUMBERS, who),
        said("decline H-{} {}", NUMBERS, st.sampled_from(["missing_item", "other not yet"])),
        said("done H-{} 1", NUMBERS),
        said("huddle C-{}", NUMBERS),
        said("huddle {} {}", key, WORDS),
        said("huddle R-{} cancel", NUMBERS),
        said("decide R-{} {} {} " + FIELDS, NUMBERS, decisions, WORDS),
        said("decide R-{} keep_watching {} --next-check 2027-01-04", NUMBERS, WORDS),
        said("outcome D-{} {}", NUMBERS, st.sampled_from(["worked", "partly", "cannot_tell"])),
        said("accept D-{}", NUMBERS),
        said("decline D-{} {}", NUMBERS, WORDS),
        said('done V-{} --note "look earlier"', NUMBERS),
        st.sampled_from(["away", "away back", "away today", "mine", "undo", "undo", "help"]),
        said("away --deputy @{}", who),
        said("accept A-{}", NUMBERS),
        said("decline A-{}", NUMBERS),
        said("snooze C-{} tomorrow {} --yes", NUMBERS, WORDS),
        said("snooze {} tomorrow --about data_drift --yes", key),
        said("pause {} {}", key, WORDS),
        said("resume {}", key),
        said("live {}", key),
        said("edit {} --tier {}", key, st.integers(1, 4)),
        said("edit {} {}", key, st.sampled_from(["--private", "--public"])),
        said("archive {} {}", key, WORDS),
        said("archive {} --undo", key),
        said("playbook {}", key),
        said("playbook {} {}", key, others),
        said("playbook {} {} --yes", key, others),
    )
