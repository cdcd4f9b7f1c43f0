"""Persons in the matters of the cast."""

from typing import Any
from uuid import UUID

from django.db import connection

from tenants.inbox.models import Concern
from tenants.persons.actions import add_person
from tenants.persons.card import Card
from tenants.persons.models import Person
from tests.cast import as_person

# Synthetic, with the month + 80.
NUMBER = "01819012012"
PHONE = "61 18 95 00"
ADDRESS = "Storgata 77 B, 2815 Gjøvik"


def card_in(concern: Concern, role: str = "exposed", by: str = "kari", **known: str) -> Person:
    """A card, laid by somebody of the cast."""
    return add_person(concern=concern, role=role, card=Card(**{"name": "Ola Utsatt"} | known), by=as_person(by))


def typed(**changes: str) -> dict[str, str]:
    """A card as it is typed."""
    return {"role": "exposed", "known": "known", "name": "Ola Utsatt", "protection": "none"} | changes


def stored(*tables: str) -> str:
    """Everything in these tables, as a copy of the database has it."""
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT row_to_json(t)::text FROM (SELECT * FROM {table}) t")
            found += [text for (text,) in cursor.fetchall()]
    return "\n".join(found)


def text_of(client: Any, address: str | UUID) -> str:
    """The page under an address, which must be there."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()
