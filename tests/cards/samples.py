"""Cards as people will see them, for pictures and golden files."""

from datetime import UTC, datetime

from bot.cards.model import (
    Anchor,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Divider,
    Facts,
    Mention,
    Note,
    Paragraph,
    Tone,
    When,
)

OPENED = datetime(2026, 11, 23, 9, 2, tzinfo=UTC)
ADA = Mention("Ada Byron", {"slack": "U0ADA00001"}, ring=True)
JOSE = Mention("José Silva", {"slack": "U0JOSE0001"}, ring=True)

CASE_OPENED = Card(
    title="C-31 · late-order: data drift",
    fallback="S2 data drift on late-order: Ada Byron and José Silva, please look (C-31)",
    tone=Tone.WARN,
    subtitle=("Late order prediction · Operations, Monitor",),
    blocks=(
        Paragraph(
            (
                ADA,
                " and ",
                JOSE,
                ": seven features of ",
                Code("late_order_eta_v7"),
                " moved away from what it was trained on. Please have a look before ",
                When(datetime(2026, 11, 23, 11, 2, tzinfo=UTC), "Europe/Lisbon"),
                ".",
            )
        ),
        Facts(
            (
                ("Severity", ("S2 (act, tier 2)",)),
                ("Signals", ("9 since ", When(OPENED, "Europe/Lisbon"))),
                ("Leads", (Mention("Ada Byron"), ", ML engineer")),
                ("Supports", (Mention("José Silva"), ", data scientist")),
                ("Worst", ("basket_value, PSI 0.41 (limit 0.20)",)),
                ("Runbook", (Anchor("Drift on late-order", "https://wiki.example.org/r/7"),)),
            )
        ),
        Paragraph((Bold("Conditions, worst first"),)),
        Bullets(
            (
                (Code("basket_value"), ": PSI 0.41, limit 0.20"),
                (Code("store_id"), ": 14 % unseen values, limit 5 %"),
                (Code("courier_count"), ": PSI 0.33, limit 0.20"),
                (Code("hour_of_day"), ": PSI 0.27, limit 0.20"),
                (Code("weather_code"), ": 9 % missing, limit 2 %"),
            ),
            more=2,
        ),
        Note(
            (
                "Informed: Mia Chen (data engineer), Omar Haddad (business owner). ",
                "Sent by ",
                Bold("prometheus-prod"),
                "; sample size unknown.",
            )
        ),
    ),
    buttons=(
        Button("I have it", "ack C-31", primary=True),
        Button("Not me", "ack C-31 --not-me"),
        Button("Call a huddle", "huddle C-31"),
        Button("Explain", "explain C-31"),
        Button("Who else?", "who late-order"),
        Button(
            "Close as noise",
            "close C-31 --as noise",
            danger=True,
            confirm="Close C-31 as noise? Ada Byron and José Silva will see that you did.",
        ),
    ),
)

CASE_RESOLVED = Card(
    title="C-31 · late-order: data drift, resolved",
    fallback="Resolved: data drift on late-order (C-31)",
    tone=Tone.GOOD,
    subtitle=("Late order prediction · Operations, Monitor",),
    blocks=(
        Paragraph(
            (
                "All seven conditions are back within their limits since ",
                When(datetime(2026, 11, 23, 15, 40, tzinfo=UTC), "Europe/Lisbon"),
                ".",
            )
        ),
        Facts(
            (
                ("Open for", ("6 h 38 min",)),
                ("Taken by", (Mention("Ada Byron"), " after 11 min")),
            )
        ),
        Divider(),
        Note(("What should others learn from this? A sentence is enough.",)),
    ),
    buttons=(
        Button("Share a lesson", "lesson C-31", primary=True),
        Button("Explain", "explain C-31"),
    ),
)

REFUSAL = Card(
    title="You cannot close C-31",
    fallback="You cannot close C-31: it takes a decider of late-order",
    subtitle=(),
    blocks=(
        Paragraph(
            (
                "Closing a case takes a decider of ",
                Code("late-order"),
                ". That is ",
                Mention("Ada Byron"),
                " or ",
                Mention("Priya Natarajan"),
                ".",
            )
        ),
        Note(("Only you can see this.",)),
    ),
    buttons=(Button("Who is who", "who late-order"), Button("Status", "status late-order")),
)

HOSTILE = Card(
    title="<!channel> *look* :skull:\n\u202eforged",
    fallback="<!here> & <@U0ADA00001> *bold*",
    blocks=(
        Paragraph(
            (
                "<!channel> *a* _b_ ~c~ `d` https://evil.example <@U0ADA00001>\nsecond line",
                Anchor("press", "javascript:alert(1)"),
                Mention("<@U0JOSE0001>", {"slack": "U0JOSE0001> <!channel"}, ring=True),
            )
        ),
        Facts(
            (
                ("*la<bel", ("> quote <!channel> *a* _b_ x_y_z ~c~ `d` :tada: ", Code("`x` <b>"))),
                ("", ("",)),
                ("Empty", ()),
            )
        ),
        Bullets(((), ("",), (Bold(" "),))),
        Note(
            (
                Code("a"),
                " & <https://evil.example|safe> ",
                Anchor("<x|y>", "https://a.example/?a=1&b=2"),
            )
        ),
    ),
    buttons=(Button("", "ack C-1"), Button("nothing", "  "), Button("<b>", "explain <!channel>")),
)

SAMPLES = {
    "case-opened": CASE_OPENED,
    "case-resolved": CASE_RESOLVED,
    "refusal": REFUSAL,
    "hostile": HOSTILE,
}
