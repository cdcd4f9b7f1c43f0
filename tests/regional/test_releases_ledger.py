"""The ledger is chained by the database, nothing in it changes, and whatever is done to it is found."""

import pytest
from django.db import DatabaseError, connection, transaction

from regional.releases.chain import verify
from regional.releases.models import LedgerEntry, Wish
from regional.releases.wish_actions import BY_COMMAND
from tests.cast import ref
from varde.clock import now
from varde.privacy.models import FrozenRow
from varde.tenancy import fleet
from varde.tenancy.work import work

REGION = "gjovikregionen"


def row(period: str) -> LedgerEntry:
    """A row that the command has asked for."""
    about = {"period": period, "without": False}
    wish = Wish(kind="closed", about=about, asked_at=now(), asked_by_name=BY_COMMAND)
    wish.save()
    content = {"wish": str(wish.id), "period": period, "å": "æøå"}
    return LedgerEntry(at=now(), kind="closed", content=content, by_name=BY_COMMAND)


def write(count: int) -> None:
    with work(ref(REGION), "returns"):
        for at in range(count):
            row(f"{2000 + at}H1").save()


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
        ("UPDATE releases_entry SET content = jsonb_set(content, '{period}', '9') WHERE number = 2", "content"),
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
    with work(ref(REGION), "returns"):
        first = LedgerEntry.objects.get()
        with pytest.raises(FrozenRow):
            first.save()
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE releases_entry SET by_name = 'x'")
        for table in ("releases_entry", "releases_kept", "releases_copy", "releases_contribution"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {table} CASCADE")
        second = row("2001H1")
        second.number, second.digest, second.previous = 77, "d", "p"
        second.save()
        assert list(LedgerEntry.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_nothing_is_entered_that_nobody_asked_for_nor_twice(house):
    write(1)
    with work(ref(REGION), "returns"):
        first = LedgerEntry.objects.get()
        for kind, content in [
            ("rule", {}),
            ("release", {"wish": first.content["wish"]}),
            ("closed", first.content),
            ("closed", {"wish": "00000000-0000-0000-0000-000000000000"}),
        ]:
            with pytest.raises(DatabaseError, match="nobody asked for"), transaction.atomic():
                LedgerEntry(at=now(), kind=kind, content=content, by_name=BY_COMMAND).save()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": "approved"}, "born waiting"),
        ({"approved_by_name": "Sara"}, "born waiting"),
        ({"made": {}}, "born waiting"),
        ({"asked_by": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"}, "name of another"),
        ({"asked_by_name": "Stine"}, "in its own name"),
        ({"kind": "rule"}, "in its own name"),
    ],
)
def test_no_wish_is_born_approved_or_in_the_name_of_somebody_else(house, changed, said):
    values = {"kind": "release", "about": {"period": "2025H1"}, "asked_at": now(), "asked_by_name": BY_COMMAND}
    with work(ref(REGION), "returns"), pytest.raises(DatabaseError, match=said), transaction.atomic():
        Wish(**(values | changed)).save()


def test_who_asked_by_command_is_approved_by_the_command_alone(house):
    with work(ref(REGION), "returns"):
        wish = Wish(kind="release", about={"period": "2025H1"}, asked_at=now(), asked_by_name=BY_COMMAND)
        wish.save()
        for changed in ({"state": "approved"}, {"state": "done"}, {"state": "ready", "approved_by_name": "Sara"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Wish.objects.filter(pk=wish.pk).update(**changed)
