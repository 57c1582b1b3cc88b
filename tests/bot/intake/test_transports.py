"""Who sent this: what is read from a header, and which secrets are live."""

import base64

import pytest
from starlette.datastructures import Headers

from bot.intake.transports import Presented, hash_secret, matches, presented


def basic(text: str | bytes) -> dict[str, str]:
    raw = text.encode() if isinstance(text, str) else text
    return {"Authorization": "Basic " + base64.b64encode(raw).decode()}


def test_a_bearer_token_is_a_secret_without_a_name() -> None:
    assert presented({"Authorization": "Bearer tok-123"}) == Presented(None, "tok-123")


def test_basic_credentials_are_a_name_and_a_secret() -> None:
    assert presented(basic("council:s3cret-basic")) == Presented("council", "s3cret-basic")


def test_the_scheme_may_be_written_in_any_case() -> None:
    assert presented({"Authorization": "bEARER tok-123"}) == Presented(None, "tok-123")


def test_the_headers_of_a_request_are_read() -> None:
    headers = Headers({"AUTHORIZATION": "Bearer tok-123"})
    assert presented(headers) == Presented(None, "tok-123")


def test_a_secret_may_hold_colons() -> None:
    assert presented(basic("council:a:b")) == Presented("council", "a:b")


def test_an_empty_user_is_no_name() -> None:
    assert presented(basic(":s3cret")) == Presented(None, "s3cret")


def test_a_secret_may_be_other_than_ascii() -> None:
    assert presented(basic("council:pässwörd")) == Presented("council", "pässwörd")


def test_a_bearer_token_sent_as_utf8_is_read_as_the_sender_meant_it() -> None:
    as_servers_give_it = "schlüssel".encode().decode("latin-1")
    headers = {"authorization": f"Bearer {as_servers_give_it}"}
    assert presented(headers) == Presented(None, "schlüssel")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic",
        "Basic !!!!",
        "Basic YQ",
        "Basic 密碼",
        "Bearer \udcff",
        "Bearer \xff",
        "Digest username=x",
        "tok-123",
    ],
)
def test_what_cannot_be_read_presents_nothing(header: str) -> None:
    assert presented({"Authorization": header}) is None


def test_a_request_without_the_header_presents_nothing() -> None:
    assert presented({}) is None


def test_basic_credentials_without_a_colon_present_nothing() -> None:
    assert presented(basic("council")) is None


def test_basic_credentials_without_a_secret_present_nothing() -> None:
    assert presented(basic("council:")) is None


def test_basic_credentials_that_are_not_utf8_present_nothing() -> None:
    assert presented(basic(b"council:\xff\xfe")) is None


def test_a_name_must_be_that_of_the_integration() -> None:
    assert not Presented("another", "s3cret").is_for("council")


def test_a_secret_without_a_name_may_be_for_any_integration() -> None:
    assert Presented(None, "s3cret").is_for("council")


def test_the_secret_is_not_shown_when_printed() -> None:
    assert "s3cret" not in repr(Presented("council", "s3cret"))


@pytest.mark.parametrize("secret", ["old", "new"])
def test_both_secrets_live_during_a_rotation(secret: str) -> None:
    assert matches(secret, [hash_secret("old"), hash_secret("new")])


def test_another_secret_does_not_match() -> None:
    assert not matches("stolen", [hash_secret("old"), hash_secret("new")])


def test_nothing_matches_when_no_secret_lives() -> None:
    assert not matches("old", [])


def test_the_hash_itself_is_no_secret() -> None:
    assert not matches(hash_secret("old"), [hash_secret("old")])


def test_every_live_secret_is_compared_even_after_a_match(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[bytes] = []

    def compare(_given: bytes, known: bytes) -> bool:
        compared.append(known)
        return True

    monkeypatch.setattr("bot.intake.transports.hmac.compare_digest", compare)
    matches("old", ["a", "b"])
    assert compared == [b"a", b"b"]


def test_a_secret_is_kept_as_its_sha256() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert hash_secret("") == empty
