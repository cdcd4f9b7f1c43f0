"""Asking about matters that services handled themselves."""

from tenants.outreach.own import OUTCOMES, kinds
from tenants.outreach.own_models import OwnMatter


def of_year(year: int) -> list[OwnMatter]:
    """Those of a year, the newest first."""
    return list(OwnMatter.objects.filter(handled_on__year=year).order_by("-handled_on", "-made_at"))


def count(year: int) -> int:
    """How many in a year; never among the team's own."""
    return OwnMatter.objects.filter(handled_on__year=year).count()


def lines(year: int) -> list[dict[str, object]]:
    """The rows of a year in words."""
    labels, outcomes = dict(kinds()), dict(OUTCOMES)
    return [
        {"row": row, "kinds": ", ".join(labels.get(code, code) for code in row.kinds), "outcome": outcomes[row.outcome]}
        for row in of_year(year)
    ]
