"""The ledger is chained by the database, nothing in it changes, and whatever is done to it is found."""

import pytest
from django.db import DatabaseError, connection, transaction

from regional.releases.chain import verify
from regional.releases.models import LedgerEntry
from tests.cast import TEST, ref
from varde.clock import now
from varde.privacy.models import FrozenRow
from varde.tenancy import fleet
from varde.tenancy.work import work

REGION = "gjovikregionen"


def write(count: int) -> None:
    with work(ref(REGION), "returns"):
        for at in range(count):
            LedgerEntry(at=now(), kind="withdrawn", content={"release": at, "å": "æøå"}, by_name="Stine").save()


def verdict():
    with work(ref(REGION), "returns"):
        return verify()


def tamper(sql: str) -> None:
    """As somebody who owns the tables and takes the triggers away first."""
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = region_gjovikregionen")
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute("ALTER TABLE releases_entry DISABLE TRIGGER USER")
        owner.execute(sql.encode())
        owner.execute("ALTER TABLE releases_entry ENABLE TRIGGER USER")


def test_an_untouched_ledger_is_whole_and_an_empty_one_too(house):
    assert (verdict().number, verdict().whole) == (0, True)
    write(4)
    assert (verdict().number, verdict().whole) == (4, True)


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("UPDATE releases_entry SET by_name = 'Noen andre' WHERE number = 2", "content"),
        ("UPDATE releases_entry SET content = jsonb_set(content, '{release}', '9') WHERE number = 2", "content"),
        ("UPDATE releases_entry SET kind = 'rule' WHERE number = 2", "content"),
        ("DELETE FROM releases_entry WHERE number = 3", "gap"),
        ("DELETE FROM releases_entry WHERE number = 4", "tail"),
        ("UPDATE releases_entry SET previous = repeat('0', 64) WHERE number = 4", "link"),
    ],
)
def test_what_an_owner_of_the_tables_changes_is_found(house, sql, kind):
    write(4)
    tamper(sql)
    assert kind in {found for _, found in verdict().breaks}


def test_nobody_changes_a_row_nor_writes_its_number(house):
    write(1)
    with work(ref(REGION), TEST):
        row = LedgerEntry.objects.get()
        with pytest.raises(FrozenRow):
            row.save()
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE releases_entry SET by_name = 'x'")
        LedgerEntry(at=now(), kind="rule", content={}, by_name="x", number=77, digest="d", previous="p").save()
        assert list(LedgerEntry.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
