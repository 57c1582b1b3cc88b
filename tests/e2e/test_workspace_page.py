"""The workspace in a real browser, against a real demo: what a newcomer does on the first day."""

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)

from tests.e2e.processes import COUNCIL, PATIENCE, until

pytestmark = pytest.mark.e2e

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ALONE = (  # a browser that speaks to nobody but the page's server
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
WIDE, PHONE = (1440, 900), (390, 844)
NAMED = {"button", "textbox", "combobox", "link", "radio", "slider", "spinbutton", "option", "log"}
MOST_TABS = 60
expect.set_options(timeout=PATIENCE * 1000 / 4)

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a demo that runs in a process of its own, on a free port."""
    log = tmp_path_factory.mktemp("demo") / "demo.log"
    ours = ("COUNCIL_", "SLACK_", "TEAMS_", "DATABASE_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    with log.open("w") as out:
        process = subprocess.Popen(
            [str(COUNCIL), "demo", "--no-browser"],
            env={**kept, "COUNCIL_PORT": "0", "NO_COLOR": "1", "COLUMNS": "200"},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        until("the demo invites", lambda: bool(_invitation(log)) or process.poll() is not None)
        assert process.poll() is None, log.read_text()
        yield _invitation(log)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _invitation(log: Path) -> str:
    found = re.search(r"(http://127\.0\.0\.1:\d+)/workspace\b.*Ctrl-C", log.read_text(), re.DOTALL)
    return found[1] if found else ""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip(f"no browser on this machine: install one of {', '.join(BROWSERS)}")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=list(ALONE))
        yield found
        found.close()


@pytest.fixture
def windows(address: str, browser: Browser) -> Iterator[Open]:
    """Return what opens a window as somebody; at the end nothing was wrong in any of them."""
    wrong: list[str] = []

    def asked(request: Request) -> None:
        if urlsplit(request.url).scheme != "data" and not request.url.startswith(f"{address}/"):
            wrong.append(f"another host: {request.url}")

    def said(message: ConsoleMessage) -> None:
        # A form that is not filled in yet is answered with 422, which a browser notes down.
        of_a_form = message.location["url"].endswith("/workspace/fill")
        if message.type in {"error", "warning"} and not of_a_form:
            wrong.append(f"console: {message.text}")

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("request", asked)
        page.on("console", said)

    def window(handle: str, place: str = "churn", size: tuple[int, int] = WIDE) -> Page:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        context.on("page", watch)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000 / 4)
        page.goto(f"{address}/workspace?as={handle}#/{place}")
        expect(page.locator("#log .message").first).to_be_attached()
        return page

    yield window
    for context in browser.contexts:
        context.close()
    assert not wrong


def fire(page: Page, what: str, model: str = "churn") -> str:
    """Send an alert from the drawer; returns the key of the case that it is in."""
    if page.locator("#drawer").is_hidden():
        page.locator("#alert-open").click()
    sent = page.locator("#answers .badge").count()
    page.get_by_role("combobox", name="Model").select_option(model)
    page.get_by_text(what, exact=True).click()
    page.get_by_role("button", name="Send", exact=True).and_(page.locator("#send")).click()
    expect(page.locator("#answers .badge")).to_have_count(sent + 1)
    expect(page.locator("#answers li").first).to_contain_text("202 Accepted")
    return page.locator("#answers [data-jump]").first.get_attribute("data-jump") or ""


def message_of(page: Page, case: str) -> Locator:
    """Return the message in the channel that is the card of a case."""
    subtitle = page.locator(".subtitle b", has_text=re.compile(rf"^{case}$"))
    return page.locator("#log .message:not(.private)", has=subtitle)


def composer(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Message #")


# ── typing ───────────────────────────────────────────────────────────────────────────────────────


def test_a_command_is_completed_run_and_answered_in_private(windows: Open) -> None:
    mei, rui = windows("mei"), windows("rui")
    composer(mei).press_sequentially("/council stat")
    suggestion = mei.get_by_role("option", name=re.compile("^status"))
    expect(suggestion).to_be_visible()
    mei.keyboard.press("ArrowDown")
    expect(suggestion).to_have_attribute("aria-selected", "true")
    mei.keyboard.press("Enter")
    expect(composer(mei)).to_have_value(re.compile("^/council status ?"))
    mei.keyboard.press("Escape")
    mei.keyboard.press("Enter")
    answer = mei.locator("#log .message.private").last
    expect(answer).to_contain_text("Only visible to you")
    expect(answer.get_by_role("heading", name="Churn early warning")).to_be_visible()
    expect(rui.locator("#log .message.private")).to_have_count(0)


def test_a_private_answer_is_shown_to_all_or_goes_away(windows: Open) -> None:
    mei, rui = windows("mei"), windows("rui")
    before = rui.locator("#log .message").count()
    for act in ("Show in channel", "Dismiss"):
        mei.get_by_role("button", name="/council help").click()
        private = mei.locator("#log .message.private", has_text="What you can type")
        private.get_by_role("button", name=act).click()
        expect(private).to_have_count(0)
    expect(rui.locator("#log .message")).to_have_count(before + 1)
    expect(rui.locator("#log .message").last).to_contain_text("What you can type")


def test_what_was_sent_comes_back_with_the_up_arrow(windows: Open) -> None:
    mei = windows("mei", "ml-council")
    composer(mei).fill("Good morning, all")
    composer(mei).press("Enter")
    expect(mei.locator("#log .message").last).to_contain_text("Good morning, all")
    expect(composer(mei)).to_have_value("")
    composer(mei).press("ArrowUp")
    expect(composer(mei)).to_have_value("Good morning, all")


# ── cards ────────────────────────────────────────────────────────────────────────────────────────


def test_a_press_changes_the_card_in_place_in_the_window_of_another(windows: Open) -> None:
    mei, rui = windows("mei"), windows("rui")
    case = fire(mei, "Latency")
    card = message_of(rui, case)
    expect(card.get_by_role("button", name="I have it")).to_be_visible()
    shown = rui.locator("#log .message").count()
    message_of(mei, case).get_by_role("button", name="I have it").click()
    expect(card).to_contain_text("Mei Chen has it")
    expect(card).to_contain_text("(changed ")
    expect(rui.locator("#log .message")).to_have_count(shown)


def more(card: Locator) -> None:
    """Open what waits under "More" on a card, by the keyboard."""
    card.locator("summary").focus()
    card.page.keyboard.press("Enter")


def test_two_buttons_stand_in_the_row_and_the_rest_waits_under_more(windows: Open) -> None:
    mei = windows("mei")
    card = message_of(mei, fire(mei, "Prediction drift"))
    later = card.get_by_role("button", name="Snooze…")
    expect(later).to_be_hidden()
    more(card)
    expect(later).to_be_visible()
    mei.keyboard.press("Tab")
    expect(card.get_by_role("button", name="Close as noise")).to_be_focused()


def test_a_question_is_asked_before_what_is_hard_to_take_back(windows: Open) -> None:
    mei = windows("mei")
    case = fire(mei, "Data quality")
    more(message_of(mei, case))
    message_of(mei, case).get_by_role("button", name="Close as noise").click()
    question = mei.get_by_role("dialog")
    expect(question).to_contain_text(f"Close {case} as noise?")
    question.get_by_role("button", name="Cancel").click()
    expect(question).to_be_hidden()
    message_of(mei, case).get_by_role("button", name="Close as noise").click()
    question.get_by_role("button", name="Close as noise").click()
    expect(message_of(mei, case)).to_contain_text("Closed by Mei Chen")


def test_a_form_says_what_is_wrong_and_changes_the_card_once_it_is_right(windows: Open) -> None:
    mei = windows("mei")
    case = fire(mei, "Accuracy drop")
    more(message_of(mei, case))
    opener = message_of(mei, case).get_by_role("button", name="Close…")
    opener.click()
    form = mei.get_by_role("dialog")
    form.locator("[type=submit]").click()
    expect(form.locator(".fault:visible")).to_have_count(1)
    expect(form.locator("[aria-invalid=true]")).to_have_accessible_description(re.compile("fill"))
    form.get_by_label("Fixed").check()
    form.get_by_label("Why").fill("the import ran on the old table")
    form.locator("[type=submit]").click()
    expect(form).to_have_count(0)
    expect(message_of(mei, case).locator(".card.tone-good")).to_contain_text("Closed by Mei Chen")


# ── cause and effect ─────────────────────────────────────────────────────────────────────────────


def test_an_alert_becomes_a_card_which_turns_good_when_it_recovers(windows: Open) -> None:
    rui = windows("rui", "return-fraud")
    before = rui.locator("#log .message").count()
    case = fire(rui, "Prediction drift", "return-fraud")
    expect(message_of(rui, case).locator(".card.tone-good")).to_have_count(0)
    rui.get_by_role("button", name="Send it again").click()
    expect(rui.locator("#answers li").first).to_contain_text("1 duplicate")
    rui.get_by_role("button", name="It recovers").click()
    expect(message_of(rui, case).locator(".card.tone-good")).to_contain_text("Recovered by itself")
    expect(rui.locator("#log .message")).to_have_count(before + 1)
    expect(rui.get_by_role("button", name="It recovers")).to_be_disabled()


def test_the_request_that_is_shown_is_the_one_that_is_sent(windows: Open) -> None:
    mei = windows("mei", "demand")
    mei.locator("#alert-open").click()
    mei.get_by_role("combobox", name="Model").select_option("demand-shadow")
    mei.get_by_text("Data drift", exact=True).click()
    mei.get_by_label("Feature").fill("basket's size")
    mei.locator("#value").fill("0.44")
    shown = mei.locator("#request").text_content()
    with mei.expect_request("**/hooks/*") as sent:
        mei.locator("#send").click()
    body = json.loads(sent.value.post_data or "")
    assert body["alerts"][0]["labels"]["feature"] == "basket's size"
    assert body["alerts"][0]["annotations"]["value"] == "0.44"
    assert json.loads(shown or "") == body


def test_when_time_passes_and_nobody_answers_the_next_is_asked(windows: Open) -> None:
    carla = windows("carla", "late-order")
    case = fire(carla, "Prediction drift", "late-order-us")
    carla.get_by_role("button", name="Let a day pass").click()
    expect(message_of(carla, case)).to_contain_text("Nobody answered in time. @Carla Diaz")
    message_of(carla, case).get_by_role("link", name="1 reply").click()
    thread = carla.get_by_role("complementary", name="Thread")
    expect(thread).to_contain_text(f"Nobody has answered {case} in time.")
    carla.keyboard.press("Escape")
    expect(thread).to_be_hidden()


# ── people, places, screens ──────────────────────────────────────────────────────────────────────


def test_the_newest_message_stays_in_view_when_the_panel_opens(windows: Open) -> None:
    mei = windows("mei", "late-order")
    newest = mei.locator("#log .message").last
    expect(newest.locator(".body > :last-child")).to_be_in_viewport()
    mei.locator("#alert-open").click()
    expect(mei.locator("#drawer")).to_be_visible()
    expect(newest.locator(".body > :last-child")).to_be_in_viewport()


def test_who_reads_further_up_is_told_of_what_is_new(windows: Open) -> None:
    mei, rui = windows("mei", "late-order"), windows("rui", "late-order")
    mei.locator("#log .message").first.scroll_into_view_if_needed()
    composer(rui).fill("Has anybody seen this?")
    composer(rui).press("Enter")
    pill = mei.get_by_role("button", name="New messages")
    pill.click()
    expect(mei.locator("#log .message").last).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_a_window_becomes_somebody_else_in_the_same_channel(windows: Open) -> None:
    mei = windows("mei", "demand")
    mei.get_by_role("button", name="You are Mei Chen").click()
    people = mei.get_by_role("dialog", name="Who are you?")
    people.get_by_role("link", name="Rui Costa").first.click()
    expect(mei.get_by_role("button", name="You are Rui Costa")).to_be_visible()
    expect(mei.get_by_role("heading", name="#demand")).to_be_visible()
    expect(mei).to_have_url(re.compile("as=rui"))


def test_back_leads_to_who_the_window_was(windows: Open, address: str) -> None:
    carla = windows("carla", "demand")
    carla.goto(f"{address}/workspace#/demand")
    carla.get_by_role("button", name="You are Carla Diaz").click()
    people = carla.get_by_role("dialog", name="Who are you?")
    people.get_by_role("link", name="Rui Costa").first.click()
    expect(carla.get_by_role("button", name="You are Rui Costa")).to_be_visible()
    carla.go_back()
    expect(carla.get_by_role("button", name="You are Carla Diaz")).to_be_visible()


def test_a_second_window_is_another_person(windows: Open) -> None:
    mei = windows("mei", "demand")
    mei.get_by_role("button", name="You are Mei Chen").click()
    with mei.expect_popup() as opened:
        mei.get_by_role("link", name="Open a second window as Rui Costa").click()
    expect(opened.value.get_by_role("button", name="You are Rui Costa")).to_be_visible()
    expect(mei.get_by_role("button", name="You are Mei Chen")).to_be_visible()


def test_what_happens_elsewhere_is_marked_unread(windows: Open) -> None:
    mei, rui = windows("mei", "churn"), windows("rui", "ml-council")
    composer(mei).fill("@rui, can you look at this?")
    composer(mei).press("Enter")
    mark = rui.locator("#channels").get_by_role("link", name="churn")
    expect(mark).to_contain_text("that call you")
    expect(rui).to_have_title(re.compile(r"^\(\d+\) #ml-council"))
    mark.click()
    expect(mark).not_to_contain_text("that call you")
    expect(rui).to_have_title("#churn · ML council")


def tab_to(target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(MOST_TABS):
        if target.evaluate("node => node === document.activeElement"):
            return
        target.page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {target}")


def test_a_command_is_given_with_the_keyboard_alone(windows: Open) -> None:
    ana = windows("ana")
    ana.keyboard.press("Tab")
    expect(ana.get_by_role("link", name="Skip to the messages")).to_be_focused()
    ana.keyboard.press("Enter")
    expect(ana.locator("#log")).to_be_focused()
    tab_to(composer(ana))
    ana.keyboard.type("/council mi")
    expect(ana.get_by_role("option", name=re.compile("^mine"))).to_be_visible()
    ana.keyboard.press("Tab")
    expect(composer(ana)).to_have_value(re.compile("^/council mine ?$"))
    ana.keyboard.press("Enter")
    private = ana.locator("#log .message.private")
    expect(private).to_have_count(1)
    ana.keyboard.press("Shift+Tab")
    expect(private.get_by_role("button", name="Dismiss")).to_be_focused()
    ana.keyboard.press("Enter")
    expect(private).to_have_count(0)


def test_the_focus_stays_on_a_card_that_a_key_changed(windows: Open) -> None:
    dana = windows("dana", "demand")
    card = message_of(dana, fire(dana, "Latency", "demand-shadow"))
    card.get_by_role("button", name="I have it").focus()
    dana.keyboard.press("Enter")
    expect(card).to_contain_text("Dana Whitfield has it")
    assert card.evaluate("node => node.contains(document.activeElement)")


def test_the_focus_stays_near_what_was_cleared_away(windows: Open) -> None:
    olu = windows("olu", "search-ranking")
    composer(olu).fill("/council help")
    composer(olu).press("Enter")
    private = olu.locator("#log .message.private")
    private.get_by_role("button", name="Dismiss").focus()
    olu.keyboard.press("Enter")
    expect(private).to_have_count(0)
    expect(olu.locator("#log .message").last).to_be_focused()


def test_a_reply_does_not_make_its_card_be_read_again(windows: Open) -> None:
    mei, rui = windows("mei", "return-fraud"), windows("rui", "return-fraud")
    composer(rui).fill("Can somebody explain this?")
    composer(rui).press("Enter")
    words = mei.locator("#log .message", has_text="Can somebody explain this?")
    content = words.locator(".content").element_handle()
    rui.locator("#log .message [data-thread]").last.focus()
    rui.keyboard.press("Enter")
    reply = rui.get_by_role("combobox", name="Reply in the thread")
    reply.fill("I look into it")
    reply.press("Enter")
    expect(words).to_contain_text("1 reply")
    assert content.evaluate("node => node.isConnected")


def test_a_form_does_not_stay_when_the_window_becomes_somebody_else(windows: Open) -> None:
    mei = windows("mei", "demand")
    mei.get_by_role("button", name="You are Mei Chen").click()
    people = mei.get_by_role("dialog", name="Who are you?")
    people.get_by_role("link", name="Rui Costa").first.click()
    expect(mei.get_by_role("button", name="You are Rui Costa")).to_be_visible()
    composer(mei).fill("/council new")
    composer(mei).press("Enter")
    mei.get_by_role("button", name="Fill it in").click()
    expect(mei.locator("dialog.sheet")).to_be_visible()
    mei.go_back()
    expect(mei.get_by_role("button", name="You are Mei Chen")).to_be_visible()
    expect(mei.locator("dialog.sheet")).to_have_count(0)


@pytest.mark.parametrize("place", ["%", "churn/%E0", "nowhere", "churn/m999"])
def test_an_address_that_leads_nowhere_shows_a_channel(windows: Open, place: str) -> None:
    mei = windows("mei", place)
    expect(mei.locator("#offline")).to_be_hidden()
    expect(mei.locator("#panel")).to_be_hidden()


def test_more_windows_open_than_a_browser_has_connections(windows: Open) -> None:
    mei = windows("mei")
    behind = "Object.defineProperty(document, 'hidden', {get: () => !window.seen})"
    mei.context.add_init_script(behind)
    for _ in range(8):
        page = mei.context.new_page()
        page.goto(mei.url)
        expect(page.locator("#log .message").first).to_be_attached()
    first, last = mei.context.pages[1], mei.context.pages[-1]
    before = first.locator("#log .message").count()
    composer(last).fill("Is anybody there?")
    composer(last).press("Enter")
    first.evaluate("window.seen = true; document.dispatchEvent(new Event('visibilitychange'))")
    expect(first.locator("#log .message")).to_have_count(before + 1)


def test_the_drawer_is_opened_and_left_with_the_keyboard_alone(windows: Open) -> None:
    mei = windows("mei")
    opener = mei.locator("#alert-open")
    tab_to(opener)
    mei.keyboard.press("Enter")
    tab_to(mei.get_by_role("combobox", name="Model"))
    tab_to(mei.locator("#send"))
    mei.keyboard.press("Escape")
    expect(mei.locator("#panel")).to_be_hidden()
    expect(opener).to_be_focused()


def test_everything_has_a_name_and_headings_are_in_order(windows: Open) -> None:
    page = windows("mei")
    page.locator("#alert-open").click()
    expect(page.locator("#drawer")).to_be_visible()
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    seen = [node for node in tree if not node.get("ignored") and "role" in node]
    nameless = [
        node["role"]["value"]
        for node in seen
        if node["role"]["value"] in NAMED and not node.get("name", {}).get("value", "").strip()
    ]
    levels = (
        page.locator("h1, h2, h3, h4")
        .filter(visible=True)
        .evaluate_all("found => found.map((each) => Number(each.tagName[1]))")
    )
    assert nameless == []
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_on_a_phone_one_column_holds_everything(windows: Open) -> None:
    phone = windows("mei", size=PHONE)
    expect(composer(phone)).to_be_in_viewport()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    phone.get_by_role("button", name="Channels and people").click()
    phone.get_by_role("link", name="ml-council").click()
    expect(phone.get_by_role("heading", name="#ml-council")).to_be_in_viewport()
    phone.locator("#alert-open-narrow").click()
    expect(phone.locator("#send")).to_be_in_viewport()
    phone.get_by_role("button", name="Close", exact=True).click()
    expect(composer(phone)).to_be_in_viewport()
