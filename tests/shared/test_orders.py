"""What an office asks of the platform: who may ask and answer, what stands open, and that the work can be cut short."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection

from shared.orders import box, queries
from shared.orders import work as order_work
from shared.orders.models import Order, OrderStep
from shared.registry.models import Office
from shared.registry.queries import office_by_slug
from tests.cast import ref
from tests.client import OfficeClient, log_in
from tests.shared.orders import (
    FIRST,
    acting,
    approved,
    ask,
    drift,
    move,
    newborns,
    region,
    somebody,
    state,
    work_off,
)
from varde.access.roles import Role
from varde.cli_errors import Complaint
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Overtaken, Refused
from varde.tenancy.door import office
from varde.tenancy.work import work

assert newborns


def test_a_kommune_is_asked_for_approved_and_born(newborns):
    order_id = approved()
    assert work_off() == 1
    assert state(order_id) == "done"
    born = office_by_slug("nykommune")
    assert born is not None
    assert born.region_id is None  # it says yes to the agreement itself
    with work(born, "setup"):
        user = User.objects.get(email=FIRST)
        assert [grant.role for grant in user.grants.all()] == [Role.ADMINISTRATOR]
    (sent,) = mail.outbox
    assert sent.to == [FIRST]
    assert "http://nykommune.localhost" in sent.body
    assert "/aktiver/" in sent.body


def test_nothing_is_done_before_drift_has_said_yes(newborns):
    order_id = ask(region())
    assert work_off() == 0
    assert state(order_id) == "asked"
    assert office_by_slug("nykommune") is None


def test_the_person_stands_nowhere_open_and_is_forgotten_in_the_end(newborns):
    order_id = approved()
    with order_work.as_owner():
        row = Order.objects.get(id=order_id)
    said = f"{row.facts} {bytes(row.person)!r}"
    assert FIRST not in said
    assert "Første" not in said
    assert box.unseal(order_id, bytes(row.person)) is not None
    work_off()
    assert box.unseal(order_id, bytes(row.person)) is None


def test_a_refused_order_forgets_the_person_too(newborns):
    order_id = ask(region())
    refused = move(drift(), order_id, "refused", said="Regionen har ingen avtale med oss.")
    assert refused.said == "Regionen har ingen avtale med oss."
    assert order_id not in box.kept()
    with pytest.raises(Refused, match="Avslått"):
        move(drift(), order_id, "approved")


def test_the_region_of_the_order_is_the_one_that_asks(newborns):
    order_id = ask(region(), region="naboregionen")
    with order_work.as_owner():
        assert Order.objects.get(id=order_id).facts["region"] == "gjovikregionen"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number": "3407"}, "allerede brukt av Gjøvik"),
        ({"slug": "gjovik"}, "allerede brukt av Gjøvik"),
        ({"slug": "Ny!"}, "kan ikke brukes som adresse"),
        ({"number": "12"}, "ikke et kommunenummer"),
        ({"name": ""}, "mangler"),
        ({"administrator_email": "nei"}, "e-posten"),
        ({"administrator_name": " "}, "administratoren"),
    ],
)
def test_what_cannot_be_met_is_said_at_once(newborns, changed, sentence):
    with pytest.raises(Refused, match=sentence):
        ask(region(), **changed)


def test_the_same_is_not_asked_for_twice(newborns):
    ask(region())
    with pytest.raises(Refused, match="alt bestilt"):
        ask(region(), slug="nykommune-to")


def test_a_region_sees_its_own_orders_and_drift_sees_all(newborns):
    order_id = ask(region())
    with acting(region()) as by:
        assert [order.id for order in queries.of(by)] == [order_id]
    with acting(drift()) as by:
        assert [order.title for order in queries.of(by)] == ["Opprette en kommune: Nykommune (9977)"]
    with acting(somebody("naboregionen", Role.HOST_ADMINISTRATOR)) as by:
        assert queries.of(by) == []
    with office(ref("naboregionen")):
        assert not Order.objects.exists()


def test_only_drift_says_yes_in_the_database_too(newborns):
    order_id = ask(region())
    with pytest.raises(PermissionDenied):
        move(region(), order_id, "approved")
    step = OrderStep(order=order_id, number=1, state="approved", office=ref("gjovikregionen").id, at=now())
    with pytest.raises(DatabaseError, match="row-level security"), acting(region()):
        step.save()


@pytest.mark.parametrize("state", ["working", "ready", "done", "failed"])
def test_no_office_speaks_for_the_platform(newborns, state):
    order_id = ask(region())
    for by in (region(), drift()):
        step = OrderStep(order=order_id, number=1, state=state, office=by.office.id, at=now())
        with pytest.raises(DatabaseError, match="row-level security"), acting(by):
            step.save()


def test_no_office_asks_for_another_or_for_what_is_not_its_own(newborns):
    for kind, whose in (
        ("create_kommune", "naboregionen"),
        ("create_region", "gjovikregionen"),
        ("x", "gjovikregionen"),
    ):
        row = Order(kind=kind, asker=ref(whose).id, office=ref(whose).id, asked_at=now())
        with pytest.raises(DatabaseError, match="row-level security"), acting(region()):
            row.save()


def test_nothing_that_was_said_is_changed(newborns):
    ask(region())
    with pytest.raises(DatabaseError, match="permission denied"), acting(region()), connection.cursor() as cursor:
        cursor.execute("UPDATE orders_order SET facts = '{}'")


def test_of_two_in_drift_one_answers(newborns, monkeypatch):
    order_id = ask(region())
    stale = order_work.look(order_id)
    move(drift(), order_id, "approved")
    monkeypatch.setattr("shared.orders.actions.one", lambda _id: stale)
    with pytest.raises(Overtaken):
        move(drift(), order_id, "refused", said="Nei")


def test_a_failure_is_a_sentence_and_can_be_tried_again(newborns, monkeypatch):
    order_id = approved()
    with monkeypatch.context() as broken:
        broken.setattr("shared.orders.birth.send_link", lambda **_: False)
        work_off()
    failed = order_work.look(order_id)
    assert (failed.state, failed.said.split(".")[0]) == (
        "failed",
        "E-posten til den første administratoren ble ikke tatt imot",
    )
    move(drift(), order_id, "approved")
    work_off()
    assert state(order_id) == "done"
    assert Office.objects.filter(slug="nykommune").count() == 1
    assert len(mail.outbox) == 1


def test_an_unknown_failure_tells_its_kind_and_nothing_else(newborns, monkeypatch):
    order_id = approved()
    monkeypatch.setattr("shared.orders.birth.invite", lambda **_: 1 / 0)
    work_off()
    assert order_work.look(order_id).said == "Noe gikk galt underveis (ZeroDivisionError). Prøv igjen, eller se loggen."


@pytest.mark.parametrize("at", range(9))
def test_cut_short_anywhere_the_next_one_ends_as_if_it_were_the_first(newborns, monkeypatch, at):
    """The work is ended before and after each commit of a birth, as a kill would; then it is begun again."""
    order_id = approved()
    with monkeypatch.context() as cut, pytest.raises(Killed):
        _cut(cut, at)
        work_off()
        raise Killed  # it was done before it came so far
    work_off()
    assert state(order_id) == "done"
    born = ref("nykommune")
    with work(born, "setup"):
        assert User.objects.filter(email=FIRST).count() == 1
    assert 1 <= len(mail.outbox) <= 2
    assert order_id not in box.kept()


class Killed(BaseException):
    """Nothing catches it, as nothing catches a kill."""


def _cut(patched: pytest.MonkeyPatch, at: int) -> None:
    count = iter(range(100))

    def before(target: str) -> None:
        module, _, name = target.rpartition(".")
        real = getattr(__import__(module, fromlist=[name]), name)

        def doomed(*args: object, **kwargs: object) -> object:
            if next(count) == at:
                raise Killed
            answer = real(*args, **kwargs)
            if next(count) == at:
                raise Killed
            return answer

        patched.setattr(target, doomed)

    for target in ("work.note", "birth.provision", "birth.invite", "birth.send_link"):
        before(f"shared.orders.{target}")


def test_one_provisioner_at_a_time(newborns):
    approved()
    with order_work.connect(autocommit=True) as other:
        assert other.execute(order_work._LOCK).fetchone() == (True,)
        assert order_work.work_off() == 0
    assert work_off() == 1


def test_a_server_does_not_carry_out_orders(monkeypatch):
    order_work.refuse_servers()
    monkeypatch.setitem(order_work.sys.modules, "gunicorn.arbiter", order_work)
    with pytest.raises(Complaint, match="for seg"):
        order_work.refuse_servers()


def test_drift_answers_on_its_page_and_a_controller_only_looks(newborns):
    order_id = ask(region())
    page = f"/plattform/bestillinger/{order_id}"
    operator = _client(Role.PLATFORM_OPERATOR)
    assert "Nykommune (9977)" in operator.get("/plattform/bestillinger").content.decode()
    assert "Godkjenn" in operator.get(page).content.decode()
    refused = operator.post(f"{page}/avsla", {"said": ""})
    assert refused.status_code == 422
    assert operator.post(f"{page}/godkjenn").status_code == 303
    assert "Godkjent, venter på tur" in operator.get(page).content.decode()
    controller = _client(Role.CONTROLLER)
    assert controller.post(f"{page}/godkjenn").status_code == 403
    assert FIRST not in operator.get(page).content.decode()


def _client(role: Role) -> OfficeClient:
    return log_in("drift", f"{role}@drift.example", "Noen i driften", role)


def test_no_region_orders_an_office_that_stands(newborns):
    by = region()
    row = Order(kind="create_kommune", asker=by.office.id, office=ref("gjovik").id, asked_at=now())
    with pytest.raises(DatabaseError, match="row-level security"), acting(by):
        row.save()


def test_a_birth_never_lets_anybody_into_an_office_that_another_order_made(newborns):
    approved()
    work_off()
    born, by = ref("nykommune"), region()
    facts = {"number": "9977", "name": "Nykommune", "slug": "nykommune", "region": by.office.slug}
    row = Order(kind="create_kommune", asker=by.office.id, office=born.id, facts=facts, asked_at=now())
    person = {"administrator_name": "Inntrenger", "administrator_email": "inntrenger@ond.example"}
    row.person = box.seal(row.id, person)
    with order_work.as_owner():
        row.save()  # as if the policy did not hold
    move(drift(), row.id, "approved")
    work_off()
    assert "står fra før" in order_work.look(row.id).said
    with work(born, "setup"):
        assert not User.objects.filter(email="inntrenger@ond.example").exists()


def link(by=None, **changed: str):
    """The order of another link to Nykommune's first administrator."""
    told = {"administrator_name": "En Annen", "administrator_email": "annen@ny.example", **changed}
    return ask(by or region(), "new_link", office=str(ref("nykommune").id), **told)


def test_a_link_that_went_astray_is_sent_anew_and_the_first_one_is_dead(newborns):
    approved()
    work_off()
    order_id = link()
    with pytest.raises(Refused, match="alt bestilt"):
        link()
    move(drift(), order_id, "approved")
    work_off()
    assert state(order_id) == "done"
    assert mail.outbox[-1].to == ["annen@ny.example"]
    with work(ref("nykommune"), "setup"):
        assert list(User.objects.filter(is_active=True).values_list("email", flat=True)) == ["annen@ny.example"]
    assert order_id not in box.kept()


def test_an_office_whose_order_failed_halfway_is_not_lost(newborns):
    order_id = approved()
    box.forget(order_id)
    work_off()
    assert "be om en ny lenke" in order_work.look(order_id).said
    move(drift(), order_id, "refused", said="Be om en ny lenke.")
    again = link()
    move(drift(), again, "approved")
    work_off()
    assert (state(again), mail.outbox[-1].to) == ("done", ["annen@ny.example"])


def test_no_new_link_goes_to_an_office_where_somebody_is_in_or_that_is_anothers(newborns):
    approved()
    work_off()
    with pytest.raises(Refused, match="ikke dere"):
        link(somebody("naboregionen", Role.HOST_ADMINISTRATOR))
    order_id = link()
    log_in("nykommune", FIRST, "Første", Role.ADMINISTRATOR)
    move(drift(), order_id, "approved")
    work_off()
    assert "alt fått tilgang" in order_work.look(order_id).said
    with work(ref("nykommune"), "setup"):
        assert not User.objects.filter(email="annen@ny.example").exists()
