"""Why somebody asked, in words: looked through for what may be about a person, kept beside the ledger, blanked."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from regional.matters.register import looked
from regional.releases.marks import words_mark
from regional.releases.models import Words
from shared.codes.screening import kind_of
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.fields import text_or
from varde.refusal import Refused

LONGEST = 300
WHAT = "releases.words"
EMPTY = "Skriv hvorfor, med noen få ord."
LONG = f"Teksten kan ikke være lengre enn {LONGEST} tegn."
ABOUT = "Teksten kan si noe om en person: {what}. Skriv den om. Den blir stående, og flere leser den."
GONE = "Teksten er alt tatt bort."


def checked(text: str, by: Reader) -> str:
    """The text as it is kept. Raises Refused for none, too much, or what may be about a person."""
    plain = " ".join(text.split())
    if not plain:
        raise Refused(EMPTY)
    if len(plain) > LONGEST:
        raise Refused(LONG)
    found = looked(plain, by)
    if found.found:
        raise Refused(ABOUT.format(what=", ".join(kind_of(code).label.lower() for code in found.counts)))
    return plain


def write(wish: UUID, text: str, by: Reader) -> None:
    """Keep the words of a wish."""
    row = Words(wish=wish, text=text, mark=words_mark(text), at=now(), by_name=by.name[:200])
    row.save(force_insert=True)


def mark_of(wish: UUID) -> str:
    """What stands in the ledger of the words; "" where there are none."""
    return Words.objects.filter(wish=wish).values_list("mark", flat=True).first() or ""


def words_of(wishes: Iterable[UUID]) -> dict[UUID, str]:
    """The words of these wishes; "" for what was taken away."""
    rows = Words.objects.filter(wish__in=list(wishes))
    return {row.wish: text_or(row, "text", "") if row.blanked_at is None else "" for row in rows}


@transaction.atomic
def blank(*, wish: UUID, by: Reader) -> None:
    """Take the words away for good; the ledger still says that there were some. Raises Refused."""
    require(by, Permission.STATISTICS_RELEASE)
    row = Words.objects.select_for_update().filter(wish=wish, blanked_at__isnull=True).first()
    if row is None:
        raise Refused(GONE)
    row.text, row.blanked_at, row.blanked_by_name = "", now(), by.name[:200]
    row.save(update_fields=["text", "blanked_at", "blanked_by_name"])
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id])
