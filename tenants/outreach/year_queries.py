"""Asking about what the team says of a year, and whether it is approved."""

from dataclasses import dataclass
from uuid import UUID

from shared.registry.models import Office
from tenants.outreach.year_models import YearApproval, YearCopy, YearWords
from varde.privacy.fields import open_together
from varde.text import norwegian

PARTS = [
    ("went_well", "Hva gikk bra?"),
    ("learned", "Hva lærte vi?"),
    ("coming", "Hva gjør vi annerledes neste år?"),
]


@dataclass(frozen=True, slots=True)
class Said:
    """The team's own words, and the approval; `kept`: the reader has the paper as it was approved."""

    words: YearWords | None
    approval: YearApproval | None
    kept: bool

    @property
    def parts(self) -> list[tuple[str, str]]:
        """(question, answer) of what was answered."""
        if self.words is None:
            return []
        return [(label, text) for name, label in PARTS if (text := str(getattr(self.words, name)))]


def said(year: int, former: UUID | None = None) -> Said:
    """What stands of a year; here, or in a kommune that has become part of this one."""
    words = YearWords.objects.filter(year=year, former=former).order_by("-at", "-id").first()
    if words is not None:
        open_together([words])
    approval = YearApproval.objects.filter(year=year, former=former).first()
    return Said(words, approval, kept=copy_of(year, former) is not None)


@dataclass(frozen=True, slots=True)
class Before:
    """What a kommune that has become part of this one said of a year."""

    office: UUID
    name: str
    said: Said


def before(year: int) -> list[Before]:
    """Of each of them that said something, by name."""
    known = [row.former for rows in (YearWords, YearApproval) for row in rows.objects.filter(year=year) if row.former]
    names = Office.objects.filter(id__in=known).values_list("id", "name")
    return [
        Before(office, name, said(year, office)) for office, name in sorted(names, key=lambda one: norwegian(one[1]))
    ]


def copy_of(year: int, former: UUID | None = None) -> YearCopy | None:
    """The paper as it was approved, for the one who approved it."""
    return YearCopy.objects.filter(approval__year=year, approval__former=former).first()


def as_seen(found: Said) -> str:
    """The words that stand, for the page to send back."""
    return str(found.words.pk) if found.words else ""


def initial(found: Said) -> dict[str, str]:
    """The same for the form."""
    return {name: str(getattr(found.words, name)) for name, _ in PARTS} if found.words else {}
