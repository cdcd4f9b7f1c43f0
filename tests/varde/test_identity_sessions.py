"""How long a session lasts, who must confirm again, and that nothing written is lost on the way."""

import json
import time
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import PASSWORD, as_person
from tests.client import client_for, confirm
from tests.tenants.way import person
from varde.audit.models import Entry
from varde.identity import actions, drafts, sitting
from varde.identity.models import Draft, RoleGrant, User
from varde.identity.stepup import MINUTES

TEXT = "Hun sier at sønnen tar bankkortet, og at hun er redd."
RULE = {"born": 0, "seen": 0, "closed_before": 0, "now": 0, "idle": 1800, "longest": 28800}


@pytest.fixture
def pass_time(monkeypatch):
    """Move the middleware's clock forward by minutes."""
    begun = time.time()

    def forward(minutes: float) -> None:
        monkeypatch.setattr("varde.identity.idle.time.time", lambda: begun + minutes * 60)

    return forward


def log_in(client: Client, path: str, email: str = "kari@gjovik.example"):
    return client.post(path, {"login": email, "password": PASSWORD})


@pytest.mark.parametrize(("known", "why"), [
    ({"now": 1799}, None), ({"now": 1800}, "idle"), ({"now": 28799, "seen": 28000}, None),
    ({"now": 28800, "seen": 28700}, "long"), ({"closed_before": 1, "now": 2}, "closed"),
])  # fmt: skip
def test_the_rule(known, why):
    assert sitting.ended(**(RULE | known)) == why


def test_thirty_minutes_without_use(gjovik, pass_time):
    client = client_for("kari")
    client.get("/start")
    pass_time(29)
    assert client.get("/start").status_code == 200
    pass_time(58)
    assert client.get("/start").status_code == 200
    pass_time(89)
    assert client.get("/start")["Location"] == "/inn?next=%2Fstart"
    assert "ikke var i bruk" in client.get("/inn").content.decode()
    assert Entry.objects.filter(what="identity.session", reason="ikke brukt på en stund").count() == 1


def test_eight_hours_whatever_is_done(gjovik, pass_time):
    client = client_for("kari")
    for minutes in range(0, 480, 20):
        pass_time(minutes)
        assert client.get("/start").status_code == 200
    pass_time(481)
    assert client.get("/start").status_code == 302


def test_the_old_cookie_opens_nothing_afterwards(gjovik, pass_time):
    client = client_for("kari")
    client.get("/start")
    old = client.cookies["varde"].value
    pass_time(31)
    client.get("/start")
    client.cookies["varde"] = old
    pass_time(0)
    assert client.get("/start").status_code == 302


def test_closed_accounts_sessions_do_not_come_back_when_it_opens(gjovik):
    client, by = client_for("kari"), client_for("arne")
    client.get("/start")
    by.post(f"/folk/{client.person.id}/konto", {"active": "nei"})
    by.post(f"/folk/{client.person.id}/konto", {"active": "ja"})
    assert client.get("/start").status_code == 302


def test_a_role_taken_is_gone_from_page_list_and_open_link(gjovik):
    client = client_for("arne")
    person = client_for("kari").person
    addresses = ["/folk", f"/folk/{person.id}", "/folk/ny"]
    assert {client.get(address).status_code for address in addresses} == {200}
    RoleGrant.objects.filter(user=client.person).delete()
    assert {client.get(address).status_code for address in addresses} == {403}
    assert client.post(f"/folk/{person.id}/roller", {"roles": ["leder"]}).status_code == 403


# --- what was written -------------------------------------------------------------------------------------------------
def test_a_form_sent_too_late_is_kept_and_sent_after_log_in(gjovik, pass_time):
    client = client_for("arne")
    client.get("/start")
    pass_time(31)
    sent = {"name": "Berit Ny", "email": "b@gjovik.example", "service": TEXT, "roles": ["leder", "teammedlem"]}
    away = client.post("/folk/ny", sent)["Location"]
    assert away.startswith("/inn?next=%2Fkonto%2Ffortsett%2F")
    assert not User.objects.filter(email="b@gjovik.example").exists()
    back = log_in(client, away, "arne@gjovik.example")["Location"]
    shown = client.get(back).content.decode()
    assert TEXT in shown
    assert 'action="/folk/ny"' in shown
    assert client.post("/folk/ny", sent).status_code == 302
    assert list(User.objects.get(email="b@gjovik.example").grants.values_list("role", flat=True).order_by("role")) == [
        "leder", "teammedlem",
    ]  # fmt: skip
    assert client.get(back).status_code == 404


def test_two_windows_that_are_sent_too_late_are_both_kept_and_each_ends_its_own(gjovik, pass_time):
    sent = {"name": "Berit Ny", "email": "b@gjovik.example", "roles": ["leder"]}
    clients = {window: client_for("arne") for window in ("a1", "b2")}
    for each in clients.values():
        each.get("/start")
    pass_time(31)
    for window, each in clients.items():
        each.post("/folk/ny", sent | {"service": f"Tekst {window}", "utkast": window})
    client = clients["a1"]
    rows = {row.window: row for row in Draft.objects.all()}
    assert set(rows) == {"a1", "b2"}
    log_in(client, "/inn?next=/start", "arne@gjovik.example")
    shown = client.get(f"/konto/fortsett/{rows['a1'].id}").content.decode()
    assert ("Tekst a1" in shown, "Tekst b2" in shown, 'name="utkast" value="a1"' in shown) == (True, False, True)
    assert client.post("/folk/ny", sent | {"service": "Tekst a1", "utkast": "a1"}).status_code == 302
    assert [row.window for row in Draft.objects.all()] == ["b2"]


def test_one_draft_too_many_ends_the_oldest_and_never_what_was_just_sent(gjovik, pass_time):
    client, by = client_for("arne"), as_person("arne")
    client.get("/start")
    for number in range(100):
        fields = [("what", f"tekst {number}")]
        drafts.save(user=client.person, path="/innboks/ny", fields=fields, by=by, form="what", window=f"w{number}")
    pass_time(31)
    away = client.post("/folk/ny", {"name": "Berit Ny", "service": TEXT, "utkast": "x"})["Location"]
    assert away.startswith("/inn?next=%2Fkonto%2Ffortsett%2F")
    assert set(Draft.objects.values_list("window", flat=True)) == {"x", *(f"w{number}" for number in range(1, 100))}


def test_what_was_written_about_a_matter_is_forgotten_with_it_wherever_the_address_names_it(gjovik):
    by, one = as_person("kari"), uuid4()
    named = (f"/innboks/{one}/avklar", f"/stor-sak/ny?sak={one}", f"/sok?a=1&sak={one}")
    for path in (*named, f"/innboks/{uuid4()}/avklar"):
        drafts.save(user=person("kari"), path=path, fields=[("why", TEXT)], by=by, form="why", window="a1")
    assert (drafts.forget([one], by=by), Draft.objects.count()) == (3, 1)


def kept(client, path: str, *forms: str) -> list[dict[str, list[str]]]:
    """The fields of what is kept for these forms, oldest first."""
    answer = client.get("/konto/utkast", {"til": path, "skjema": forms})
    return [each["fields"] for each in answer.json()["drafts"]] if answer.status_code == 200 else []


def typed(path: str, **fields: str | list[str]) -> dict[str, str]:
    """What the script sends of a form that is named by its first field, from the first window."""
    return {"til": path, "skjema": next(iter(fields)), "vindu": "a1", "felt": json.dumps(fields)}


def test_a_draft_is_sealed_and_for_one_person_only(gjovik):
    kari, tom = client_for("kari"), client_for("tom")
    form = typed("/bekymringer/ny", beskrivelse=TEXT, valg=["a", "b"])
    assert kari.post("/konto/utkast", form).json() == {"kept": True, "out": False}
    row = Draft.objects.get()
    assert "bankkort" not in row.sealed
    assert "bekymringer" not in row.sealed + row.place
    assert kept(kari, "/bekymringer/ny", "beskrivelse") == [{"beskrivelse": [TEXT], "valg": ["a", "b"]}]
    assert kept(tom, "/bekymringer/ny", "beskrivelse") == []
    assert kari.get(f"/konto/fortsett/{row.id}").status_code == 200
    assert tom.get(f"/konto/fortsett/{row.id}").status_code == 404
    Draft.objects.update(user=tom.person)  # somebody with the database in hand
    assert tom.get(f"/konto/fortsett/{row.id}").status_code == 404


def test_a_window_with_too_long_a_name_loses_no_text(gjovik, pass_time):
    client = client_for("arne")
    client.get("/start")
    pass_time(31)
    client.post("/folk/ny", {"name": "Berit Ny", "service": TEXT, "utkast": "w" * 300})
    assert Draft.objects.get().window == "w" * drafts.WINDOW


def test_two_forms_on_an_address_and_two_windows_on_a_form_keep_a_text_each(gjovik):
    kari = client_for("kari")
    kari.post("/konto/utkast", typed("/folk/ny", service="A"))
    kari.post("/konto/utkast", typed("/folk/ny", service="B") | {"vindu": "b2"})
    kari.post("/konto/utkast", typed("/folk/ny", name="C"))
    assert kept(kari, "/folk/ny", "service") == [{"service": ["A"]}, {"service": ["B"]}]
    assert kept(kari, "/folk/ny", "name") == [{"name": ["C"]}]
    kari.post("/konto/utkast", typed("/folk/ny", service="A og B") | {"tar_over": "b2"})
    assert kept(kari, "/folk/ny", "service") == [{"service": ["A og B"]}]


def test_what_is_sent_ends_its_own_draft_and_no_other(gjovik):
    arne = client_for("arne")
    for window, form in (("a1", {"service": TEXT}), ("b2", {"service": "B"}), ("a1", {"annet": "C"})):
        arne.post("/konto/utkast", typed("/folk/ny", **form) | {"vindu": window})
    sent = {"name": "B", "email": "b@gjovik.example", "service": TEXT, "roles": ["leder"], "utkast": "a1"}
    assert arne.post("/folk/ny", sent).status_code == 302
    assert kept(arne, "/folk/ny", "service", "annet") == [{"service": ["B"]}, {"annet": ["C"]}]


def test_a_draft_is_gone_when_it_is_taken_away_or_old(gjovik):
    import datetime

    from varde.clock import now
    from varde.identity import drafts

    arne, draft = client_for("arne"), typed("/folk/ny", service=TEXT)
    arne.post("/konto/utkast", draft)
    arne.post("/konto/utkast", {name: draft[name] for name in ("til", "skjema", "vindu")})
    assert not Draft.objects.exists()
    arne.post("/konto/utkast", draft)
    Draft.objects.update(saved_at=now() - datetime.timedelta(days=8))
    assert kept(arne, "/folk/ny", "service") == []
    assert drafts.sweep() == 1


def test_what_the_script_sends_too_late_is_kept_once(gjovik, pass_time):
    client = client_for("kari")
    client.get("/start")
    pass_time(31)
    late = typed("/bekymringer/ny", beskrivelse=TEXT)
    assert client.post("/konto/utkast", late).json() == {"kept": True, "out": True}
    assert client.post("/konto/utkast", late).status_code == 302
    log_in(client, "/inn")
    assert kept(client, "/bekymringer/ny", "beskrivelse") == [{"beskrivelse": [TEXT]}]


def test_a_form_sent_too_late_takes_the_place_of_its_draft(gjovik, pass_time):
    client = client_for("arne")
    client.post("/konto/utkast", typed("/folk/ny", service=TEXT))
    pass_time(31)
    client.post("/folk/ny", {"name": "B", "service": TEXT, "utkast": "a1"})
    assert Draft.objects.count() == 1
    assert Draft.objects.get().window == "a1"


@pytest.mark.parametrize("felt", ["[", "[1]", "1", '{"a": 1}', '{"a": [1, " "]}', '{"a": "' + "x" * 200_001 + '"}'])
def test_a_draft_that_cannot_be_one_keeps_nothing(gjovik, felt):
    client_for("kari").post("/konto/utkast", {"til": "/x", "skjema": "a", "vindu": "a1", "felt": felt})
    assert not Draft.objects.exists()


def test_no_draft_of_the_public_form_or_of_secrets(gjovik, pass_time):
    client = client_for("kari")
    client.get("/start")
    assert "drafts.js" in client.get("/start").content.decode()
    assert "drafts.js" not in client.get("/meld/ansatt").content.decode()
    pass_time(31)
    client.post("/konto/passord", {"oldpassword": PASSWORD, "password1": "nytt", "password2": "nytt"})
    assert not Draft.objects.exists()


def test_a_form_from_elsewhere_keeps_nothing(gjovik, pass_time):
    client = client_for("kari")
    client.get("/start")
    pass_time(31)
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="gjovik.localhost")
    strict.cookies = client.cookies
    assert strict.post("/folk/ny", {"name": TEXT}).status_code == 403
    assert not Draft.objects.exists()


# --- step-up ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ["/folk/ny", "/konto/totrinn/koder/nye", "/konto/totrinn/app/fjern"])
def test_after_five_minutes_one_is_asked_again(gjovik, address, method):
    client = client_for("arne")
    confirm(client, minutes_ago=MINUTES + 1)
    answer = getattr(client, method)(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/bekreft")


def test_what_was_sent_before_the_question_is_sent_after_it(gjovik):
    client, person = client_for("arne"), client_for("kari").person
    confirm(client, minutes_ago=6)
    asked = client.post(f"/folk/{person.id}/roller", {"roles": ["leder"]})["Location"]
    assert list(person.grants.values_list("role", flat=True)) == ["koordinator"]
    back = client.post(asked, {"password": PASSWORD})["Location"]
    shown = client.get(back).content.decode()
    assert f'action="/folk/{person.id}/roller"' in shown
    assert 'name="roles" value="leder"' in shown
    assert client.post(f"/folk/{person.id}/roller", {"roles": ["leder"]}).status_code == 302
    assert list(person.grants.values_list("role", flat=True)) == ["leder"]
    assert not Draft.objects.exists()


def test_htmx_is_led_with_the_whole_page(gjovik):
    client, person = client_for("arne"), client_for("kari").person
    confirm(client, minutes_ago=6)
    answer = client.post(f"/folk/{person.id}/konto", {"active": "nei"}, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/konto/bekreft?next=")
    assert User.objects.get(id=person.id).is_active


def test_closing_says_so_in_the_log(gjovik):
    from tests.cast import as_person

    kari = client_for("kari").person
    actions.set_active(user=kari, active=False, by=as_person("arne"))
    assert User.objects.get(id=kari.id).sessions_from is not None


def test_without_a_session_htmx_leads_the_whole_page_to_the_log_in_and_what_it_would_save_is_refused(gjovik):
    client = client_for("kari")
    client.logout()
    asked = {"HX-Request": "true", "HX-Current-URL": "http://gjovik.localhost/innboks?side=2"}
    led = client.get("/start", headers=asked)
    assert (led.status_code, led["HX-Redirect"], led.content) == (200, "/inn?next=%2Finnboks", b"")
    assert client.post("/konto/utkast", {"what": TEXT}, headers=asked).status_code == 401
    assert client.get("/start", headers={**asked, "HX-Current-URL": "http://["})["HX-Redirect"] == "/inn?next=%2Fstart"
