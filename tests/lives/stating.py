"""What a decision must state, as a person would type it."""

from council.desk import Desk

_OPTIONS = {
    "hypothesis": ("--hypothesis", "the model has never seen such baskets"),
    "data_window": ("--data-window", "September to November"),
    "features": ("--features", "basket_size"),
    "sources": ("--sources", "the new checkout"),
    "target_version": ("--target-version", "6"),
    "fallback": ("--fallback", "the rules of thumb"),
    "owner": ("--owner", ""),
    "replacement_or_none": ("--replacement", "none"),
    "approval_sponsor": ("--approved-by", ""),
    "expected_effect": ("--expect", "MAE back under 6 minutes"),
    "effect_check_date": ("--check", "in 6 weeks"),
    "next_check": ("--next-check", "in 5 days"),
}
REASON = "the checkout changed what it means"


def stated(desk: Desk, choice: str, who: str) -> str:
    """Return what comes after the decision; `who` is owner and sponsor, where one is named."""
    needed = desk.playbooks.get("lead-support-learn").decisions[choice].requires
    options = [_OPTIONS[name] for name in needed if name in _OPTIONS]
    return " ".join((f'"{REASON}"', *(f'{name} "{value or "@" + who}"' for name, value in options)))
