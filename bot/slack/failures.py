"""Slack's own words for what went wrong, mapped to what the courier can do about it."""

from collections.abc import Mapping

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.messenger import DeliveryError, Failure

_TOO_MANY, _SERVER = 429, 500
_WORDS: Mapping[Failure, str] = {
    Failure.RATE_LIMITED: "ratelimited rate_limited message_limit_exceeded",
    Failure.AUTH: (
        "access_denied account_inactive ekm_access_denied enterprise_is_restricted invalid_auth "
        "missing_scope no_permission not_allowed_token_type not_authed org_login_required "
        "team_access_not_granted token_expired token_revoked two_factor_setup_required"
    ),
    # The place, the person or the message is out of reach for this bot, whoever tries.
    Failure.GONE: (
        "cannot_dm_bot cannot_reply_to_message cant_dm_bot cant_update_message "
        "channel_is_limited_access channel_not_found edit_window_closed expired_url "
        "is_archived is_inactive message_not_found messages_tab_disabled "
        "method_not_supported_for_channel_type not_in_channel restricted_action "
        "restricted_action_non_threadable_channel restricted_action_read_only_channel "
        "restricted_action_thread_locked restricted_action_thread_only_channel "
        "team_not_found thread_not_found used_url user_disabled user_not_found "
        "user_not_visible users_not_found"
    ),
    Failure.INVALID: (
        "as_user_not_supported block_mismatch invalid_arg_name invalid_arguments "
        "invalid_array_arg invalid_attachments invalid_blocks invalid_blocks_format "
        "invalid_charset invalid_form_data invalid_json invalid_metadata_format "
        "invalid_metadata_schema invalid_payload invalid_post_type json_not_object "
        "markdown_text_conflict metadata_must_be_sent_from_app metadata_too_large "
        "missing_post_type msg_blocks_too_long msg_too_long no_text too_many_attachments "
        "unknown_method"
    ),
    Failure.UNAVAILABLE: (
        "accesslimited external_channel_migrating fatal_error internal_error request_timeout "
        "service_unavailable team_added_to_org update_failed"
    ),
}
_FAILURES = {word: failure for failure, words in _WORDS.items() for word in words.split()}


def failure(word: str) -> Failure:
    """Return what one of Slack's error codes means.

    An unknown one counts as unavailable: trying again costs a few calls and ends in a dead letter
    that an operator sees, giving up at once would lose what may have been a passing trouble.
    """
    return _FAILURES.get(word, Failure.UNAVAILABLE)


def delivery_error(error: Exception) -> DeliveryError:
    """Return what any exception of a call to Slack means for the courier."""
    if isinstance(error, DeliveryError):
        return error
    if not isinstance(error, SlackApiError):
        return DeliveryError(Failure.UNAVAILABLE, type(error).__name__)
    response = error.response
    # When Slack's answer is no JSON, slack_sdk hands over aiohttp's response instead of its own.
    if isinstance(response, aiohttp.ClientResponse):
        return http_error(response.status, response.headers, "not JSON")
    data = getattr(response, "data", None)
    word = str(data.get("error") or "") if isinstance(data, dict) else ""
    return http_error(
        getattr(response, "status_code", _SERVER), getattr(response, "headers", {}), word
    )


def http_error(status: int, headers: Mapping[str, str], word: str) -> DeliveryError:
    """Return what a status, and Slack's word if it gave one, mean."""
    detail = word or f"HTTP {status}"
    if status == _TOO_MANY or failure(word) is Failure.RATE_LIMITED:
        return DeliveryError(Failure.RATE_LIMITED, word or "ratelimited", _pause(headers))
    if status >= _SERVER:
        return DeliveryError(Failure.UNAVAILABLE, detail)
    return DeliveryError(failure(word), detail)


def hook_error(status: int, headers: Mapping[str, str], said: str) -> DeliveryError:
    """Return what the refusal of a private answer means; a used-up address never comes back."""
    found = http_error(status, headers, said.strip()[:80])
    if status < _SERVER and found.failure is Failure.UNAVAILABLE:
        return DeliveryError(Failure.GONE, found.detail)
    return found


def _pause(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that Slack asks to wait; header names have no case."""
    given = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return float(given) if given.isdecimal() else None
