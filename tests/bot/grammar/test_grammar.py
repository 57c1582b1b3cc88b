"""What people type is understood, or refused with what is wrong and how to say it."""

import pytest

from bot.grammar.forms import (
    Ack,
    Assign,
    Close,
    Flag,
    Help,
    ListInitiatives,
    Mine,
    New,
    NotMe,
    ShowCase,
    Simulate,
    Status,
)
from bot.grammar.nouns.who import Who, WhoIs
from bot.grammar.parsing import LONGEST, VERBS, Fault, NotUnderstood, Verb, parse, render
from bot.grammar.verb import Command

HERE = "late-order"
MEI = Assign("late-order", "data scientist", "mei")


def refusal(text: str, here: str | None = None) -> NotUnderstood:
    """Return how `text` is refused."""
    with pytest.raises(NotUnderstood) as refused:
        parse(text, here)
    return refused.value


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_example_is_a_command_of_its_verb(verb: Verb) -> None:
    assert render(parse(verb.example)).split()[0] == verb.name


def test_help_begins_with_the_twelve_in_their_order() -> None:
    shown = [verb.name for verb in VERBS]
    first = [verb.name for verb in VERBS if verb.first]
    daily = ["mine", "status", "who", "new", "assign", "done"]
    rarer = ["move", "handoff", "flag", "ack", "decide", "away"]
    assert shown[: len(first)] == first == daily + rarer


def test_no_word_stands_for_two_verbs() -> None:
    words = [word for verb in VERBS for word in (verb.name, *verb.aliases)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("help", Help()),
        ("help assign", Help("assign")),
        ("help notme", Help("decline")),
        ("mine", Mine()),
        ("list", ListInitiatives()),
        ("list --phase operations", ListInitiatives("operations")),
        ("status", Status()),
        ("status late-order", Status("late-order")),
        ("who late-order", Who("late-order")),
        ("who late-order data scientist", Who("late-order", "data scientist")),
        ("who @mei", WhoIs("mei")),
        ("who me", WhoIs("me")),
        ("case", ShowCase()),
        ("case C-31", ShowCase("C-31")),
        ("ack C-31", Ack("C-31")),
        ("acknowledge C-31", Ack("C-31")),
        ("take C-31", Ack("C-31")),
        ("decline C-31", NotMe("C-31")),
        ("notme C-31", NotMe("C-31")),
        ("not-me C-31", NotMe("C-31")),
        ("return C-31", NotMe("C-31")),
        ("close C-31", Close("C-31")),
        ("resolve C-31 FIXED", Close("C-31", "fixed")),
        ("noise C-31", Close("C-31", "noise")),
        ("simulate late-order accuracy act", Simulate("late-order", "accuracy", "act")),
        ("simulate late-order Data-Drift Watch", Simulate("late-order", "data_drift", "watch")),
        ("simulate late-order data drift act", Simulate("late-order", "data_drift", "act")),
        ('simulate late-order "data drift" act', Simulate("late-order", "data_drift", "act")),
    ],
)
def test_a_command_is_read(text: str, command: Command) -> None:
    assert parse(text) == command


@pytest.mark.parametrize(
    "text",
    ["/council mine", "@Council mine", "@council: mine", "/COUNCIL  Mine ", "\n mine\t", "MINE"],
)
def test_address_letters_of_any_case_and_outer_space_do_not_matter(text: str) -> None:
    assert parse(text) == Mine()


@pytest.mark.parametrize("case", ["C-31", "c-31", "c31", "C31", "31", "#31", "#C-31", "C\u201331"])
def test_a_case_has_many_spellings(case: str) -> None:
    assert parse(f"ack {case}") == Ack("C-31")


def test_every_option_of_new_is_read() -> None:
    text = (
        'new "Late order" --key late-order --playbook lead-support-learn --phase operations'
        " --tier 2 --model late --model later --channel C0LATE"
        ' --question "Will it be late?" --objective "Warn a day before"'
    )
    assert parse(text) == New(
        "Late order",
        "late-order",
        "lead-support-learn",
        "operations",
        2,
        ("late", "later"),
        "C0LATE",
        "Will it be late?",
        "Warn a day before",
    )


def test_a_name_needs_no_quotes() -> None:
    assert parse("new Late order prediction --tier 2") == New("Late order prediction", tier=2)


def test_options_may_stand_before_the_name() -> None:
    assert parse('new --tier 2 "Late order"') == New("Late order", tier=2)


def test_an_option_may_hold_its_value_after_an_equals_sign() -> None:
    assert parse('new Late --question="Is it late?"') == New("Late", question="Is it late?")


@pytest.mark.parametrize("dash", ["--", "\u2014", "\u2013"])
def test_an_autocorrected_dash_begins_an_option(dash: str) -> None:
    assert parse(f'new "Late order" {dash}model late') == New("Late order", models=("late",))


def test_an_option_in_quotes_is_text() -> None:
    assert parse('new "--key"') == New("--key")


def test_a_channel_that_slack_escaped_is_its_id() -> None:
    assert parse("new Late --channel <#C0LATE|late-order>") == New("Late", channel="C0LATE")


def test_a_name_in_quotes_is_followed_by_options_only() -> None:
    refused = refusal('new "Late order" prediction')
    assert (refused.code, refused.value) == (Fault.UNEXPECTED, "prediction")


@pytest.mark.parametrize("tier", ["0", "5", "two", "1.5", "\u00b2"])
def test_a_tier_is_one_of_four(tier: str) -> None:
    refused = refusal(f"new Late --tier {tier}")
    assert (refused.code, refused.argument, refused.value) == ("bad_value", "--tier", tier)
    assert set(refused.nearest) <= {"1", "2", "3", "4"}


@pytest.mark.parametrize("text", ["new", 'new ""', "new --tier 2"])
def test_an_initiative_needs_a_name(text: str) -> None:
    assert (refusal(text).code, refusal(text).argument) == (Fault.MISSING, "name")


def test_a_key_that_is_none_is_refused_with_one_that_would_do() -> None:
    refused = refusal('new "Late order" --key Late_Order')
    assert (refused.code, refused.argument, refused.nearest) == (
        "bad_value",
        "key",
        ("late-order",),
    )


def test_an_option_without_its_value_is_missing_it() -> None:
    assert refusal("new Late --key").argument == "--key"
    assert refusal("new Late --key --tier 2").argument == "--key"
    assert refusal('new Late --model ""').code is Fault.MISSING


def test_an_option_that_does_not_exist_names_the_nearest() -> None:
    refused = refusal("new Late --modle late")
    assert (refused.code, refused.argument) == (Fault.UNEXPECTED, "--modle")
    assert refused.nearest[0] == "--model"


def test_one_dash_is_not_enough() -> None:
    assert refusal("new Late -key late").nearest == ("--key",)


def test_only_models_may_be_given_twice() -> None:
    assert refusal("new Late --tier 1 --tier 2").code is Fault.UNEXPECTED


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ('"Late order"', "Late order"),
        ("'Late order'", "Late order"),
        ("\u201cLate order\u201d", "Late order"),
        ("\u201dLate order\u201d", "Late order"),
        ("\u201eLate order\u201c", "Late order"),
        ("\u2018Late order\u2019", "Late order"),
        ('"the ""late"" order"', 'the "late" order'),
        ('"the \u201clate\u201d order"', "the \u201clate\u201d order"),
        (r'"C:\new\"', "C:\\new\\"),
        ('"  Late order "', "Late order"),
        ("customers' orders", "customers' orders"),
        ("'tis late", "'tis late"),
        ("Late\torder", "Late order"),
        ('"Late\norder"', "Late order"),
        ("La\u202ete or\u0000d\u2066er", "Late order"),
        ("La\ud800te", "Late"),
        ('"\U0001f468\u200d\U0001f469"', "\U0001f468\u200d\U0001f469"),
    ],
)
def test_a_name_comes_out_as_it_was_meant(typed: str, name: str) -> None:
    assert parse(f"new {typed}") == New(name)


def test_a_quote_that_is_never_closed_is_shown() -> None:
    refused = refusal('flag late-order "recall fell')
    assert (refused.code, refused.argument, refused.value) == ("bad_value", "quote", '"recall fell')
    assert refused.example.startswith("flag ")


def test_a_line_of_the_greatest_length_is_read() -> None:
    assert parse("new " + "x" * (LONGEST - 4)) == New("x" * (LONGEST - 4))


def test_a_longer_line_is_refused_without_repeating_it() -> None:
    refused = refusal("new " + "x" * LONGEST)
    assert (refused.code, refused.value) == (Fault.TOO_LONG, str(LONGEST + 4))
    assert len(refused.given) < LONGEST


@pytest.mark.parametrize(
    "text",
    [
        "assign late-order data scientist @mei",
        'assign late-order "data scientist" @mei',
        'assign late-order "data scientist" mei',
        "assign Late-Order data scientist mei",
        "reassign late-order data scientist @mei",
    ],
)
def test_a_role_of_two_words_needs_no_quotes(text: str) -> None:
    assert parse(text) == MEI


@pytest.mark.parametrize(
    ("typed", "handle"),
    [
        ("@mei", "mei"),
        ("mei.lin", "mei.lin"),
        ("<@U123ABC|mei>", "<@U123ABC>"),
        ("<@U123ABC|mei lin>", "<@U123ABC>"),
        ("<@U123ABC>", "<@U123ABC>"),
        ("me", "me"),
        ("@Me", "me"),
        ("@mei@acme.example", "mei@acme.example"),
    ],
)
def test_a_person_has_many_spellings(typed: str, handle: str) -> None:
    assert parse(f"assign late-order sponsor {typed}") == Assign("late-order", "sponsor", handle)


@pytest.mark.parametrize(
    "text",
    [
        "unassign late-order sponsor @mei",
        "assign late-order sponsor @mei --remove",
        "assign --remove late-order sponsor @mei",
        "assign late-order sponsor @mei \u2014remove",
    ],
)
def test_a_role_is_taken_back(text: str) -> None:
    assert parse(text) == Assign("late-order", "sponsor", "mei", remove=True)


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("assign", "key"),
        ("assign late-order", "role"),
        ("assign late-order @mei", "role"),
        ("assign late-order sponsor", "handle"),
        ('assign "data scientist" @mei', "key"),
    ],
)
def test_half_an_assignment_says_what_is_missing(text: str, argument: str) -> None:
    refused = refusal(text)
    assert (refused.code, refused.argument) == (Fault.MISSING, argument)
    assert refused.example == "assign late-order data scientist @mei"


def test_one_person_at_a_time() -> None:
    assert refusal("assign late-order sponsor @mei @bo").value == "@bo"


def test_a_handle_is_not_any_text() -> None:
    assert refusal("assign late-order sponsor @!").argument == "handle"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ('flag late-order "recall fell"', Flag("late-order", "recall fell")),
        ("flag late-order recall fell", Flag("late-order", "recall fell")),
        ('drift late-order accuracy "fell"', Flag("late-order", "fell", "accuracy")),
        ('concern late-order act "fell"', Flag("late-order", "fell", band="act")),
        ('flag late-order accuracy act "fell"', Flag("late-order", "fell", "accuracy", "act")),
        ("flag late-order data drift fell", Flag("late-order", "fell", "data_drift")),
        ('flag late-order "data drift" "fell"', Flag("late-order", "fell", "data_drift")),
        ('flag late-order "accuracy"', Flag("late-order", "accuracy")),
        ('flag late-order data "drift"', Flag("late-order", 'data "drift"')),
        ('flag late-order it said "ok" --now', Flag("late-order", 'it said "ok" --now')),
        ("flag late-order I\u2019m off", Flag("late-order", "I\u2019m off")),
    ],
)
def test_a_flag_is_read(text: str, command: Flag) -> None:
    assert parse(text) == command


def test_a_misspelt_signal_class_names_the_nearest() -> None:
    refused = refusal('flag late-order acuracy "fell"')
    assert (refused.argument, refused.nearest) == ("signal class", ("accuracy",))


@pytest.mark.parametrize("text", ["flag late-order", "flag late-order accuracy", 'flag kk ""'])
def test_a_flag_without_text_is_missing_it(text: str) -> None:
    assert refusal(text).argument == "what"


def test_a_case_is_closed_with_an_outcome_and_a_reason() -> None:
    assert parse("close c31 noise a holiday") == Close("C-31", "noise", "a holiday")


def test_an_outcome_in_quotes_is_a_reason() -> None:
    assert parse('close c31 "noise"') == Close("C-31", reason="noise")


def test_a_reason_needs_no_outcome() -> None:
    assert parse("close c31 it's back") == Close("C-31", reason="it's back")


def test_noise_takes_only_a_reason() -> None:
    assert parse("noise c31 fixed holidays") == Close("C-31", "noise", "fixed holidays")


def test_a_case_is_declined_with_a_reason_as_typed() -> None:
    assert parse('decline c31 I said  "no"') == NotMe("C-31", 'I said  "no"')


@pytest.mark.parametrize("text", ["ack", "decline", "close", "noise"])
def test_a_verb_of_cases_asks_for_the_case(text: str) -> None:
    assert (refusal(text).code, refusal(text).argument) == (Fault.MISSING, "case")


@pytest.mark.parametrize("case", ["late-order", "0", "C-0", "C-x", "\u0663", "H-12"])
def test_what_is_no_case_is_refused(case: str) -> None:
    refused = refusal(f"ack {case}")
    assert (refused.code, refused.argument, refused.value) == (Fault.BAD_VALUE, "case", case)


@pytest.mark.parametrize(
    "text", ["mine all", "list all", "ack C-31 now", "case C-31 now", "help me now", "who @mei now"]
)
def test_words_too_many_are_refused(text: str) -> None:
    assert refusal(text).code is Fault.UNEXPECTED


@pytest.mark.parametrize(
    ("text", "code", "argument"),
    [
        ("simulate", "missing", "key"),
        ("simulate late-order", "missing", "signal class"),
        ("simulate late-order accuracy", "missing", "band"),
        ("simulate late-order acuracy act", "bad_value", "signal class"),
        ("simulate late-order accuracy loud", "bad_value", "band"),
        ("simulate late-order accuracy act now", "unexpected", ""),
        ("simulate late_order accuracy act", "bad_value", "key"),
    ],
)
def test_a_simulation_says_what_is_wrong(text: str, code: str, argument: str) -> None:
    assert (refusal(text).code, refusal(text).argument) == (code, argument)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("status", Status(HERE)),
        ("status churn", Status("churn")),
        ("who", Who(HERE)),
        ("who churn", Who("churn")),
        ("who churn sponsor", Who("churn", "sponsor")),
        ("assign sponsor @mei", Assign(HERE, "sponsor", "mei")),
        ("assign data_scientist @mei", Assign(HERE, "data_scientist", "mei")),
        ('assign "data scientist" @mei', MEI),
        ("assign late-order data scientist @mei", MEI),
        ("assign churn sponsor @mei", Assign("churn", "sponsor", "mei")),
        ('flag "recall fell"', Flag(HERE, "recall fell")),
        ('flag accuracy act "fell"', Flag(HERE, "fell", "accuracy", "act")),
        ('flag act "fell"', Flag(HERE, "fell", band="act")),
        ("flag accuracy fell", Flag(HERE, "fell", "accuracy")),
        ("flag data drift fell", Flag(HERE, "fell", "data_drift")),
        ('flag accuracy "accuracy"', Flag(HERE, "accuracy", "accuracy")),
        ('flag churn accuracy "fell"', Flag("churn", "fell", "accuracy")),
        ('flag cost accuracy "fell"', Flag("cost", "fell", "accuracy")),
        ("flag I'm worried", Flag(HERE, "I'm worried")),
        ("simulate accuracy act", Simulate(HERE, "accuracy", "act")),
        ("simulate data drift act", Simulate(HERE, "data_drift", "act")),
        ("simulate churn accuracy act", Simulate("churn", "accuracy", "act")),
        ("simulate cost accuracy act", Simulate("cost", "accuracy", "act")),
    ],
)
def test_the_place_stands_in_for_the_key(text: str, command: Command) -> None:
    assert parse(text, HERE) == command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("assign data scientist @mei", MEI),
        ("assign data scientist mei", MEI),
        ("who data scientist", Who(HERE, "data scientist")),
        ("assign late-order data scientist @mei", MEI),
        ("assign churn sponsor @mei", Assign("churn", "sponsor", "mei")),
        ("flag recall fell", Flag(HERE, "recall fell")),
        ("flag churn recall fell", Flag("churn", "recall fell")),
    ],
)
def test_known_keys_tell_a_key_from_a_word(text: str, command: Command) -> None:
    assert parse(text, HERE, keys={"churn"}) == command


def test_a_misspelt_key_before_a_quoted_flag_is_not_flagged_here() -> None:
    assert parse('flag chrun "fell"', HERE, keys={"churn"}) == Flag("chrun", "fell")


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("assign", "role"),
        ("assign late-order", "role"),
        ("assign late-order @mei", "role"),
        ("assign sponsor", "handle"),
        ("flag", "what"),
        ("simulate", "signal class"),
        ("simulate accuracy", "band"),
    ],
)
def test_where_the_key_is_known_it_is_not_asked_for(text: str, argument: str) -> None:
    refused = refusal(text, HERE)
    assert (refused.code, refused.argument) == (Fault.MISSING, argument)


def test_without_a_place_the_first_word_is_the_key() -> None:
    assert parse("flag recall fell") == Flag("recall", "fell")


@pytest.mark.parametrize("text", ["", "   ", "/council", "@Council:", "\u202e"])
def test_nothing_is_answered_with_the_way_to_help(text: str) -> None:
    refused = refusal(text)
    assert (refused.code, refused.example) == (Fault.EMPTY, "help assign")


@pytest.mark.parametrize(
    ("typed", "meant"), [("stauts", "status"), ("asign", "assign"), ("reasign", "reassign")]
)
def test_a_misspelt_verb_names_the_nearest(typed: str, meant: str) -> None:
    refused = refusal(f"{typed} late-order")
    assert (refused.code, refused.value) == (Fault.UNKNOWN_VERB, typed)
    assert refused.nearest[0] == meant
    assert refused.example


def test_a_word_like_no_verb_is_answered_with_help() -> None:
    refused = refusal("xyzzy")
    assert (refused.nearest, refused.usage) == ((), "help [verb]")


@pytest.mark.parametrize(
    "verb",
    [
        "agenda",
        "board",
        "digest",
        "find",
        "impact",
        "lesson",
        "model",
        "report",
        "share",
    ],
)
def test_a_verb_to_come_is_refused_with_one_that_is_built(verb: str) -> None:
    refused = refusal(f"{verb} late-order")
    assert (refused.code, refused.value) == (Fault.NOT_BUILT, verb)
    assert parse(f"help {refused.nearest[0]}") == Help(refused.nearest[0])


def test_help_on_a_verb_to_come_says_so_too() -> None:
    assert refusal("help digest").code is Fault.NOT_BUILT


def test_help_on_no_verb_names_the_nearest() -> None:
    assert refusal("help stauts").nearest[0] == "status"


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (Help(), "help"),
        (MEI, 'assign late-order "data scientist" @mei'),
        (Assign("kk", "sponsor", "<@U1>", remove=True), "assign kk sponsor <@U1> --remove"),
        (Flag("kk", 'a "b"', "accuracy", "act"), 'flag kk accuracy act "a ""b"""'),
        (Close("C-1", "noise", "holiday"), 'close C-1 noise "holiday"'),
        (NotMe("C-1"), "decline C-1"),
        (New("A b", models=("m", "--n")), 'new "A b" --model m --model "--n"'),
    ],
)
def test_a_command_is_said_in_one_way(command: Command, text: str) -> None:
    assert render(command) == text


def test_only_commands_can_be_said() -> None:
    with pytest.raises(TypeError):
        render("help")  # type: ignore[arg-type]
