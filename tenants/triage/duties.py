"""Which duties have been weighed in a matter, and which are waited for. Pure."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Literal

from varde.days import check_been
from varde.refusal import Refused

ANSWERS = [("yes", "Ja"), ("no", "Nei"), ("not_yet", "Ikke avgjort ennå")]
SETTLED = frozenset({"yes", "no"})

type Standing = Literal["settled", "waits", "over", "left"]


def standing(answer: str | None, assess_by: datetime | None, now: datetime, *, going: bool = True) -> Standing:
    """Settled by yes or no; else waited for, and over when the matter must have been assessed. In a matter that is over
    nothing is waited for: it is left."""
    if answer in SETTLED:
        return "settled"
    if not going:
        return "left"
    return "over" if assess_by is not None and assess_by < now else "waits"


def left(codes: Collection[str], answers: Mapping[str, str]) -> list[str]:
    """The duties that nobody has settled, in the order of the list."""
    return [code for code in codes if answers.get(code) not in SETTLED]


def check(answer: str, reason: str, *, told: bool) -> None:
    """Raise Refused for an answer that is none, one without a reason, and a yes of which nobody says who tells whom
    (`told`: somebody does)."""
    if answer not in dict(ANSWERS):
        raise Refused(f"«{answer}» er ikke et svar. Velg ja, nei eller ikke avgjort ennå.")
    if not reason.strip():
        raise Refused("Skriv hvorfor. En vurdering uten begrunnelse kan ikke etterprøves.")
    if answer == "yes" and not told:
        raise Refused("Skriv hvem som melder fra, til hvem og innen når.")
    if answer != "yes" and told:
        raise Refused("Det skal bare meldes når svaret er ja.")


def check_told(told_on: date, told_to: str, today: date) -> None:
    """Raise Refused for a day that has not come, and without a recipient."""
    check_been(told_on, today)
    if not told_to.strip():
        raise Refused("Skriv hvem som fikk meldingen.")
