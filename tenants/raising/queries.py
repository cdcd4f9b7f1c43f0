"""Asking for system matters of this kommune. Row rights show a draft to its writer alone."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from tenants.raising import states
from tenants.raising.models import Raised, RaisedDoubt, RaisedWord, RaisingSetting
from varde.access import Reader, Role
from varde.privacy.fields import open_together

TEXTS = {"title": "Tittel", "what": "Hva det gjelder", "tried": "Hva dere har prøvd", "wish": "Hva dere ønsker"}

WORD = "Teksten"


def matters() -> QuerySet[Raised]:
    """All that the reader sees and nobody has deleted, what was changed last first."""
    return Raised.objects.exclude(state=states.DROPPED).order_by("-changed_at", "id")


def matter(raised_id: UUID) -> Raised | None:
    """One."""
    return matters().filter(pk=raised_id).first()


def words(raised: Raised) -> list[RaisedWord]:
    """What was said of it, oldest first, opened together."""
    rows = list(raised.words.order_by("at", "id"))
    open_together(rows)
    return rows


def texts_of(raised: Raised) -> dict[str, str]:
    """The texts that the screening looks through, by what they are called."""
    return {label: str(getattr(raised, name)) for name, label in TEXTS.items()}


def texts_of_word(word: RaisedWord) -> dict[str, str]:
    """The same of one thing said."""
    return {WORD: str(word.text)}


def reasons_of(raised: Raised, word: RaisedWord | None = None) -> Mapping[str, str]:
    """Why the writer said that a finding is about nobody, per kind; the newest. Of the matter, or of a word."""
    rows = RaisedDoubt.objects.filter(raised=raised, word=word).order_by("at", "id")
    return {row.kind: str(row.reason) for row in rows}


def setting() -> RaisingSetting | None:
    """The one that holds; None before anybody has set it."""
    return RaisingSetting.objects.order_by("-set_at", "-id").first()


def must_be_approved(by: Reader) -> bool:
    """Does somebody else look at what this person writes before it is sent? Of all but coordinators: the leader's own
    screening does not know the register."""
    held = setting()
    return (held is None or held.approve) and not may_approve(by)


def may_approve(by: Reader) -> bool:
    """May this person send what a team member wrote?"""
    return by.has(Role.COORDINATOR)


def unread(raised: Raised, said: list[RaisedWord]) -> bool:
    """Has something come that nobody has read?"""
    return any(word.way == "in" and (raised.read_at is None or word.at > raised.read_at) for word in said)
