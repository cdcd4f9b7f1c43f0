"""The team's inbox: an envelope until a person opens it, then the words; every look is logged."""

import re
import uuid

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.inbox import panels, tasks
from tenants.inbox.actions import move, open_concern, receive, register
from tenants.inbox.models import Concern, ReporterMessage
from tenants.inbox.told import Told
from tests.cast import TEST, as_person, ref
from tests.client import client_for, log_in
from tests.tenants import way
from varde.access import Reader, Role
from varde.audit.models import Entry
from varde.tenancy.work import work

SECRET = "Naboen slår moren sin."


def told(**kwargs):
    words = Told(**({"reporter_kind": "privat", "what": SECRET, "who": "Fru Berg i 3B"} | kwargs))
    got = receive(told=words, channel="web", by=Reader.for_purpose("intake", ref("gjovik")))
    return Concern.objects.get(id=got.concern_id)


def text_of(response):
    return response.content.decode()


def looks(what):
    return [(entry.action, entry.name, entry.object_id) for entry in Entry.objects.filter(what=what)]


def test_before_opening_only_time_channel_and_age_show(gjovik):
    concern = told(acute=True, reporter_name="Ola Varsler")
    kari = client_for("kari")
    for path in ("/innboks", f"/innboks/{concern.id}"):
        html = text_of(kari.get(path)).split("</details>")[-1]  # behind the filter, which says every category there is
        assert "ettskjema" in html
        assert "akkurat nå" in html
        for hidden in (SECRET, "Fru Berg", "Varsler", "akutt"):
            assert hidden not in html


def test_opening_shows_the_words_and_whose_it_is(gjovik):
    concern = told()
    kari = client_for("kari")
    response = kari.post(f"/innboks/{concern.id}/apne")
    assert (response.status_code, response.headers["Location"]) == (303, f"/innboks/{concern.id}")
    html = text_of(kari.get(f"/innboks/{concern.id}"))
    assert SECRET in html
    assert "Kari Koordinator" in html
    assert "Kari Koordinator" in text_of(kari.get("/innboks"))


def test_the_list_never_shows_the_words(gjovik):
    open_concern(concern=told(), by=as_person("kari"))
    assert SECRET not in text_of(client_for("kari").get("/innboks"))


def test_opening_twice_is_no_error(gjovik):
    concern = told()
    client_for("tom").post(f"/innboks/{concern.id}/apne")
    kari = client_for("kari")
    assert kari.post(f"/innboks/{concern.id}/apne").status_code == 303
    assert "allerede åpnet" in text_of(kari.get(f"/innboks/{concern.id}"))
    assert Concern.objects.get().opened_by_name == "Tom Teammedlem"


def test_every_look_is_logged_and_tells_envelope_from_words(gjovik):
    concern = told()
    kari = client_for("kari")
    kari.get("/innboks")
    kari.get(f"/innboks/{concern.id}")
    assert looks("inbox.envelope") == [("view", "Kari Koordinator", str(concern.id))]
    kari.post(f"/innboks/{concern.id}/apne")
    kari.get(f"/innboks/{concern.id}")
    assert ("view", "Kari Koordinator", str(concern.id)) in looks("inbox.concern")
    assert ("list", "Kari Koordinator", str(concern.id)) in looks("inbox.concern")


def test_absent_and_forbidden_concerns_are_the_same_404(house):
    kari = client_for("kari")
    assert kari.get(f"/innboks/{uuid.uuid4()}").status_code == 404
    assert kari.post(f"/innboks/{uuid.uuid4()}/apne").status_code == 404


def test_the_administrator_and_the_contact_person_do_not_get_in(gjovik):
    concern = told()
    for client in (client_for("arne"), log_in("gjovik", "kim@gjovik.example", "Kim", Role.CONTACT)):
        for path in ("/innboks", f"/innboks/{concern.id}"):
            assert client.get(path).status_code == 403
        assert client.post(f"/innboks/{concern.id}/apne").status_code == 403
    assert Concern.objects.get().progress == "received"


def test_the_list_costs_the_same_for_one_and_for_thirty(gjovik):
    kari = client_for("kari")
    told()
    kari.get("/innboks")
    counts = []
    for more in (0, 29):
        for _ in range(more):
            told()
        with CaptureQueriesContext(connection) as queries:
            assert kari.get("/innboks").status_code == 200
        # That the session is alive is noted once a minute.
        counts.append(sum("django_session" not in query["sql"] for query in queries))
    assert counts[0] == counts[1]


def test_the_list_has_pages_and_keeps_the_choice(gjovik):
    for _ in range(51):
        told()
    kari = client_for("kari")
    assert "Side 2" in text_of(kari.get("/innboks"))
    assert text_of(kari.get("/innboks?side=2")).count('role="rowheader"') == 1
    assert kari.get("/innboks?side=tull").status_code == 200


def test_closed_concerns_have_a_list_of_their_own(gjovik):
    concern = open_concern(concern=told(), by=as_person("kari"))
    move(concern=concern, to="closed", by=as_person("kari"))
    kari = client_for("kari")
    assert str(concern.id) not in text_of(kari.get("/innboks"))
    assert "Ingen åpne bekymringer" in text_of(kari.get("/innboks"))
    assert str(concern.id) in text_of(kari.get("/innboks?vis=lukket"))


def test_what_nobody_has_opened_stands_first(gjovik):
    first = open_concern(concern=told(), by=as_person("kari"))
    second = told()
    html = text_of(client_for("kari").get("/innboks"))
    assert html.index(str(second.id)) < html.index(str(first.id))


def test_a_message_reaches_the_reporter_and_nothing_typed_is_lost(gjovik):
    concern = open_concern(concern=told(), by=as_person("kari"))
    kari = client_for("kari")
    assert kari.post(f"/innboks/{concern.id}/melding", {"text": "Takk."}).status_code == 303
    assert ReporterMessage.objects.get().text == "Takk."
    response = kari.post(f"/innboks/{concern.id}/melding", {"text": "Hei\x00 du"})
    assert response.status_code == 422
    assert "Hei" in text_of(response)
    assert ReporterMessage.objects.count() == 1


def test_no_message_before_opening(gjovik):
    response = client_for("kari").post(f"/innboks/{told().id}/melding", {"text": "Takk."})
    assert response.status_code == 422
    assert ReporterMessage.objects.count() == 0


CALL = {"channel": "phone", "reporter_kind": "privat", "what": SECRET, "who": "Fru Berg", "where_lives": "Hunndalen"}


def test_a_call_is_registered_in_six_fields(gjovik):
    kari = client_for("kari")
    html = text_of(kari.get("/innboks/ny"))
    first, rest = html.split('<details class="ds-details"')
    six = {"channel", "reporter_kind", "what", "who", "where_lives", "acute"}
    assert (
        set(re.findall(r'name="(\w+)"', first.split("<form")[-1])) - {"csrfmiddlewaretoken", "idempotency_key"} == six
    )
    assert 'name="reporter_phone"' in rest
    response = kari.post("/innboks/ny", CALL)
    assert response.status_code == 201
    assert re.search(r"data-receipt>[0-9 ]{19}<", text_of(response))
    stored = Concern.objects.get()
    assert (stored.channel, stored.registered_by) == ("phone", as_person("kari").user_id)
    assert f"/innboks/{stored.id}" in text_of(response)


def test_a_contact_person_gets_a_receipt_and_no_way_in(gjovik):
    kim = log_in("gjovik", "kim@gjovik.example", "Kim", Role.CONTACT)
    response = kim.post("/innboks/ny", CALL)
    assert response.status_code == 201
    assert f"/innboks/{Concern.objects.get().id}" not in text_of(response)
    assert SECRET not in text_of(response)


def test_registering_keeps_what_was_typed_and_opens_the_folded_part(gjovik):
    response = client_for("kari").post("/innboks/ny", CALL | {"occurred_on": "2999-01-01", "extra": "Mer her"})
    html = text_of(response)
    assert response.status_code == 422
    assert '<details class="ds-details" open>' in html
    for typed in (SECRET, "Fru Berg", "Hunndalen", "Mer her", "2999-01-01"):
        assert typed in html


def test_registering_twice_is_once_and_other_words_are_explained(gjovik):
    kari, key = client_for("kari"), uuid.uuid4().hex
    for _ in range(2):
        assert kari.post("/innboks/ny", CALL | {"idempotency_key": key}).status_code == 201
    response = kari.post("/innboks/ny", CALL | {"idempotency_key": key, "what": "Noe annet"})
    assert response.status_code == 409
    assert "Noe annet" in text_of(response)
    assert Concern.objects.count() == 1


@pytest.mark.parametrize("channel", ["web", "import", ""])
def test_a_wrong_channel_is_refused(gjovik, channel):
    assert client_for("kari").post("/innboks/ny", CALL | {"channel": channel}).status_code == 422


def test_later_rooms_put_panels_and_columns_on_the_pages(gjovik, monkeypatch):
    monkeypatch.setattr(panels, "_panels", [])
    monkeypatch.setattr(panels, "_columns", [])
    panel = panels.Panel("ui/components/empty.html", {})
    panels.on_concern(20, lambda concern, reader: panel if reader.has(Role.COORDINATOR) else None)
    panels.in_list(20, "Kategori", lambda rows, reader: {row.id: panels.Cell("Akutt", "danger") for row in rows})
    concern = told()
    kari = client_for("kari")
    assert "Akutt" in text_of(kari.get("/innboks"))
    assert "v-empty" not in text_of(kari.get(f"/innboks/{concern.id}"))
    open_concern(concern=concern, by=as_person("kari"))
    assert "v-empty" in text_of(kari.get(f"/innboks/{concern.id}"))
    assert "v-empty" not in text_of(client_for("tom").get(f"/innboks/{concern.id}"))


def test_the_team_is_told_that_something_is_new_and_nobody_else(house):
    for name in ("kari", "tom", "arne"):
        client_for(name)
    mail.outbox = []
    with work(ref("gjovik"), TEST):
        register(told=Told(reporter_kind="privat", what="Noe"), channel="phone", by=as_person("tom"))
    for _ in range(2):
        tasks.something_new.run(ref("gjovik"))
    assert [message.to for message in mail.outbox] == [["kari@gjovik.example"]]


def test_the_bell_rings_after_the_commit_and_never_denies_the_concern(house, monkeypatch):
    from varde.celery import Bell

    rung = []

    def ring(self, office, *keys, wait=0):
        rung.append((self.name, office.slug))
        raise RuntimeError

    monkeypatch.setattr(Bell, "ring", ring)
    from tests.client import anonymous

    response = anonymous("gjovik").post("/meld/privat", {"what": SECRET})
    assert response.status_code == 201
    assert rung == [("inbox.something_new", "gjovik")]


def test_the_menu_leads_to_the_inbox(gjovik):
    assert 'href="/innboks"' in text_of(client_for("kari").get("/innboks"))


def test_a_hidden_concern_and_an_absent_one_leave_the_same_row(gjovik):
    tom, hidden, absent = client_for("tom"), way.case().concern_id, uuid.uuid4()
    for concern_id in (hidden, absent):
        assert tom.get(f"/innboks/{concern_id}").status_code == 404
        assert way.logged("inbox.concern", "denied", concern_id)
