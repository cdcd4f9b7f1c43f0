"""Who may ask for two kommuner to become one, who must say yes, and that no column with a person is forgotten."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, models, transaction

from shared.merging import columns
from shared.orders import queries
from shared.orders.export_rows import models_of
from shared.orders.models import OrderStep
from tests.cast import ref
from tests.client import log_in
from tests.shared.orders import acting, ask, drift, move, newborns, region, somebody, state
from tests.tenants import way
from varde.access.roles import Role
from varde.clock import now
from varde.identity.actions import invite
from varde.refusal import Refused
from varde.tenancy.door import office
from varde.tenancy.work import work

assert newborns
NEW = {"number": "9976", "name": "Nyen", "slug": "nyen"}


PEOPLE = ("en", "to")


def asked() -> uuid.UUID:
    for slug in ("gjovik", "ostre-toten"):
        for name in PEOPLE:
            settle(slug, name)
    return ask(drift(), "merge", **NEW, one=str(ref("gjovik").id), two=str(ref("ostre-toten").id))


def settle(slug: str, name: str, hours: float = -100) -> None:
    with work(ref(slug), "setup") as by:
        invite(
            email=f"{name}@{slug}.example", name=name, roles=[Role.LEADER], by=by, since=way.in_hours(hours),
            user_id=somebody(slug, Role.LEADER, name).user_id,
        )  # fmt: skip


def yes(slug: str, name: str, order_id: uuid.UUID) -> None:
    move(somebody(slug, Role.LEADER, name), order_id, "yes")


def test_drift_alone_asks(newborns):
    content = {**NEW, "one": str(ref("gjovik").id), "two": str(ref("ostre-toten").id)}
    for by in (region(), somebody("gjovik", Role.ADMINISTRATOR)):
        with pytest.raises((Refused, PermissionDenied)):
            ask(by, "merge", **content)


@pytest.mark.parametrize("wrong", [{"two": "gjovik"}, {"two": "gjovikregionen"}, {"slug": "gjovik"}, {"number": "12"}])
def test_what_cannot_be_is_refused_at_once(newborns, wrong):
    content = {**NEW, "one": "gjovik", "two": "ostre-toten"} | wrong
    for side in ("one", "two"):
        content[side] = str(ref(content[side]).id)
    with pytest.raises(Refused):
        ask(drift(), "merge", **content)


def test_two_people_of_each_say_yes_before_drift_can(newborns):
    order_id = asked()
    yes("gjovik", "en", order_id)
    with pytest.raises(Refused, match="alt sagt ja"):
        yes("gjovik", "en", order_id)
    yes("gjovik", "to", order_id)
    yes("ostre-toten", "en", order_id)
    with pytest.raises(Refused, match="to personer i hver"):
        move(drift(), order_id, "approved")
    yes("ostre-toten", "to", order_id)
    move(drift(), order_id, "approved")
    assert state(order_id) == "approved"


def test_somebody_who_was_let_in_yesterday_does_not_say_yes(newborns):
    order_id = asked()
    settle("gjovik", "ny", -24)
    with pytest.raises(Refused, match="tre døgn"):
        yes("gjovik", "ny", order_id)


def test_a_third_one_neither_sees_it_nor_answers(newborns):
    order_id = asked()
    with pytest.raises(Refused, match="finnes ikke"):
        yes("vestre-toten", "en", order_id)
    third = somebody("vestre-toten", Role.LEADER)
    with acting(third):
        assert queries.of(third) == []
    with office(ref("vestre-toten")), transaction.atomic(), pytest.raises(DatabaseError, match="row-level security"):
        OrderStep(order=order_id, number=1, state="yes", office=third.office.id, person=third.user_id, at=now()).save()


def test_one_of_them_says_no_and_nothing_happens(newborns):
    order_id = asked()
    yes("gjovik", "en", order_id)
    move(somebody("ostre-toten", Role.LEADER), order_id, "declined", said="Ikke vedtatt")
    assert state(order_id) == "declined"
    with pytest.raises(Refused):
        move(drift(), order_id, "approved")


def test_on_the_pages_drift_asks_and_each_kommune_answers(newborns):
    operator = log_in("drift", "drift@drift.example", "Drift", Role.PLATFORM_OPERATOR)
    for slug in ("gjovik", "ostre-toten"):
        for name in PEOPLE:
            settle(slug, name)
    content = {**NEW, "one": str(ref("gjovik").id), "two": str(ref("ostre-toten").id)}
    wrong = operator.post("/plattform/bestillinger/sammenslaing", content | {"two": content["one"]})
    assert wrong.status_code == 422
    assert "Velg to kommuner" in wrong.content.decode()
    made = operator.post("/plattform/bestillinger/sammenslaing", content)
    order = made["Location"]
    assert "Mangler ja fra 2" in operator.get(order).content.decode()
    for slug in ("gjovik", "ostre-toten"):
        for name in PEOPLE:
            person = log_in(slug, f"{name}@{slug}.example", name, Role.LEADER)
            assert "Si ja for kommunen" in person.get("/sammenslaing").content.decode()
            assert person.post("/sammenslaing/ja", {"name": "feil"}).status_code == 422
            assert person.post("/sammenslaing/ja", {"name": ref(slug).name}).status_code == 303
            assert "Du har sagt ja" in person.get("/sammenslaing").content.decode()
    told = operator.get(order).content.decode()
    assert ("Mangler ja" in told, told.count("Sa ja")) == (False, 4)
    assert operator.post(f"{order}/trekk").status_code == 303
    assert "Trukket" in operator.get(order).content.decode()


def test_every_column_that_may_hold_a_person_is_said():
    """A new plain id column says whether it names a person; else a person who is joined away would be lost from it."""
    unsaid, gone = [], {(table, name) for known in _known() for table, names in known.items() for name in names}
    for model in models_of("kommune"):
        table = model._meta.db_table
        for field in model._meta.concrete_fields:
            plain = isinstance(field, models.UUIDField) and not field.primary_key and not field.is_relation
            if plain and table not in columns.LEFT_OUT | columns.APART:
                if (table, field.column) not in gone:
                    unsaid.append(f"{table}.{field.column}")
                gone.discard((table, field.column))
    assert (unsaid, gone) == ([], set())


def _known() -> tuple[dict[str, tuple[str, ...]], ...]:
    return columns.PEOPLE, columns.NO_PERSON


def test_every_table_that_is_named_is_there():
    tables = {model._meta.db_table for model in models_of("kommune")}
    named = columns.ANEW | columns.JOINED | columns.MARKED | columns.SERIAL
    assert named - tables == set()
