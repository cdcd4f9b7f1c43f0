"""What somebody who asks for access is told of the words in the anonymous registration of their case."""

from tenants.insight.said import Line
from tenants.insight.sources import Source
from tenants.reporting.models import SingleText
from tenants.reporting.single import FREE


def said(row: SingleText) -> list[Line]:
    """Each text, the ones at an answer first and under a name that tells nothing of the answer."""
    texts: dict[str, str] = row.said or {}
    return [("Fritekst" if place == FREE else "Hva et svar gjelder", text) for place, text in sorted(texts.items())]


WORDS = Source(SingleText, "Saken", "Ord i den anonyme registreringen", said, "at", "by_name")
