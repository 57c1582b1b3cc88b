from bot.shell.say import line
from tests.bot.shell.conftest import Shell, read


def test_what_is_done_exits_with_0(crew: Shell) -> None:
    assert crew("say", "--as", "mei", "status late-order").exit_code == 0


def test_what_is_refused_exits_with_1(crew: Shell) -> None:
    assert crew("say", "--as", "mei", "status no-such-thing").exit_code == 1


def test_what_is_not_understood_exits_with_2(crew: Shell) -> None:
    assert crew("say", "--as", "mei", "stauts late-order").exit_code == 2


def test_the_card_is_printed_as_text(crew: Shell) -> None:
    assert "Mei" in crew("say", "--as", "mei", "who late-order").stdout


def test_the_card_has_no_frame_in_a_pipe(crew: Shell) -> None:
    assert "│" not in crew("say", "--as", "mei", "status late-order").stdout


def test_a_button_is_what_to_type_in_the_shell(crew: Shell) -> None:
    flag = crew("say", "--as", "mei", 'flag late-order accuracy act "recall fell"')
    assert "→ council say --as mei ack C-1" in flag.stdout


def test_json_holds_the_outcome_and_the_card(crew: Shell) -> None:
    found = read(crew("say", "--as", "mei", "mine", "--json"))
    assert found.keys() == {"outcome", "card"}
    assert found["card"].keys() == {"title", "text", "buttons"}


def test_json_tells_how_it_ended(crew: Shell) -> None:
    assert read(crew("say", "--as", "mei", "xyzzy", "--json"))["outcome"] == "not_understood"


def test_json_holds_the_commands_of_buttons(crew: Shell) -> None:
    found = read(crew("say", "--as", "mei", 'flag late-order "odd"', "--json"))
    assert {"label", "command"} == found["card"]["buttons"][0].keys()


def test_an_unknown_person_is_refused_with_near_handles(crew: Shell) -> None:
    result = crew("say", "--as", "mie", "mine", "--json")
    assert (result.exit_code, read(result)["outcome"]) == (1, "refused")
    assert "Did you mean mei?" in read(result)["card"]["text"]


def test_words_may_come_without_quotation_marks(crew: Shell) -> None:
    assert crew("say", "--as", "mei", "status", "late-order").exit_code == 0


def test_options_of_the_verb_are_left_to_the_verb(crew: Shell) -> None:
    result = crew("say", "--as", "mei", "new", "Churn two", "--tier", "2", "--key", "churn-2")
    assert (result.exit_code, "churn-2" in result.stdout) == (0, True)


def test_a_word_with_spaces_is_quoted_again() -> None:
    assert line(["new", "Late orders", "--tier", "2"]) == 'new "Late orders" --tier 2'


def test_a_single_word_is_left_as_it_came() -> None:
    assert line(['flag late-order "it is odd"']) == 'flag late-order "it is odd"'


def test_the_key_may_be_left_out_in_the_channel_of_an_initiative(crew: Shell) -> None:
    opened = crew("say", "--as", "carla", 'new "Fraud" --key fraud --channel C0FRAUD')
    assert opened.exit_code == 0
    assert "fraud" in crew("say", "--as", "carla", "--in", "C0FRAUD", "status").stdout.lower()


def test_notices_wait_in_the_outbox_for_the_server(crew: Shell) -> None:
    crew("say", "--as", "mei", 'flag late-order accuracy act "recall fell"')
    kinds = {(one["subject"][:4], one["state"]) for one in read(crew("outbox", "list", "--json"))}
    assert ("case", "pending") in kinds
