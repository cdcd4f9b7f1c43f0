"""M4: no row, no page. Every reading address of the kommune is really fetched, and what it showed is held against the
log; a log that cannot be written gives no page."""

import re
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.access.role_table import ANYONE, KOMMUNE
from tests.cast import TEST, ref
from tests.client import OfficeClient, client_for
from tests.varde.audit_world import World, as_owner, world
from varde.access.roles import Role, roles_of
from varde.audit.models import Entry, Finding, Rule
from varde.clock import now
from varde.tenancy import fleet
from varde.tenancy.door import office
from varde.tenancy.work import work
from varde.ui.dates import day_of

READING = [path for path, who in KOMMUNE.items() if who != ANYONE]
FILLED = re.compile(r"<(?:\w+:)?(\w+)>")
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Answered with something else than a page to everybody here: changed only by POST, or led on to another page.
NO_PAGE = {204, 302, 303, 403, 404, 405}


def addresses(path: str, there: World) -> list[str]:
    """The address with each thing of the world in its place; made-up values where the world has none."""
    name = next(iter(FILLED.findall(path)), "")
    known = {"period": ["2026Q3"], "pk": ["1"], **there.ids}
    fills = [{key: str(values[0]) for key, values in known.items()} | {name: str(each)}
             for each in known.get(name, [uuid4()])]  # fmt: skip
    return [filled(path, each) for each in fills]


def filled(path: str, values: dict[str, str]) -> str:
    return FILLED.sub(lambda match: values.get(match[1], str(uuid4())), path)


def rows_since(before: set[UUID]) -> list[Entry]:
    return list(Entry.objects.exclude(id__in=before))


def text_of(response: Any) -> str:
    """A page's text; a paper that leaves as a file is no page, but its row must be there all the same."""
    return "" if response.streaming else response.content.decode()


def fault(client: OfficeClient, address: str, there: World) -> tuple[str, int]:
    """What the log lacks of this page ("" for nothing, or for no page), and how many things it showed.

    A link to a case beside a measure or a step is covered by the row of the measure or the step: the same matter.
    """
    before = set(Entry.objects.values_list("id", flat=True))
    response = client.get(address)
    if response.status_code in NO_PAGE:
        return "", -1
    new = rows_since(before)
    if response.status_code != 200 or not new:
        return f"{address}: {response.status_code} with {len(new)} rows", 0
    shown = set(ID.findall(text_of(response).partition("<main")[2])) & set(there.matter)
    noted = {there.matter[row.object_id] for row in new if row.object_id in there.matter}
    missing = {each for each in shown if there.matter[each] not in noted}
    return (f"{address} showed {len(missing)} things that are not in the log" if missing else ""), len(shown)


@pytest.mark.parametrize("roles", [[Role.COORDINATOR], roles_of("kommune")], ids=["coordinator", "every role"])
def test_every_page_that_is_answered_left_its_rows(gjovik, roles):
    client, there = client_for("kari", *roles), world()
    finding = Finding(month=day_of(now()).replace(day=1), rule=Rule.VOLUME, user_id=uuid4(), name="Tom", looks=30)
    finding.first_at = finding.last_at = finding.found_at = now()
    finding.save()
    there.ids["finding_id"] = [finding.id]
    found = {a: fault(client, a, there) for path in READING for a in addresses(path, there)}
    pages = {address: things for address, (_, things) in found.items() if things >= 0}
    assert [said for said, _ in found.values() if said] == []
    assert len(pages) >= 25
    assert sum(pages.values()) >= 40
    print(f"\n{len(found)} addresses asked, {len(pages)} pages, {sum(pages.values())} things shown, all in the log")


def test_a_list_notes_each_that_it_shows_and_only_those(gjovik):
    client = client_for("kari")
    there = world()
    client.get("/innboks")
    noted = Entry.objects.filter(what="inbox.concern", action="list").values_list("object_id", flat=True)
    open_ones = {str(each) for each in islice(there.ids["concern_id"], 5)}
    assert sorted(noted) == sorted(open_ones)


def test_a_page_of_fifty_notes_fifty(gjovik):
    from tests.tenants import way

    client = client_for("kari")
    for _ in range(52):
        way.received()
    client.get("/innboks?side=1")
    assert Entry.objects.filter(what="inbox.concern", action="list").count() == 50
    client.get("/innboks?side=2")
    assert Entry.objects.filter(what="inbox.concern", action="list").count() == 52


def test_an_empty_list_was_looked_at_too(gjovik):
    client_for("kari").get("/innboks")
    assert list(Entry.objects.filter(what="inbox.concern").values_list("object_id", flat=True)) == [""]


@pytest.fixture
def no_log(house):
    """Every row that is to be written is refused by the database."""
    with as_owner() as owner:
        owner.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN RAISE EXCEPTION ''no log today''; END';"
        )
    with work(ref("gjovik"), TEST):
        there = world()
        client = client_for("kari", *roles_of("kommune"))
    with fleet.connect(autocommit=True) as owner:
        owner.execute(
            "CREATE TRIGGER zz_refuse BEFORE INSERT ON kommune_3407.audit_entry"
            " FOR EACH ROW EXECUTE FUNCTION kommune_3407.refuse()"
        )
    client.raise_request_exception = False
    yield client, there
    with fleet.connect(autocommit=True) as owner:
        owner.execute("DROP TRIGGER zz_refuse ON kommune_3407.audit_entry")
        owner.execute("DROP FUNCTION kommune_3407.refuse()")


def test_without_the_log_there_is_no_page(no_log):
    client, there = no_log
    answers = {address: client.get(address) for path in READING for address in addresses(path, there)}
    assert [a for a, response in answers.items() if response.status_code not in NO_PAGE | {500}] == []
    text = "".join(text_of(r) for r in answers.values())
    assert not set(ID.findall(text)) & set(there.matter)
    assert sum(response.status_code == 500 for response in answers.values()) >= 25


def test_without_the_log_nothing_is_changed(no_log):
    from tenants.inbox.models import Concern

    client, there = no_log
    concern = there.ids["concern_id"][0]
    assert client.post(f"/innboks/{concern}/apne").status_code == 500
    with office(ref("gjovik")), work(ref("gjovik"), TEST):
        assert Concern.objects.get(id=concern).progress == "received"
