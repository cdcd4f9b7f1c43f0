"""The frame's own words in the languages of the public pages. The rooms keep their own texts.

A table, not gettext: a dozen sentences that must never be missing, checked by a test, with no compiled files.
"""

TEXTS: dict[str, dict[str, str]] = {
    "nb": {
        "skip": "Hopp til hovedinnhold",
        "exit": "Forlat siden raskt",
        "exit_hint": "Trykk Esc tre ganger for å forlate siden.",
        "urgent": "Haster det? Ring.",
        "not_read": "Skjemaet leses ikke hele døgnet.",
        "call_us": "Ring TryggEst",
        "accessibility": "Tilgjengelighetserklæring",
        "privacy": "Personvern",
        "must": "Må fylles ut",
        "optional": "Valgfritt",
        "all_must": "Alle feltene må fylles ut.",
        "errors": "Noe mangler eller må rettes",
        "fill": "Fyll ut «{}».",
        "choose": "Velg et svar på «{}».",
        "tick": "Kryss av for «{}».",
        "unsent": "Meldingen er IKKE sendt",
        "still_here": "Alt du skrev står her fortsatt. Prøv igjen",
        "or_call": "eller ring",
    },
    "nn": {
        "skip": "Hopp til hovudinnhald",
        "exit": "Forlat sida raskt",
        "exit_hint": "Trykk Esc tre gonger for å forlate sida.",
        "urgent": "Hastar det? Ring.",
        "not_read": "Skjemaet blir ikkje lese heile døgnet.",
        "call_us": "Ring TryggEst",
        "accessibility": "Tilgjengelegheitserklæring",
        "privacy": "Personvern",
        "must": "Må fyllast ut",
        "optional": "Valfritt",
        "all_must": "Alle felta må fyllast ut.",
        "errors": "Noko manglar eller må rettast",
        "fill": "Fyll ut «{}».",
        "choose": "Vel eit svar på «{}».",
        "tick": "Kryss av for «{}».",
        "unsent": "Meldinga er IKKJE send",
        "still_here": "Alt du skreiv, står her framleis. Prøv igjen",
        "or_call": "eller ring",
    },
    "en": {
        "skip": "Skip to main content",
        "exit": "Leave this page quickly",
        "exit_hint": "Press Esc three times to leave this page.",
        "urgent": "Urgent? Call.",
        "not_read": "The form is not read around the clock.",
        "call_us": "Call TryggEst",
        "accessibility": "Accessibility statement",
        "privacy": "Privacy",
        "must": "Must be filled in",
        "optional": "Optional",
        "all_must": "All fields must be filled in.",
        "errors": "Something is missing or must be corrected",
        "fill": "Fill in “{}”.",
        "choose": "Choose an answer to “{}”.",
        "tick": "Tick “{}”.",
        "unsent": "The message has NOT been sent",
        "still_here": "Everything you wrote is still here. Try again",
        "or_call": "or call",
    },
}


def say(key: str, language: str | None) -> str:
    """The words for `key`; Bokmål for a language that we do not have. KeyError for an unknown key."""
    return TEXTS.get((language or "nb")[:2], TEXTS["nb"])[key]
