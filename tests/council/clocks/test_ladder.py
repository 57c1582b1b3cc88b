"""Who is asked when nobody answers: those who stand in from the first, then the council lead."""

from collections.abc import Callable

from council.cases.follow import lead_lanes
from council.cases.routing import calling, ladder
from tests.builders import a_person, a_signal
from tests.talk import Talk

HERE = "local:here"
Send = Callable[..., None]


def rungs(talk: Talk) -> list[tuple[str, list[str]]]:
    """Return who would be asked about C-1 one after another, by role."""
    initiative = talk.desk.books.initiatives.by_key("late-order")
    [case] = talk.desk.books.cases.open_of(initiative.id) if initiative else []
    assert initiative
    answers = talk.desk.books.cases.answers(case.id)
    who = calling(talk.desk, initiative, case.signal_class, answers)
    return [
        (rung.role, [each.handle for each in rung.members])
        for rung in ladder(talk.desk, who, case.severity)
    ]


def away(talk: Talk, handle: str, deputy: str) -> None:
    """Have somebody be away from now on, with a deputy who said yes."""
    talk.does(handle, f"away today friday --deputy @{deputy}")
    talk.does(deputy, "accept A-1")


def test_a_deputy_is_asked_from_the_first(talk: Talk, signal: Send) -> None:
    a_person(talk.desk, "tom")
    away(talk, "mei", "tom")
    signal(a_signal())
    assert "Tom" in talk.last(HERE, "case_opened").text


def test_whoever_stands_in_already_is_not_asked_twice(talk: Talk, signal: Send) -> None:
    a_person(talk.desk, "tom")
    away(talk, "mei", "tom")
    signal(a_signal())
    assert rungs(talk) == [("council_lead", ["carla"])]


def test_who_was_asked_by_name_and_went_away_is_stood_in_for_before_the_lead(
    talk: Talk, signal: Send
) -> None:
    a_person(talk.desk, "tom")
    signal(a_signal())
    talk.does("mei", 'decline C-1 @bo "it is the feed"')
    talk.does("ana", 'decline C-1 "it is the feed"')
    away(talk, "bo", "tom")
    assert rungs(talk) == [("deputy", ["tom"]), ("council_lead", ["carla"])]


def test_a_deputy_who_said_not_me_is_not_asked_again(talk: Talk, signal: Send) -> None:
    a_person(talk.desk, "tom")
    signal(a_signal())
    talk.does("mei", 'decline C-1 @bo "it is the feed"')
    away(talk, "bo", "tom")
    talk.does("tom", 'decline C-1 "I am at a fair"')
    assert [role for role, _ in rungs(talk)] == ["council_lead"]


def test_a_lead_who_is_away_is_not_written_to(talk: Talk) -> None:
    a_person(talk.desk, "lea", lead=True)
    a_person(talk.desk, "tom")
    away(talk, "carla", "tom")
    lea = talk.desk.books.people.by_handle("lea")
    assert lea
    assert lead_lanes(talk.desk) == (f"person:{lea.id}",)
