"""The region invites, and hears from each kommune how far it has come; the kommune asks for a test and gets one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from regional.delivery.models import TestSent
from regional.onboarding import handlers, queries, states
from regional.onboarding.actions import Wanted, invite
from regional.onboarding.forms import address_of
from regional.onboarding.models import Health, Invited
from shared.codes.kommuner import kommuner
from shared.codes.starting import expected, steps, version
from shared.contracts import OfficeHealth, TestAsked
from shared.contracts.codec import encode
from shared.orders import actions
from shared.orders import queries as orders
from shared.post.actions import open_mail
from shared.post.handlers import Envelope
from shared.post.models import SealedLetter
from tenants.inbox.returned_actions import open_trial
from tenants.inbox.returned_models import Trial
from tenants.starting import health, tasks
from tenants.starting.actions import ask_for_test
from tests.cast import TEST, as_person, inside, ref, seen_as
from tests.client import client_for, log_in
from tests.shared.orders import NEW, acting, drift, move, newborns, work_off
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.audit.models import Entry
from varde.clock import now, telling
from varde.refusal import Refused
from varde.tenancy.fleet import connect
from varde.tenancy.work import work
from varde.ui.dates import day_of

assert newborns
REGION, KOMMUNE = "gjovikregionen", "gjovik"
LOTEN = Wanted("3412", "Løten", "loten", "Kari Løten", "kari@loten.example")


def said(**changes: object) -> OfficeHealth:
    known = {"list_version": version(), "steps": {step.code: "open" for step in steps()}, "team": 3, "certified": 1,
             "trained": 2, "police": False, "started_on": None, "as_of": now()}  # fmt: skip
    return OfficeHealth(**known | changes)  # type: ignore[arg-type]


def envelope(slug: str) -> Envelope:
    return Envelope(uuid4(), ref(slug), now())


def host() -> Reader:
    by = as_person("liv")
    return Reader(office=by.office, user_id=by.user_id, name=by.name, roles=frozenset({Role.HOST_ADMINISTRATOR}))


def test_a_kommune_says_how_it_stands_and_the_region_sees_codes_and_counts(house):
    tasks.tell_region.run(ref(KOMMUNE))
    assert open_mail(ref(REGION)) == 1
    with work(ref(REGION), TEST) as by:
        found = {one.name: one for one in queries.health(by)}
    assert set(found) == {"Gjøvik", "Østre Toten", "Vestre Toten"}
    assert (found["Gjøvik"].label, found["Østre Toten"].label) == ("På vei", "Har ikke begynt")
    assert {line.step.code: line.state for line in found["Gjøvik"].lines}["phone"] == "done"
    assert found["Gjøvik"].expected.of == len(expected())


def test_it_is_said_once_until_something_changes_or_a_day_has_gone(house):
    def sent() -> int:
        tasks.tell_region.run(ref(KOMMUNE))
        with work(ref(KOMMUNE), TEST):
            return SealedLetter.objects.filter(kind="OfficeHealth").count()

    assert (sent(), sent()) == (1, 1)
    log_in(KOMMUNE, "ny@gjovik.example", "Ny", Role.COORDINATOR)
    assert sent() == 2
    with telling(now() + timedelta(hours=21)):
        assert sent() == 3


def test_the_letter_names_nobody_and_holds_no_free_text(gjovik):
    client_for("kari")
    with presented(Reader.for_purpose("starting", gjovik)):
        by = Reader.for_purpose("starting", gjovik)
        known = health.queries.known(by, day_of(now()))
        letter = health.letter_of(known, health.standings(steps(), known, {}, ()), now())
    text = encode(letter, id=uuid4(), sender=gjovik.id, recipient=gjovik.id).decode()
    assert "Kari" not in text
    assert set(letter.steps) == {step.code for step in steps()}


@pytest.mark.parametrize("wrong", [{"team": -1}, {"certified": 4}, {"trained": 9}])
def test_counts_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="enn det er i teamet"):
        said(**wrong)


def test_the_same_letter_twice_is_one_and_the_newest_holds(gjovikregionen):
    first = envelope(KOMMUNE)
    by = Reader.for_purpose("post", gjovikregionen)
    with presented(by):
        handlers.store_health(said(), first, by)
        handlers.store_health(said(), first, by)
        handlers.store_health(said(team=5, as_of=now() + timedelta(minutes=1)), envelope(KOMMUNE), by)
        with pytest.raises(handlers.NotOurs):
            handlers.store_health(said(), envelope("naboregionen"), by)
    assert Health.objects.count() == 2
    assert queries.one(by, ref(KOMMUNE).id).team == 5  # type: ignore[union-attr]


def test_a_kommune_of_another_region_is_not_among_ours(gjovikregionen):
    by = Reader.for_purpose("post", gjovikregionen)
    with presented(by):
        handlers.store_health(said(), envelope("nabo"), by)
    assert "Nabo" not in {one.name for one in queries.health(by)}
    assert client_for("liv", Role.HOST_ADMINISTRATOR).get(
        f"/samarbeid/nye-kommuner/{ref('nabo').id}"
    ).status_code == 404  # fmt: skip


def test_silence_is_shown_and_never_taken_for_zero():
    at = now()
    assert states.standing(None, None, at)[0] == "Har ikke begynt"
    assert states.standing(at.date(), at, at)[0] == "I gang"
    assert states.standing(at.date(), at - timedelta(days=4), at)[1] == "danger"
    assert {line.label for line in states.lines(steps(), {})} == {"Ikke sagt"}


def test_the_kommune_asks_and_the_whole_way_is_walked(house):
    with work(ref(KOMMUNE), "setup"):
        pass
    arne = client_for("arne")
    assert arne.post("/oppstart/prove").status_code == 303
    assert open_mail(ref(REGION)) == 1
    assert open_mail(ref(KOMMUNE)) == 1
    page = arne.get("/oppstart/prove").content.decode()
    assert "Venter på teamet" in page
    kari = client_for("kari")
    with work(ref(KOMMUNE), TEST):
        trial = Trial.objects.get()
    assert kari.post(f"/innboks/prove/{trial.id}").status_code in (302, 303)
    assert open_mail(ref(REGION)) == 1
    with work(ref(REGION), TEST):
        row = TestSent.objects.get()
        assert (row.opened_at is not None, row.by_name) == (True, "Bestilt av Gjøvik")
    tasks.tell_region.run(ref(KOMMUNE))
    with work(ref(KOMMUNE), TEST) as by:
        found = {one.step.code: one.state for one in health.queries.standing(by)}
    assert found["trial"] == "done"


def test_one_test_at_a_time(gjovik):
    with seen_as("arne") as by:
        ask_for_test(by=by)
        with pytest.raises(Refused, match="nettopp"):
            ask_for_test(by=by)


def test_an_administrator_sees_that_a_test_came_and_cannot_open_it(gjovik):
    row = Trial(letter_id=uuid4(), reference="P-1", origin=ref(REGION).id, at=now())
    row.save(force_insert=True)
    with seen_as("arne") as by:
        assert Trial.objects.filter(id=row.id).exists()
        assert Trial.objects.filter(id=row.id).update(opened_at=now()) == 0
        with pytest.raises(PermissionDenied):
            open_trial(trial_id=row.id, by=by)


def test_the_region_answers_only_its_own(gjovikregionen):
    by = Reader.for_purpose("post", gjovikregionen)
    with presented(by), pytest.raises(ValueError, match="egne kommuner"):
        handlers.answer_asked(TestAsked(asked_at=now()), envelope("nabo"), by)


def test_an_invitation_is_an_order_that_waits_for_drift(gjovikregionen):
    client = client_for("liv", Role.HOST_ADMINISTRATOR)
    found = client.get("/samarbeid/nye-kommuner/inviter", {"sok": "løt"}).content.decode()
    assert 'href="?nummer=3412"' in found
    form = client.get("/samarbeid/nye-kommuner/inviter", {"nummer": "3412"}).content.decode()
    assert 'value="loten"' in form
    typed = {"number": "3412", "name": "Løten", "slug": "loten", "administrator_name": "Kari Løten",
             "administrator_email": "kari@loten.example", "starts_on": ""}  # fmt: skip
    assert client.post("/samarbeid/nye-kommuner/inviter", typed | {"administrator_email": "x"}).status_code == 422
    assert client.post("/samarbeid/nye-kommuner/inviter", typed).status_code == 303
    page = client.get("/samarbeid/nye-kommuner").content.decode()
    assert "Venter på drift" in page
    assert "kari@loten.example" not in page
    found = client.get("/samarbeid/nye-kommuner/inviter", {"sok": "løt"}).content.decode()
    assert ('href="?nummer=3412"' in found, "er alt invitert" in found) == (False, True)
    again = client.post("/samarbeid/nye-kommuner/inviter", typed)
    assert (again.status_code, "alt bestilt" in again.content.decode()) == (422, True)
    order = Invited.objects.get().order
    assert client.post(f"/samarbeid/nye-kommuner/bestilling/{order}/trekk").status_code == 303
    assert orders.one(order).state == "withdrawn"  # type: ignore[union-attr]
    assert 'href="?nummer=3412"' in client.get("/samarbeid/nye-kommuner/inviter", {"sok": "løt"}).content.decode()


def test_a_kommune_that_is_made_may_get_a_new_link_and_one_that_is_closed_is_not_listed(newborns):
    client = client_for("liv", Role.HOST_ADMINISTRATOR)
    assert client.post("/samarbeid/nye-kommuner/inviter", {**NEW, "starts_on": ""}).status_code == 303
    with acting(drift()) as by:
        order_id = orders.of(by)[0].id
    move(drift(), order_id, "approved")
    work_off()
    page = f"/samarbeid/nye-kommuner/bestilling/{order_id}/ny-lenke"
    assert page in client.get("/samarbeid/nye-kommuner").content.decode()
    assert client.get(page).status_code == 200
    assert client.post(page, {"administrator_name": "A", "administrator_email": "x"}).status_code == 422
    assert client.post(page, {"administrator_name": "A", "administrator_email": "a@ny.example"}).status_code == 303
    assert "Ny lenke" in client.get("/samarbeid/nye-kommuner").content.decode()
    with connect() as owner:
        owner.execute("UPDATE registry_office SET active = false WHERE number = '9977'")
    assert "Nykommune" not in client.get("/samarbeid/nye-kommuner").content.decode()
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("number", ["3407", "12", "030199x"])
def test_a_number_that_is_taken_or_is_none_is_refused(gjovikregionen, number):
    typed = {"number": number, "name": "Ny", "slug": "ny", "administrator_name": "A", "administrator_email": "a@b.no"}
    assert client_for("liv", Role.HOST_ADMINISTRATOR).post("/samarbeid/nye-kommuner/inviter", typed).status_code == 422


@pytest.mark.parametrize(("number", "name"), [("030111", "Stovner"), ("9950", "Øvekommunen")])
def test_a_bydel_and_a_practice_number_are_invited_as_others(gjovikregionen, number, name):
    typed = {"number": number, "name": name, "slug": address_of(name), "administrator_name": "A",
             "administrator_email": "a@b.no"}  # fmt: skip
    assert client_for("liv", Role.HOST_ADMINISTRATOR).post("/samarbeid/nye-kommuner/inviter", typed).status_code == 303


def test_an_ordered_kommune_is_born_without_a_team_and_outside_until_it_has_said_yes():
    wish = actions.wish_of("create_kommune", {"slug": "loten", "name": "Løten", "number": "3412", "region": REGION})
    assert (wish.facts["has_team"], wish.joined) == (False, False)


def test_an_address_can_be_made_of_every_name():
    for one in kommuner():
        assert address_of(one.name).replace("-", "").isalnum()
    assert address_of("Østre Toten") == "ostre-toten"


def test_who_may_not_invite_lays_nothing(gjovikregionen):
    with seen_as("liv") as by:
        with pytest.raises(PermissionDenied):
            invite(wanted=LOTEN, starts_on=None, by=by)
        with pytest.raises(DatabaseError), transaction.atomic():
            Invited(order=uuid4(), number="3412", name="Løten", at=now(), by_name=by.name).save()


def test_who_looked_is_in_the_log(gjovikregionen):
    client = client_for("liv", Role.HOST_ADMINISTRATOR)
    page = client.get(f"/samarbeid/nye-kommuner/{ref(KOMMUNE).id}")
    assert f"/vakttelefon/drift/oppsett?kommune={ref(KOMMUNE).id}" in page.content.decode()
    assert Entry.objects.filter(what="onboarding.kommune", action="view").exists()


def test_outside_of_every_region_nothing_is_told(house):
    outside = Reader.for_purpose("starting", ref(KOMMUNE))
    with inside(KOMMUNE):
        alone = Reader(office=type(outside.office)(**{
            **{name: getattr(outside.office, name) for name in outside.office.__dataclass_fields__}, "region_id": None
        }), purpose="starting", name="starting")  # fmt: skip
        assert health.tell(by=alone) is False
