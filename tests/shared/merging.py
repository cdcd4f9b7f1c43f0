"""Two small kommuner with a life of their own, which become one; and short words for asking and agreeing."""

import uuid
from dataclasses import dataclass
from typing import Any

import pytest

from shared.orders import work as order_work
from shared.orders.queries import Placed
from shared.registry.provision import Wish, provision
from tenants.cases.actions import write_note
from tenants.inbox import attachments_sealed
from tenants.inbox.attached import Attachment
from tenants.inbox.models import Denial
from tenants.inbox.receipts import receipt_for
from tenants.measures.sharing_links import hashes, make
from tenants.measures.sharing_models import Sharing
from tenants.outreach import year_actions
from tenants.reporting.models import Report, ReportCopy
from tests.cast import PEOPLE, TEST, ref
from tests.offices import open_rows
from tests.shared.orders import acting, ask, drift, move, somebody, work_off
from tests.standing import lend
from tests.tenants import way
from tests.tenants.people import card_in
from varde.access.reader import Reader
from varde.access.roles import Role
from varde.audit.models import Entry
from varde.clock import now
from varde.identity.actions import invite, set_active
from varde.identity.models import User
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

SAME = "felles@ny.example"
CLOSED = "stengt@ny.example"
LENT = "utlant@nyvest.example"
PHOTO = b"innholdet i bildet"
ADDRESS = "Storgata 77 B, 2815 Gjøvik"
NEW = {"number": "9976", "name": "Nyen", "slug": "nyen"}
COORDINATORS = {"nyvest": "kari", "nyost": "nina"}


@dataclass(frozen=True)
class Told:
    """What stands in one of them."""

    ref: OfficeRef
    concern: uuid.UUID
    case: uuid.UUID
    name: str
    receipt: str
    hidden: uuid.UUID
    shut_out: uuid.UUID
    same: uuid.UUID
    rows: int
    link: str
    code: str


@dataclass(frozen=True)
class World:
    """Both, the leading one first."""

    one: Told
    two: Told


def born(slug: str, name: str, number: str) -> OfficeRef:
    made = provision(Wish("kommune", slug, name, number, "gjovikregionen"))
    open_rows()
    ref.cache_clear()
    return made


ANSWER = ((Role.LEADER, "leder"), (Role.ADMINISTRATOR, "administrator"))


def settle(office: OfficeRef) -> None:
    """Two of its people have held the role for some days."""
    setup = Reader.for_purpose("setup", office)
    for role, name in ANSWER:
        invite(
            email=f"{name}@{office.slug}.example", name=name, roles=[role], by=setup, since=way.in_hours(-100),
            user_id=somebody(office.slug, role, name).user_id,
        )  # fmt: skip


def lived(office: OfficeRef, monkeypatch: pytest.MonkeyPatch, who: str) -> Told:
    """A case with a note, a file and a card; a matter with a protected address; somebody who is shut out."""
    name = COORDINATORS[office.slug]
    monkeypatch.setitem(PEOPLE, name, (office.slug, Role.COORDINATOR, f"{name.title()} Koordinator"))
    monkeypatch.setattr(way, "ref", lambda _slug: office)
    with acting(Reader.for_purpose(TEST, office)):
        by = Reader(office, uuid.uuid5(uuid.NAMESPACE_DNS, name), name, frozenset({Role.COORDINATOR}))
        case = _case(name, who)
        write_note(case=case, text=f"Ringte søsteren til {who}", by=by)
        file = Attachment(concern=case.concern, number=1, at=now(), name="bilde.jpg", kind="jpeg", size=len(PHOTO))
        file.save()
        attachments_sealed.store(file, "original", [PHOTO])
        card_in(case.concern, by=name, name=who, phone="61 18 95 00")
        hidden = _case(name, "Eva Skjult")
        card_in(hidden.concern, by=name, name="Eva Skjult", address=ADDRESS, protection="strict")
        setup = Reader.for_purpose("setup", office)
        settle(office)
        same = invite(email=SAME, name="Felles Person", roles=[Role.TEAM_MEMBER], by=setup, since=way.in_hours(-100))
        out = invite(email=f"ute@{office.slug}.example", name="Ute Stengt", roles=[Role.COORDINATOR], by=setup,
                     since=way.in_hours(-100))  # fmt: skip
        _closed(office, setup)
        link = make()
        shared = Sharing(concern=case.concern, made_at=now(), made_by=by.user_id, made_by_name=by.name, way="link",
                         ground="necessity", recipient="Fastlegen", why="Fare", text="Teksten som deles",
                         expires_at=way.in_hours(20))  # fmt: skip
        shared.link_hash, shared.code_hash = hashes(link.secret, link.code)
        shared.save(force_insert=True)
        year_actions.say(year=now().year, words={"went_well": f"Det gikk bra i {office.name}"}, by=by)
        Denial(concern=case.concern, user=out, kind="related", at=now(), by_user=by.user_id, by_name=by.name).save()
        _reported(by)
    with acting(Reader.for_purpose(TEST, office)):
        rows = Entry.objects.count()
        assert User.objects.count() == 6
    return Told(
        office, case.concern_id, case.id, case.name, receipt_for(office, case.concern_id), hidden.concern_id, out.id,
        same.id, rows, link.secret, link.code,
    )  # fmt: skip


def _reported(by: Reader) -> None:
    """Its first report is finished; what it says is not looked at."""
    report = Report(number=1, period="2025H1", form="bufdir_2018", finished_at=now(), finished_by=by.user_id,
                    finished_by_name=by.name)  # fmt: skip
    report.save()
    ReportCopy(report=report, draft=uuid.uuid4(), finished_by=by.user_id, content="{}", digest="0" * 64).save()


def _closed(office: OfficeRef, setup: Reader) -> None:
    """Advises the one, and was coordinator of the other until the account there was closed."""
    there = office.slug == "nyvest"
    role = Role.REFERENCE_GROUP if there else Role.COORDINATOR
    user = invite(email=CLOSED, name="Stengt Der", roles=[role], by=setup, since=way.in_hours(-100))
    if not there:
        set_active(user=user, active=False, by=setup)


def _case(name: str, who: str) -> Any:
    from tenants.inbox.actions import open_concern

    way.person(name)
    concern = open_concern(concern=way.received(who=who), by=way.as_person(name))
    return way.case(name, concern=concern)


def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Nyvest and Nyøst, in Gjøvikregionen, each with two who may answer for it."""
    one, two = born("nyvest", "Nyvest", "9977"), born("nyost", "Nyøst", "9978")
    lend("nyvest", "gjovikregionen", Role.LEADER_TEAM)
    with work(ref("gjovikregionen"), "setup") as by:
        invite(email=LENT, name="Utlånt", roles=[Role.LEADER_TEAM], by=by, for_office=one.id)
    return World(lived(one, monkeypatch, "Ola Utsatt"), lived(two, monkeypatch, "Per Utsatt"))


def coordinator(office: OfficeRef, told: Told) -> Reader:
    """Who was coordinator of one of the two, in an office that is."""
    name = COORDINATORS[told.ref.slug]
    user = uuid.uuid5(uuid.NAMESPACE_DNS, name)
    return Reader(office, user, f"{name.title()} Koordinator", frozenset({Role.COORDINATOR}))


def asked(world: World) -> uuid.UUID:
    return ask(drift(), "merge", **NEW, one=str(world.one.ref.id), two=str(world.two.ref.id))


def say_yes(slug: str, order_id: uuid.UUID) -> None:
    """Two people of it."""
    for role, name in ANSWER:
        move(somebody(slug, role, name), order_id, "yes")


def agreed(world: World) -> uuid.UUID:
    order_id = asked(world)
    for told in (world.one, world.two):
        say_yes(told.ref.slug, order_id)
    move(drift(), order_id, "approved")
    return order_id


def merged(world: World) -> Placed:
    """Asked, agreed and done; the order as it stands."""
    order_id = agreed(world)
    work_off()
    return order_work.look(order_id)
