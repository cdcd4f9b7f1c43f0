"""A closed cell opens in its own office, table, column and row, and nowhere else; no copy of the table shows a word."""

import itertools
import uuid

import pytest
from django.db import connection

from tests.privacy.table import SCHEMAS, Paper, entered
from varde.privacy.errors import CannotOpen
from varde.tenancy import fleet

COLUMNS = ("body", "other")
WORDS = ("Åse", "Storgata", "nabohuset", "Ola Nordmann")


def fill(slug, matter):
    with entered(slug):
        Paper.objects.bulk_create(
            Paper(matter=matter, body=f"{WORDS[0]} {n}", other=f"{WORDS[1]} {n}", facts={WORDS[2]: [WORDS[3]]})
            for n in range(3)
        )


def cells():
    """(schema, row, column) -> bytes, of both offices."""
    found = {}
    with fleet.connect() as owner:
        for schema in SCHEMAS:
            for pk, *values in owner.execute(f"SELECT id, body, other FROM {schema}.proof_paper"):
                found |= {(schema, pk, column): value for column, value in zip(COLUMNS, values, strict=True)}
    return found


def opens(slug, pk, column, closed):
    """Does the row show something when this stands in the column?"""
    with entered(slug), connection.cursor() as cursor:
        cursor.execute(f"UPDATE proof_paper SET {column} = %s WHERE id = %s", [closed, pk])
        try:
            return bool(getattr(Paper.objects.get(pk=pk), column))
        except CannotOpen:
            return False


def swaps():
    """How many of all pairs of cells open in each other's place."""
    same = uuid.uuid4()
    for slug, matter in (("gjovik", same), ("gjovik", uuid.uuid4()), ("nabo", same)):
        fill(slug, matter)
    every = cells()
    slugs = dict(zip(SCHEMAS, ("gjovik", "nabo"), strict=True))
    tried = opened = 0
    for (schema, pk, column), (_, closed) in itertools.product(every, every.items()):
        if closed == every[schema, pk, column]:
            continue
        tried += 1
        opened += opens(slugs[schema], pk, column, closed)
    return tried, opened


def test_no_cell_opens_in_the_place_of_another(papers):
    assert swaps() == (18 * 17, 0)


def test_a_cell_moved_with_its_key_to_another_office_does_not_open(papers):
    matter = uuid.uuid4()
    fill("gjovik", matter)
    with fleet.connect() as owner:
        for table in ("privacy_datakey", "proof_paper"):
            owner.execute(f"INSERT INTO kommune_9901.{table} SELECT * FROM kommune_3407.{table}")
    with entered("nabo"), pytest.raises(CannotOpen):
        _ = Paper.objects.filter(matter=matter)[0].body


def dump():
    """Everything in the tables, as a copy would hold it: text, hex and raw bytes."""
    with fleet.connect() as owner:
        copies = []
        for schema, table, form in itertools.product(
            SCHEMAS, ("proof_paper", "privacy_datakey"), ("TEXT", "CSV", "BINARY")
        ):
            with owner.cursor().copy(f"COPY {schema}.{table} TO STDOUT (FORMAT {form})") as copy:
                copies += [bytes(block) for block in copy]
    return b"".join(copies)


def test_a_copy_of_the_tables_shows_no_word(papers):
    fill("gjovik", uuid.uuid4())
    copied = dump()
    assert len(copied) > 1000
    for word in WORDS:
        for form in (word.encode(), word.encode().hex().encode(), word.encode("latin-1"), word.encode("utf-16-le")):
            assert form not in copied
