"""Labels and annotations of an alert as plain text, within limits."""

from collections.abc import Mapping

from bot.intake import plain

MAX_LABELS = 64
MAX_LABEL_NAME = 128
MAX_LABEL = 1_024


def first(labels: Mapping[str, str], order: tuple[str, ...]) -> str:
    """Return the first label of `order` that is there and not empty, else an empty text."""
    for name in order:
        value = labels.get(name)
        if value:
            return value
    return ""


def label_texts(given: object, notes: list[str]) -> dict[str, str] | None:
    """Return all labels as clean text; None if they are not an object of scalars."""
    if not isinstance(given, dict):
        return None
    try:
        keys, values = "".join(given), "".join(given.values())
    except TypeError:  # some value is not text
        return _careful(given, notes)
    # Short together is short each; and what is printable hides nothing.
    short = len(values) <= MAX_LABEL and (
        len(keys) <= MAX_LABEL_NAME or max(map(len, given)) <= MAX_LABEL_NAME
    )
    if short and keys.isprintable() and values.isprintable():
        return given
    return _careful(given, notes)


def annotation_texts(given: object, notes: list[str]) -> dict[str, str]:
    """Return the annotations as text, not yet cleaned; what is no scalar is dropped."""
    if not isinstance(given, dict):
        if given is not None:
            notes.append("annotation_dropped")
        return {}
    try:
        "".join(given.values())
    except TypeError:
        return plain.texts(given, notes, dropped="annotation_dropped")
    return given


def kept(labels: dict[str, str], notes: list[str]) -> dict[str, str]:
    """Return the labels that are stored with a signal: the first 64."""
    if len(labels) <= MAX_LABELS:
        return labels
    notes.append("label_dropped")
    return dict(list(labels.items())[:MAX_LABELS])


def _careful(given: dict[str, object], notes: list[str]) -> dict[str, str] | None:
    if any(isinstance(value, (dict, list)) for value in given.values()):
        return None
    clean: dict[str, str] = {}
    for name, value in plain.texts(given, notes, dropped="label_dropped").items():
        if len(name) > MAX_LABEL_NAME:
            notes.append("label_dropped")
        else:
            clean[plain.line(name, MAX_LABEL_NAME, notes)] = plain.line(value, MAX_LABEL, notes)
    return clean
