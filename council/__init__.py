"""What the council knows and decides; no platform, no HTTP, no scheduler.

Initiative: a machine-learning undertaking that spans tools and exists before any model.
Playbook: a vocabulary of roles, phases, responsibilities, routing and clocks, kept as data.
Signal: one normalised observation; Condition: the thing that signals say is wrong.
Case: at most one open per initiative and signal class; resolves when its conditions have.
Notice: a fact with an audience, waiting in the outbox; Receipt: where its card was posted.
Agenda: what is due at a time; Ledger: the append-only, hash-chained history.
Desk: what a use case is handed: one transaction, the clock, ids and playbooks.
"""
