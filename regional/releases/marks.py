"""The office's own keyed digests: of what is frozen, so that a change is seen, and of the order in which ties are
broken, so that nobody can work out the choice. From a key that no backup of the database opens by itself."""

import hmac

from regional.releases.ledger import marked
from regional.releases.problem import Part
from varde.privacy.keyring import for_purpose_key

_KEY = "releases"


def mark_of(period: str, part: Part) -> str:
    """The mark of a contribution."""
    return for_purpose_key(_KEY).mac("frozen", marked(period, part)).hex()


def same_mark(mark: str, period: str, part: Part) -> bool:
    """Is it the contribution that was frozen?"""
    return hmac.compare_digest(mark, mark_of(period, part))


def kept_mark(kind: str, content: bytes) -> str:
    """The mark of what the worker keeps; keyed, since it rests on true counts or has not been given out."""
    return for_purpose_key(_KEY).mac(kind, content).hex()


def made_mark(content: bytes) -> str:
    """The mark of what a second person looks at. It stands in the log, which others read too: keyed, since whoever can
    guess at a small table could try each guess against it."""
    return for_purpose_key(_KEY).mac("made", content).hex()


def words_mark(text: str) -> str:
    """The mark of somebody's words; keyed, since a short text could be guessed."""
    return for_purpose_key(f"{_KEY}_words").mac("words", text.encode()).hex()


def tie_key() -> bytes:
    """The secret order among patterns that cost the same."""
    return for_purpose_key(_KEY).mac("ties", b"1")
