"""The language of commands: one line of text in, one typed command out, on every surface.

A line is a verb, then its arguments, then options; letters of any case, in Slack after
`/council`, in Teams after `@Council`, in a shell in quotes, and behind every button:

    new "Late order prediction" --key late-order --phase operations --model late-order-prod
    assign late-order data scientist @mei
    flag late-order accuracy act "recall fell since Monday"
    ack C-31
    close C-31 noise "a holiday, not a drift"

Arguments. Several words are one argument inside quotes, double or single, straight or curled as
phones type them. Inside them the same quote doubled stands for itself, and a backslash is only a
backslash. What stands in quotes is never an option, a band or an outcome. An em dash before a word,
as phones correct it, is two dashes, and `--model=x` is `--model x`. Free text at the end of a line
needs no quotes. A case is `C-31`, `c31`, `#31` or `31`; a person is `@mei`, `mei`, `me`, or what
Slack makes of a mention.

The key. An initiative's key is 2 to 40 of a-z, 0-9 and `-`. Where no initiative owns the place, it
is always the first argument, and only `status` and `who` do without. In an initiative's channel the
key may be left out, and the first argument is then a key if

1. it is the key of that very initiative, or else
2. enough arguments follow it, and it is neither quoted nor a signal class or a band, and
3. it is one of the keys known to the caller; if the caller has not looked, if it has their shape.

A misspelt key is refused rather than taken for text. What `archive`, `pause` and `huddle` say
without a key stands in quotes. `flag` with its text in quotes goes by the shape; without quotes, a
first word that is close to a known key is refused, unless it is that key. Buttons carry whole
commands and are read without a place.

Rooms: `forms` (the commands), `verbs` (the table that help and refusals are made of), `words` (text
to words and back), `line` (one line being read), `parsing` (`parse`) and `rendering` (`render`).
For a line that is still being typed: `usage` (what may follow a verb), `reading` (which places are
open), `offers` (what fits them) and `completion` (`complete`).
"""
