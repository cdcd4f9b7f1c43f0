"""The table of risks in ros.md: states counted, so that the summary cannot say something else than the rows."""

from collections import Counter

from infra.papers.fields import Missing
from infra.papers.regions import DOCS, rows_of

STATES = ("på plass", "delvis", "under arbeid", "ikke bygd", "kommunen")


def risks() -> list[list[str]]:
    """Rows of the table of threats: number, threat, likelihood, consequence, why, measure, state, rest, kommune."""
    return [row for row in rows_of((DOCS / "ros.md").read_text("utf-8")) if row[0].isdigit() and len(row) == 9]


def counts(_missing: Missing) -> str:
    """How many threats are in which state."""
    found = Counter(row[6] for row in risks())
    lines = "\n".join(f"| {state} | {found[state]} |" for state in STATES)
    return f"| tilstand | trusler |\n|---|---|\n{lines}\n| **i alt** | **{sum(found.values())}** |"
