"""What in a text looks like a number or a name of somebody. Pointed out, never cut: only people can tell. Pure."""

import re
from collections.abc import Collection

# An id number of eleven digits and a phone number of eight, as people write them.
_ID = re.compile(r"(?<!\d)\d{6}[ .-]?\d{5}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+47 ?|0047 ?)?(?:\d{8}|\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3})(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NAME = re.compile(r"[A-ZÆØÅ][\w'’-]+(?: +(?:van|von|der|den|de))*(?: +[A-ZÆØÅ][\w'’-]+)+")


def numbers(text: str) -> list[str]:
    """«et fødselsnummer», «et telefonnummer»: what the text seems to hold."""
    return [name for name, pattern in (("et fødselsnummer", _ID), ("et telefonnummer", _PHONE)) if pattern.search(text)]


def emails(text: str) -> list[str]:
    """The e-mail addresses of a text."""
    return _EMAIL.findall(text)


def names(text: str, known: Collection[str] = ()) -> list[str]:
    """Words that are written as a name of two or more, each once, but for those that are `known`: colleagues, places.

    A word that begins a sentence before a known name does not make it another one.
    """
    ours = {name.casefold() for name in known}
    found = []
    for match in _NAME.findall(text):
        words = match.split()
        if match.casefold() not in ours and " ".join(words[1:]).casefold() not in ours:
            found.append(match)
    return list(dict.fromkeys(found))
