"""Operator x state x field: who at the region reads what was said; from the moment that the kommune has it nobody.

A canary lies in every field of content. For each state and each who, every way there is to the region is asked: the
pages (also the same address again, and what htmx fetches), the API, the log, and SQL with that reader's own ticket. The
table says which fields may come back; after acceptance it says none.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import pytest
from django.db import connection, transaction

from regional.delivery import actions as delivery
from regional.delivery import tasks as delivery_tasks
from regional.delivery.models import Returned
from regional.hotline import actions, acts_actions, callbacks_actions, passing_actions, ringing_actions
from regional.hotline.forms import _CHOSEN, TOLD, as_letter
from regional.hotline.models import CONTENT, Call, CallBack
from shared.post.actions import open_mail
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern
from tenants.inbox.returned_actions import send_back
from tests.cast import TEST, as_person, ref
from tests.client import OfficeClient, anonymous, log_in
from tests.regional.declared import declare
from varde.access import Reader, Role
from varde.access.doors import gather
from varde.access.ticket import presented
from varde.audit.trail import trail
from varde.clock import now
from varde.machines.actions import give
from varde.privacy.errors import CannotOpen
from varde.privacy.fields import sealed_fields
from varde.tenancy.door import office
from varde.tenancy.work import work

REGION, KOMMUNE, OTHER = "gjovikregionen", "gjovik", "ostre-toten"
TEXTS = [name for name in TOLD if name not in _CHOSEN]
CANARY = {name: f"kanari{name.replace('_', '')}" for name in TEXTS}
NUMBER = "+4799887766"
ACT, SAID = "kanarigjort", "kanarisagt"
WHOM = {"who": "kanarihvem", "phone": "+4798877665", "safe": "kanaritrygt", "unsaid": "kanaritaus", "about": "kanariom"}
TOLD_SET = frozenset(CANARY)
CALL = TOLD_SET | {"caller", "act"}
NOBODY: frozenset[str] = frozenset()
WHO = ("own", "other", "host", "leaders", "numbers", "machine")

# state -> who -> the fields that may come back. Who is not named gets nothing.
EXPECTED: dict[str, dict[str, frozenset[str]]] = {
    "ringing": {},
    "claimed": {"own": CALL},
    "offered": {"own": CALL | {"said"}},
    "taken by another": {"other": CALL | {"said"}},
    "sent": {"own": CALL},
    "stored, before it is settled": {},
    "stored": {},
    "opened": {},
    "returned": {},
    "ordered on": {},
    "redirected and stored": {},
    "ended": {},
    "missed": {},
    "to ring back": {"own": frozenset({"whom"})},
    "to ring back, the shift's": {},
    "rung back": {},
    "sent, and promised to ring back": {"own": CALL | {"whom"}},
    "stored, and promised to ring back, before it is settled": {},
    "stored, and promised to ring back": {},
    "stored, and the shift promised to ring back": {},
}
NEEDLES = {
    **{name: [word] for name, word in CANARY.items()},
    "caller": [NUMBER, NUMBER[3:]],
    "act": [ACT],
    "said": [SAID],
    "whom": [*WHOM.values(), WHOM["phone"][3:]],
}


@dataclass
class World:
    """The people, their browsers, and the rows that lie there."""

    clients: dict[str, OfficeClient]
    readers: dict[str, Reader]
    token: str

    def ids(self) -> list[UUID]:
        with work(ref(REGION), TEST):
            rows = [
                Call.objects.values_list("id"),
                CallBack.objects.values_list("id"),
                Returned.objects.values_list("id"),
            ]
            return [key for each in rows for (key,) in each]


def reader_of(client: OfficeClient, role: Role) -> Reader:
    assert client.person is not None
    return Reader(ref(REGION), client.person.id, client.person.name, frozenset({role}))


@pytest.fixture
def world(house) -> World:
    declare("olga")
    roles = {
        "own": ("olga@gjovikregionen.example", Role.OPERATOR, as_person("olga").user_id),
        "other": ("ola@gjovikregionen.example", Role.OPERATOR, None),
        "host": ("vera@gjovikregionen.example", Role.HOST_ADMINISTRATOR, None),
        "leaders": ("liv@gjovikregionen.example", Role.LEADER_TEAM, None),
        "numbers": ("stig@gjovikregionen.example", Role.STATISTICS_OFFICER, None),
    }
    clients = {who: log_in(REGION, mail, mail, role, user_id=key) for who, (mail, role, key) in roles.items()}
    readers = {who: reader_of(clients[who], role) for who, (_, role, _) in roles.items()}
    sign(readers["other"])
    with work(ref(REGION), "setup") as by:
        token = give(name="Sentralbordet", scopes=["calls", "lines"], days=30, by=by)[1]
    clients["machine"] = anonymous(REGION)
    return World(clients, readers, token)


def sign(by: Reader) -> None:
    from regional.phone.declaration_actions import sign as signed
    from regional.phone.declaration_queries import in_force

    doing(by, lambda: signed(read=in_force().sha256, by=by))


def doing[T](by: Reader, act: Callable[[], T]) -> T:
    """One act of a person, as a request would do it."""
    with office(by.office), transaction.atomic(), trail() as rows, presented(by):
        done = act()
        rows.flush()
    return done


def rings(world: World) -> UUID:
    body = {"call_id": "a-1", "from": NUMBER}
    head = {"authorization": f"Bearer {world.token}"}
    answer = world.clients["machine"].post(
        "/api/v1/calls", json.dumps(body), content_type="application/json", headers=head
    )
    assert answer.status_code == 201, answer.content
    with work(ref(REGION), TEST):
        return Call.objects.get().id


def claimed(world: World) -> UUID:
    own, call_id = world.readers["own"], rings(world)
    told = {**CANARY, "reporter_kind": "privat", "acute": True}
    doing(own, lambda: ringing_actions.claim(call_id=call_id, by=own))
    doing(own, lambda: actions.save_draft(call_id=call_id, told=told, by=own))
    doing(own, lambda: acts_actions.add_act(call_id=call_id, what="other", note=ACT, at=now(), by=own))
    return call_id


def offered(world: World) -> UUID:
    own, other, call_id = world.readers["own"], world.readers["other"], claimed(world)
    doing(own, lambda: passing_actions.offer(call_id=call_id, to=other.user_id, said=SAID, place={}, by=own))
    return call_id


def taken(world: World) -> None:
    other, call_id = world.readers["other"], offered(world)
    doing(other, lambda: passing_actions.take(call_id=call_id, by=other))


def sent(world: World) -> UUID:
    own, call_id = world.readers["own"], claimed(world)
    told = as_letter({**CANARY, "reporter_kind": "privat", "acute": True})
    doing(own, lambda: actions.forward(call_id=call_id, told=told, to=ref(KOMMUNE).id, by=own))
    return call_id


def accepted(world: World) -> None:
    """The kommune has it; the region has not heard its bell."""
    sent(world)
    open_mail(ref(KOMMUNE))


def stored(world: World) -> None:
    accepted(world)
    open_mail(ref(REGION))


def opened(world: World) -> None:
    stored(world)
    with work(ref(KOMMUNE), TEST):
        open_concern(concern=Concern.objects.get(), by=as_person("kari"))
    open_mail(ref(REGION))


def returned(world: World) -> None:
    opened(world)
    with work(ref(KOMMUNE), TEST):
        send_back(concern=Concern.objects.get(), why="feil_kommune", suggested="", by=as_person("kari"))
    open_mail(ref(REGION))


def ordered(world: World) -> None:
    own = world.readers["own"]
    returned(world)
    came = doing(own, lambda: Returned.objects.get().id)
    doing(own, lambda: delivery.order(returned_id=came, to=ref(OTHER).id, by=own))
    delivery_tasks.redirect.run(ref(REGION))


def redirected(world: World) -> None:
    ordered(world)
    open_mail(ref(OTHER)), open_mail(ref(REGION))


def ended(world: World) -> None:
    own, call_id = world.readers["own"], claimed(world)
    doing(own, lambda: actions.end(call_id=call_id, kind="advice", by=own))


def missed(world: World) -> None:
    rings(world)
    head = {"authorization": f"Bearer {world.token}"}
    body = json.dumps({"call_id": "a-1", "event": "ended"})
    world.clients["machine"].post("/api/v1/calls", body, content_type="application/json", headers=head)


def ring_back(world: World, shifts: bool = False) -> UUID:
    own = world.readers["own"]
    row = doing(own, lambda: callbacks_actions.promise(whom=WHOM, due_at=now(), shifts=shifts, by=own))
    return row.id


def promised(world: World, shifts: bool = False) -> None:
    """In the call itself; the concern is sent afterwards."""
    own, call_id = world.readers["own"], claimed(world)
    with work(ref(REGION), TEST):
        reference = Call.objects.get(id=call_id).reference
    promise = partial(callbacks_actions.promise, whom=WHOM, due_at=now(), shifts=shifts, reference=reference)
    doing(own, lambda: promise(by=own))
    told = as_letter({**CANARY, "reporter_kind": "privat", "acute": True})
    doing(own, lambda: actions.forward(call_id=call_id, told=told, to=ref(KOMMUNE).id, by=own))


def promised_and_accepted(world: World) -> None:
    promised(world)
    open_mail(ref(KOMMUNE))


def promised_and_stored(world: World, shifts: bool = False) -> None:
    promised(world, shifts)
    open_mail(ref(KOMMUNE)), open_mail(ref(REGION))


def rung_back(world: World) -> None:
    own, row = world.readers["own"], ring_back(world)
    doing(own, lambda: callbacks_actions.tried(callback_id=row, result="reached", again=None, by=own))


STORIES: dict[str, Callable[[World], object]] = {
    "ringing": rings,
    "claimed": claimed,
    "offered": offered,
    "taken by another": taken,
    "sent": sent,
    "stored, before it is settled": accepted,
    "stored": stored,
    "opened": opened,
    "returned": returned,
    "ordered on": ordered,
    "redirected and stored": redirected,
    "ended": ended,
    "missed": missed,
    "to ring back": ring_back,
    "to ring back, the shift's": lambda world: ring_back(world, shifts=True),
    "rung back": rung_back,
    "sent, and promised to ring back": promised,
    "stored, and promised to ring back, before it is settled": promised_and_accepted,
    "stored, and promised to ring back": promised_and_stored,
    "stored, and the shift promised to ring back": lambda world: promised_and_stored(world, shifts=True),
}
AFTER = ("stored, before it is settled", "stored", "opened", "returned", "ordered on", "redirected and stored")


def addresses(world: World, everything: bool) -> Iterator[str]:
    """Every address of the region with every id that lies there; `everything`: also those of other rooms."""
    ids = [str(key) for key in world.ids()] or [str(UUID(int=7))]
    for pattern, _, _ in gather("varde.urls_region"):
        path = "/" + pattern.lstrip("/^").rstrip("$").replace("\\Z", "")
        near = path in ("/innsynslogg", "/start") or path.startswith(("/vakttelefon", "/api"))
        if path.startswith(("/ut", "/inn/", "/aktiver")) or not (everything or (near and not _far(path))):
            continue
        yield from {filled(path, key) for key in ids}


def _far(path: str) -> bool:
    """Pages of the phone that are about shifts and numbers: asked where everything is."""
    return path.startswith(("/vakttelefon/drift", "/vakttelefon/vakter", "/vakttelefon/erkl", "/vakttelefon/kurs"))


def filled(path: str, key: str) -> str:
    while "<" in path:
        before, rest = path.split("<", 1)
        kind, after = rest.split(">", 1)
        path = before + (key if kind.startswith("uuid") else "csv") + after
    return path


def shown(world: World, who: str, everything: bool) -> str:
    """All that this browser is answered, each address twice and once as htmx asks."""
    client, said = world.clients[who], []
    head = {"authorization": f"Bearer {world.token}"} if who == "machine" else {}
    for path in addresses(world, everything):
        for headers in (head, {**head, "HX-Request": "true"})[: 2 if who in ("own", "other") else 1]:
            answer = client.get(path, headers=headers)
            said.append(b"".join(answer.streaming_content) if answer.streaming else answer.content)
            if answer.status_code == 200 and "/vakttelefon" in path:
                assert "no-store" in answer.get("Cache-Control", ""), path
    if who == "machine":
        body = json.dumps({"call_id": "a-1", "from": NUMBER})
        said.append(client.post("/api/v1/calls", body, content_type="application/json", headers=head).content)
    return b"\n".join(said).decode(errors="replace")


def by_sql(by: Reader) -> str:
    """Every table of the office with this reader's ticket, and every sealed field that opens."""
    said: list[str] = []
    with office(by.office), transaction.atomic(), presented(by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            for (table,) in cursor.fetchall():
                cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
                if cursor.fetchone() == (True,):
                    cursor.execute(f'SELECT t::text FROM "{table}" t')
                    said += [row[0] for row in cursor.fetchall()]
        for model in (Call, CallBack, Returned):
            said += [opened_text(row, field.name) for row in model.objects.all() for field in sealed_fields(model)]
        transaction.set_rollback(True)
    return "\n".join(said)


def opened_text(row: object, name: str) -> str:
    try:
        return json.dumps(getattr(row, name), ensure_ascii=False)
    except CannotOpen:
        return ""


def fields_in(text: str) -> set[str]:
    return {field for field, words in NEEDLES.items() if any(word in text for word in words)}


@pytest.mark.parametrize("state", STORIES)
def test_every_way_gives_what_the_table_says(world, state):
    STORIES[state](world)
    for who in WHO:
        may = EXPECTED[state].get(who, NOBODY)
        seen = fields_in(shown(world, who, everything=state == "stored"))
        assert seen <= may, f"{state}, {who}: {seen - may}"
        if who != "machine":
            opens = fields_in(by_sql(world.readers[who]))
            assert opens <= may, f"{state}, {who}, SQL: {opens - may}"


def test_the_table_can_be_seen_to_fail_the_operator_does_read_her_own(world):
    claimed(world)
    assert fields_in(shown(world, "own", everything=False)) >= TOLD_SET
    assert fields_in(by_sql(world.readers["own"])) >= CALL


def test_after_acceptance_the_table_names_nobody():
    assert all(EXPECTED[state] == {} for state in AFTER)
    assert set(EXPECTED) == set(STORIES)
    assert {"told", "caller", "acts", "passed"} == set(CONTENT)


def test_the_same_page_again_is_not_there_once_the_kommune_has_it(world):
    call_id = sent(world)
    path = f"/vakttelefon/{call_id}"
    before = world.clients["own"].get(path)
    assert CANARY["what"] in before.content.decode()
    open_mail(ref(KOMMUNE))
    again = world.clients["own"].get(path, headers={"If-None-Match": before.get("ETag", '"x"')})
    assert again.status_code in (302, 404)
    assert not fields_in(again.content.decode())
