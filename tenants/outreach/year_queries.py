"""Asking about what the team says of a year, and whether it is approved."""

from dataclasses import dataclass

from tenants.outreach.year_models import YearApproval, YearCopy, YearWords
from varde.privacy.fields import open_together

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


def said(year: int) -> Said:
    """What stands of a year."""
    words = YearWords.objects.filter(year=year, former=None).order_by("-at", "-id").first()
    if words is not None:
        open_together([words])
    approval = YearApproval.objects.filter(year=year, former=None).first()
    return Said(words, approval, kept=YearCopy.objects.filter(approval__year=year, approval__former=None).exists())


def copy_of(year: int) -> YearCopy | None:
    """The paper as it was approved, for the one who approved it."""
    return YearCopy.objects.filter(approval__year=year, approval__former=None).first()


def as_seen(found: Said) -> str:
    """The words that stand, for the page to send back."""
    return str(found.words.pk) if found.words else ""


def initial(found: Said) -> dict[str, str]:
    """The same for the form."""
    return {name: str(getattr(found.words, name)) for name, _ in PARTS} if found.words else {}
