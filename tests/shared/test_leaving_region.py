"""A region ends too, when no kommune is left; and what stops an end is told before drift answers."""

from datetime import timedelta

import pytest
from django.core import mail

from regional.meetings.models import Meeting
from shared.orders import work as order_work
from shared.orders.export_file import public_of
from shared.orders.models import Certificate
from shared.orders.queries import Placed
from shared.registry.models import Office
from shared.registry.provision import Wish, provision
from tests.cast import ref
from tests.client import anonymous, log_in
from tests.offices import open_rows
from tests.shared.letters import post_one
from tests.shared.orders import ask, drift, move, newborns, somebody, state, work_off
from tests.shared.test_leaving import PHRASE, SALT, _tell, administrator, lines, ny, settle, unpacked
from varde.access.roles import Role
from varde.clock import now
from varde.identity.models import User
from varde.tenancy import fleet
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

assert newborns
assert ny
REGION = "nyregion"
WHO = {"administrator_name": "Liv", "administrator_email": "liv@nyregion.example"}


def host(name: str):
    return somebody(REGION, Role.HOST_ADMINISTRATOR, name)


def operator():
    return log_in("drift", "operator@drift.example", "Noen i driften", Role.PLATFORM_OPERATOR)


@pytest.fixture
def region(newborns) -> OfficeRef:
    """A region with two administrators, and no kommune."""
    born = provision(Wish("region", REGION, "Nyregionen"))
    ref.cache_clear()
    for name in ("en", "to"):
        settle(born, host(name), email=f"{name}@nyregion.example", since=now() - timedelta(days=4))
    return born


def asks(by) -> Placed:
    order_id = ask(by, "close_office", public=public_of(PHRASE, SALT).hex(), salt=SALT.hex())
    return order_work.look(order_id)


def test_a_region_without_a_kommune_is_closed_by_two_with_a_certificate(region, tmp_path):
    with work(region, "setup"):
        Meeting(starts_at=now(), minutes=60, place="Rådhuset", state="held", made_at=now(), made_by_name="En").save()
    order = asks(host("en"))
    move(drift(), order.id, "approved")
    work_off()
    order = order_work.look(order.id)
    assert (order.state, order.said) == ("ready", "")
    code = unpacked(order, tmp_path / "ut")
    assert [row["email"] for row in lines(tmp_path / "ut", "identity_user")] != []
    assert lines(tmp_path / "ut", "audit_entry") != []
    assert [row["place"] for row in lines(tmp_path / "ut", "meetings_meeting")] == ["Rådhuset"]
    assert (tmp_path / "ut/moter/001/referat.pdf").read_bytes().startswith(b"%PDF")
    move(host("en"), order.id, "opened", facts={"code": code})
    move(host("to"), order.id, "agreed")
    work_off()
    assert state(order.id) == "done"
    with order_work.as_owner():
        facts = Certificate.objects.get(office=region.id).facts
    assert (facts["name"], facts["log_whole"], facts["rows"] > 0) == ("Nyregionen", True, True)
    with fleet.connect() as owner:
        assert owner.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [region.schema]).fetchone() is None
    page = anonymous(REGION).get("/")
    assert (page.status_code, "Kontakt kommunen" in page.content.decode()) == (410, True)


def test_a_region_that_has_a_kommune_is_not_closed_and_is_told_at_once(region):
    kommune = provision(Wish("kommune", "nykommune", "Nykommune", "9977", REGION))
    open_rows()
    ref.cache_clear()
    told = "I samarbeidsavtalen, eller på vei inn: Nykommune. Alle må ut først."
    page = log_in(REGION, "en@nyregion.example", "En", Role.HOST_ADMINISTRATOR).get("/avslutning")
    assert (page.status_code, told in page.content.decode()) == (200, True)
    order = asks(host("en"))
    work_off()
    assert (state(order.id), order_work.look(order.id).ahead) == ("asked", told)
    move(drift(), order.id, "approved")
    work_off()
    assert (state(order.id), order_work.look(order.id).said) == ("failed", told)
    assert Office.objects.filter(id=kommune.id, active=True).exists()


def test_what_stops_an_end_is_told_to_both_before_drift_answers_and_is_gone_when_it_is_mended(ny):
    _tell(ny, opened=False)
    order = asks(administrator())
    work_off()
    told = "Én bekymring er ikke åpnet ennå. Teamet må åpne den først."
    assert (state(order.id), order_work.look(order.id).ahead) == ("asked", told)
    assert told in operator().get(f"/plattform/bestillinger/{order.id}").content.decode()
    mine = log_in("nykommune", "admin@nykommune.example", "Admin", Role.ADMINISTRATOR)
    assert told in mine.get("/avslutning").content.decode()
    with fleet.connect() as owner:
        owner.execute(f"UPDATE {ny.schema}.inbox_concern SET progress = 'opened' WHERE progress = 'received'")
    work_off()
    assert (state(order.id), order_work.look(order.id).ahead) == ("asked", "")


def test_a_letter_under_way_is_told_before_anything_is_asked_for(ny):
    post_one("nykommune")
    mine = log_in("nykommune", "admin@nykommune.example", "Admin", Role.ADMINISTRATOR)
    assert "Ett brev til eller fra Nykommune er underveis." in mine.get("/avslutning").content.decode()


def test_drift_sends_another_link_to_a_region_where_nobody_has_come_in(newborns):
    order_id = ask(drift(), "create_region", name="Nyregionen", slug=REGION, **WHO)
    client = operator()
    page = f"/plattform/bestillinger/{order_id}/ny-lenke"
    assert client.get(page).status_code == 404
    move(drift(), order_id, "approved")
    work_off()
    wrong = client.post(page, {"administrator_name": "Liv", "administrator_email": "ikke en adresse"})
    assert (wrong.status_code, "ikke en adresse" in wrong.content.decode()) == (422, True)
    sent = client.post(page, {"administrator_name": "Liv", "administrator_email": "ny@nyregion.example"})
    assert sent.status_code == 303
    link = sent["Location"].rsplit("/", 1)[-1]
    assert client.post(f"/plattform/bestillinger/{link}/godkjenn").status_code == 303
    work_off()
    assert mail.outbox[-1].to == ["ny@nyregion.example"]
    with work(ref(REGION), "setup"):
        assert list(User.objects.filter(is_active=True).values_list("email", flat=True)) == ["ny@nyregion.example"]
