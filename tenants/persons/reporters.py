"""The cards of whoever reported, whole: for the page that asks why, and for the archive's paper on who reported."""

from tenants.inbox.mistakes_queries import marks_of
from tenants.inbox.models import Concern
from tenants.inbox.reporter_queries import Written
from tenants.persons.card import facts
from tenants.persons.models import Person
from tenants.persons.queries import reporters_of, whole_card


def written(concern: Concern) -> list[Written]:
    """For `inbox.reporter_queries`; a protected address stays protected."""
    rows = reporters_of(concern)
    marks = marks_of(Person, [row.pk for row in rows])
    return [(marks[row.pk].said if row.pk in marks else "Personkort", _facts(row)) for row in rows]


def _facts(row: Person) -> list[dict[str, str]]:
    card = whole_card(row)
    return [{"label": "Navn", "value": card.called}, *facts(card)]
