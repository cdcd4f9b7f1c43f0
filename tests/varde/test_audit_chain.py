"""M4: the log is chained by the database, and whatever is done to it afterwards is found."""

import json
import threading

import pytest
from django.db import connection, transaction

from tenants.inbox.actions import message_reporter, move
from tests.cast import TEST, as_person, ref
from tests.tenants import way
from varde.access import Reader
from varde.access.ticket import presented
from varde.audit.actions import Action, record
from varde.audit.chain import verify
from varde.audit.models import Entry
from varde.audit.trail import trail
from varde.tenancy import fleet
from varde.tenancy.door import office
from varde.tenancy.work import work

SCHEMA = "kommune_3407"


def write(count: int) -> None:
    with work(ref("gjovik"), "keys"):
        record(by=as_person("kari"), action=Action.VIEW, what="cases.case", ids=map(str, range(count)), reason="prøve")


def verdict():
    with fleet.connect() as owner:
        return verify(owner, SCHEMA)


def tamper(sql: str) -> None:
    """As somebody who owns the tables and takes the trigger away first."""
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = kommune_3407")
        owner.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        owner.execute(sql.encode())
        owner.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


def test_an_untouched_log_is_whole(house):
    write(5)
    found = verdict()
    assert (found.rows, found.number, found.whole) == (5, 5, True)


# As rows were put together from the first day: a log from then must be found whole by whoever checks it today.
ROW = {
    "number": 7, "previous": "f" * 64, "id": "0198a1b2-0000-7000-8000-000000000001", "at": "2026-03-01T12:00:00.5+00",
    "user_id": "00000000-0000-4000-8000-000000000002", "name": "Kari Koordinator", "role": "Koordinator",
    "action": "view", "what": "cases.case", "object_id": "x", "reason": "", "ground": "tverr", "request_id": "ab12",
    "matter_id": "00000000-0000-4000-8000-000000000003",
}  # fmt: skip
SAID = [str(value) for value in ({**ROW, "at": "1772366400.500000"}).values()]


@pytest.mark.parametrize("missing", [(), ("matter_id",), ("user_id", "matter_id")])
def test_the_text_of_a_row_is_what_it_always_was(gjovik, missing):
    row = {name: value for name, value in ROW.items() if name not in missing}
    told = [said for name, said in zip(ROW, SAID, strict=True) if name not in missing]
    with work(ref("gjovik"), "keys"), connection.cursor() as cursor:
        cursor.execute("SELECT audit_text(jsonb_populate_record(NULL::audit_entry, %s))", [json.dumps(row)])
        assert cursor.fetchone() == ("\x1f".join(told),)


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("UPDATE audit_entry SET name = 'Noen andre' WHERE number = 2", "content"),
        ("UPDATE audit_entry SET reason = '' WHERE number = 2", "content"),
        ("DELETE FROM audit_entry WHERE number = 3", "gap"),
        ("DELETE FROM audit_entry WHERE number = 5", "tail"),
        ("UPDATE audit_entry SET previous = repeat('0', 64) WHERE number = 4", "link"),
        ("UPDATE audit_entry SET number = CASE number WHEN 2 THEN 3 ELSE 2 END WHERE number IN (2, 3)", "link"),
    ],
)
def test_what_an_owner_of_the_tables_changes_is_found(house, sql, kind):
    write(5)
    tamper(sql)
    assert kind in {found for _, found in verdict().breaks}


def test_writers_at_the_same_time_do_not_fork_the_chain(house):
    def many() -> None:
        for _ in range(15):
            write(2)
        connection.close()

    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = verdict()
    assert (found.rows, found.whole) == (120, True)


def test_a_rolled_back_read_leaves_no_gap(house):
    write(1)
    with pytest.raises(ZeroDivisionError), work(ref("gjovik"), "keys"):
        record(by=as_person("kari"), action=Action.VIEW, what="cases.case")
        raise ZeroDivisionError
    write(1)
    assert verdict().whole


def test_the_offices_login_cannot_touch_the_head(house):
    with office(ref("gjovik")), connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("SELECT * FROM audit_head")


def test_a_login_cannot_choose_its_own_number(house):
    write(1)
    with work(ref("gjovik"), TEST):
        Entry.objects.bulk_create([Entry(at="2020-01-01T00:00Z", action="view", number=77, digest="x")])
    with work(ref("gjovik"), TEST):
        assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_two_who_work_with_the_same_concern_never_wait_for_each_other(house):
    with work(ref("gjovik"), TEST):
        concern = way.opened()
    held, logged, errors = threading.Event(), threading.Event(), []

    def do(act, before, after):
        try:
            test = Reader.for_purpose(TEST, ref("gjovik"))
            with office(ref("gjovik")), transaction.atomic(), trail() as rows, presented(test):
                act()
                before()
                rows.flush()
                after()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    kari = as_person("kari")
    write = (lambda: message_reporter(concern=concern, text="Hei", by=kari), lambda: held.wait(5), logged.set)
    close = (lambda: move(concern=concern, to="closed", by=kari), lambda: (held.set(), logged.wait(1)), lambda: None)
    threads = [threading.Thread(target=do, args=each) for each in (write, close)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
