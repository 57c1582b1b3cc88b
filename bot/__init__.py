"""How the council speaks and listens: the edges; no policy and no SQL live here.

Slack, webhooks, the shell and the read API translate inwards to one use case each; the courier
translates notices outwards. `clerk` is the only bridge to the synchronous council.
"""
