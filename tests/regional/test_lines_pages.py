"""The host's pages of the phone, and the door of the telephone system."""

from datetime import timedelta

import pytest

from regional.lines import demo, queries
from regional.lines.board import board
from regional.lines.models import AcuteAgreement, Line, Pointing, Ringing, SetupVersion, Words
from regional.lines.setup import from_json
from regional.phone import host as boxes
from regional.phone import queries as phone
from tests.cast import TEST, ref
from tests.client import anonymous, client_for
from tests.regional.phone_lines import ALWAYS, CRISIS, OWN, SHARED, line, switch
from tests.regional.phone_lines import _nothing_kept as _nothing_kept
from tests.regional.phone_lines import host as host
from tests.regional.phone_lines import lines as lines
from varde.access import Reader, Role
from varde.audit.models import Entry
from varde.clock import now
from varde.machines.actions import give
from varde.tenancy.work import work

DRIFT = "/vakttelefon/drift"


@pytest.fixture
def liv(gjovikregionen):
    return client_for("liv", Role.HOST_ADMINISTRATOR)


def typed(**more):
    """The form of a set-up: one's own phone in day time, else the krisesenter."""
    return {
        "kommuner": [str(ref("gjovik").id)], "begins": "now", "fallback": "form", "service_1": "own", "when_1": "hours",
        "days_1": ["0", "1", "2", "3", "4"], "opens_1": "08:00", "closes_1": "15:30", "service_2": "krisesenter",
        "when_2": "always", "gjor": "lagre",
    } | more  # fmt: skip


def test_the_overview_says_who_answers_and_warns_of_holes(liv, host, lines):
    switch(host, ALWAYS)
    switch(host, ALWAYS, now() + timedelta(days=5), kommune="ostre-toten")
    shown = liv.get(DRIFT).content.decode()
    assert shown.count("Krisesenteret hele døgnet.") == 1
    assert "61 00 00 03" in shown
    assert "ikke planlagt" in shown
    assert f"{DRIFT}/oppsett?kommune={ref('gjovik').id}" in shown


def test_what_other_rooms_have_to_say_stands_on_the_overview(liv, monkeypatch):
    monkeypatch.setitem(boxes._boxes, 999, lambda request, by: "<p>Fra et annet rom</p>")
    assert "Fra et annet rom" in liv.get(DRIFT).content.decode()


def test_a_hole_stands_on_the_start_page_of_the_host_and_nobody_elses(liv, host, lines):
    from regional.lines.setup import Rule, Setup

    switch(host, Setup((Rule("own"),)), kommune="ostre-toten")
    said = "Noen kan ringe forgjeves"
    assert said in liv.get("/start").content.decode()
    assert said in liv.get(DRIFT).content.decode()
    assert said not in client_for("olga").get("/start").content.decode()


def test_a_set_up_is_seen_before_it_is_stored(liv, host, lines):
    seen = liv.post(f"{DRIFT}/oppsett/ny", typed(gjor="vis"))
    assert seen.status_code == 200
    assert "Slik blir uken i Gjøvik" in seen.content.decode()
    assert "Egen telefon" in seen.content.decode()
    assert not SetupVersion.objects.exists()
    kept = liv.post(f"{DRIFT}/oppsett/ny", typed())
    assert (kept.status_code, kept.headers["Location"]) == (303, f"{DRIFT}/oppsett?kommune={ref('gjovik').id}")
    setup = from_json(SetupVersion.objects.get().content)
    assert [rule.service for rule in setup.rules] == ["own", "krisesenter"]
    assert "mandag–fredag 08.00–15.30" in liv.get(f"{DRIFT}/oppsett").content.decode()


def test_the_week_of_a_time_that_is_over_is_not_shown(liv, host, lines):
    over = typed(begins="later", day="2020-01-01", clock="08:00", gjor="vis")
    seen = liv.post(f"{DRIFT}/oppsett/ny", over)
    assert seen.status_code == 422
    assert "Tidspunktet er passert" in seen.content.decode()
    assert "Slik blir uken" not in seen.content.decode()


def test_a_number_that_would_leave_somebody_ringing_in_vain_is_asked_about(liv, host, lines):
    switch(host, ALWAYS)
    away = {"number": "61 00 00 03", "line": "", "begins": "now"}
    asked = liv.post(f"{DRIFT}/numre/pek", away)
    assert asked.status_code == 422
    assert "kommer ikke fram" in asked.content.decode()
    assert queries.line_for(CRISIS) == lines["crisis"]
    elsewhere = liv.post(f"{DRIFT}/numre/pek", away | {"line": str(lines["shared"].id)})
    assert "Da ringer noen forgjeves: Gjøvik" in elsewhere.content.decode()
    assert liv.post(f"{DRIFT}/numre/pek", away | {"sure": "on"}).status_code == 303
    assert queries.line_for(CRISIS) is None


def test_only_the_operators_name_stands_in_braces(liv):
    where = f"{DRIFT}/hilsener/hotline?sprak=nb"
    refused = liv.post(where, {"text": "Hei, {x} her"})
    assert refused.status_code == 422
    assert "Bare {navn} kan stå i krøllparentes" in refused.content.decode()
    assert liv.post(where, {"text": "Hei, {navn} her"}).status_code == 303


def test_a_switch_to_come_is_shown_and_called_off(liv, host, lines):
    day = (now() + timedelta(days=10)).date()
    liv.post(f"{DRIFT}/oppsett/ny", typed())
    liv.post(
        f"{DRIFT}/oppsett/ny", typed(begins="later", day=f"{day:%Y-%m-%d}", clock="08:00", service_1="krisesenter")
    )
    page = f"{DRIFT}/oppsett?kommune={ref('gjovik').id}"
    assert f"Bytter {day:%d.%m.%Y} kl. 08.00" in liv.get(page).content.decode()
    assert liv.post(f"{DRIFT}/oppsett/{ref('gjovik').id}/avlys").status_code == 303
    assert "Avlys byttet" not in liv.get(page).content.decode()
    assert "ikke noe bytte" in liv.post(f"{DRIFT}/oppsett/{ref('gjovik').id}/avlys", follow=True).content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kommuner": []}, "Velg minst én kommune"),
        ({"opens_1": ""}, "Skriv klokkeslettet"),
        ({"days_1": []}, "Velg ukedager for Kommunens egen telefon"),
        ({"when_2": "open"}, "gjelder bare vakttelefonen"),
        ({"begins": "later"}, "Velg hvilken dag"),
        ({"begins": "later", "day": "2027-03-28", "clock": "02:30"}, "finnes ikke 28.03.2027"),
        ({"begins": "later", "day": "2020-01-01", "clock": "08:00"}, "passert"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(liv, host, lines, wrong, sentence):
    answer = liv.post(f"{DRIFT}/oppsett/ny", typed(**wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="15:30"' in answer.content.decode()
    assert not SetupVersion.objects.exists()


def test_the_second_of_two_is_told_and_nothing_typed_is_lost(liv, host, lines):
    shown = liv.get(f"{DRIFT}/oppsett/ny").content.decode()
    assert 'name="seen"' in shown
    switch(host, ALWAYS)
    answer = liv.post(f"{DRIFT}/oppsett/ny", typed(seen=""))
    assert answer.status_code == 422
    assert "var først ute" in answer.content.decode()
    assert SetupVersion.objects.count() == 1


def test_the_usual_ways_fill_the_form_in(liv):
    for code in ("felles", "egen", "krisesenter", "blandet"):
        assert liv.get(f"{DRIFT}/oppsett/ny?mal={code}").status_code == 200
    assert 'value="08:00"' in liv.get(f"{DRIFT}/oppsett/ny?mal=blandet").content.decode()


def test_a_line_gets_a_number_apparatus_and_words(liv):
    made = liv.post(f"{DRIFT}/numre/ny", {"name": "Felles", "service": "hotline", "shared_with": "Legevakten"})
    assert made.status_code == 303
    row = Line.objects.get()
    liv.post(f"{DRIFT}/numre/pek", {"number": "61 00 00 01", "line": str(row.id), "begins": "now"})
    liv.post(f"{DRIFT}/numre/{row.id}/telefoner", {"apparatus": "21 00 00 01\n116 006", "begins": "now"})
    assert (Pointing.objects.get().number, Ringing.objects.get().apparatus) == (SHARED, ["+4721000001", "116006"])
    shown = liv.get(f"{DRIFT}/numre").content.decode()
    assert all(words in shown for words in ("61 00 00 01", "21 00 00 01", "116 006", "Deles med Legevakten"))
    words = f"{DRIFT}/hilsener/hotline?linje={row.id}&sprak=se"
    assert "Ikke skrevet" in liv.get(f"{DRIFT}/hilsener").content.decode()
    assert liv.post(words, {"text": "Bures {navn}"}).status_code == 303
    assert (Words.objects.get().line, str(queries.greeting(row, "se"))) == (row, "Bures {navn}")
    changed = liv.post(f"{DRIFT}/numre/{row.id}", {"name": "Felles", "shared_with": "Amk", "seen": "gammelt"})
    assert changed.status_code == 422
    assert "Et nummer leder til linjen" in liv.post(f"{DRIFT}/numre/{row.id}/avslutt", follow=True).content.decode()


def test_what_is_no_number_is_told_and_stays(liv, host, lines):
    answer = liv.post(f"{DRIFT}/numre/pek", {"number": "6100", "line": "", "begins": "later"})
    assert answer.status_code == 422
    wrong = liv.post(f"{DRIFT}/numre/pek", {"number": "ring meg", "line": "", "begins": "now"})
    assert "«ring meg» er ikke et telefonnummer" in wrong.content.decode().replace("&quot;", '"')
    assert 'value="ring meg"' in wrong.content.decode()
    answer = liv.post(f"{DRIFT}/numre/pek", {"number": "112", "line": "", "begins": "now"})
    assert (answer.status_code, "er et nødnummer" in answer.content.decode()) == (422, True)


def test_an_agreement_is_written_down(liv):
    assert "ingen avtale åpner for det" in liv.get(DRIFT).content.decode()
    day = f"{now():%Y-%m-%d}"
    assert liv.post(f"{DRIFT}/akuttavtale", {"allowed": "ja", "from_day": day}).status_code == 422
    liv.post(f"{DRIFT}/akuttavtale", {"allowed": "ja", "agreement": "Avtale 2026", "from_day": day})
    assert AcuteAgreement.objects.get().allowed
    assert "Avtalen åpner for" in liv.get(DRIFT).content.decode()
    assert "Avtale 2026" in liv.get(f"{DRIFT}/akuttavtale").content.decode()


def test_a_line_or_kommune_that_is_not_there_is_not_found(liv):
    for address in (
        f"{DRIFT}/numre/{ref('gjovik').id}", f"{DRIFT}/oppsett?kommune=x", f"{DRIFT}/hilsener/ukjent",
        f"{DRIFT}/hilsener/hotline?sprak=xx",
    ):  # fmt: skip
        assert liv.get(address).status_code == 404
    assert liv.post(f"{DRIFT}/oppsett/{ref('nabo').id}/avlys").status_code == 404


def test_the_demo_lays_every_way_once(gjovikregionen, monkeypatch):
    with work_inside(gjovikregionen, monkeypatch):
        assert demo.seed(gjovikregionen)
        assert not demo.seed(gjovikregionen)
    known = board(now())
    kinds = {rule.service for said in known.versions.values() for rule in said[0].setup.rules}
    assert kinds == {"hotline", "own", "krisesenter"}


def work_inside(office, monkeypatch):
    """The demo opens the office itself; in a fixture that rolls back it is open already."""
    from contextlib import contextmanager, nullcontext

    @contextmanager
    def opened(ref, role):
        yield Reader.for_purpose("setup", office)

    monkeypatch.setattr(demo, "acting", opened)
    return nullcontext()


# --- the telephone system --------------------------------------------------------------------------------------------
def token(scopes=("lines",)) -> dict[str, str]:
    with work(ref("gjovikregionen"), "setup") as by:
        return {"HTTP_AUTHORIZATION": f"Bearer {give(name='Sentral', scopes=scopes, days=30, by=by)[1]}"}


@pytest.fixture
def machine(house):
    with work(ref("gjovikregionen"), "setup") as by:
        line(by, "Felles", "hotline", SHARED)
        line(by, "Gjøvik", "own", OWN, "gjovik")
        line(by, "Krisesenteret", "krisesenter", CRISIS)
    return anonymous("gjovikregionen"), token()


def ask(machine, number: str, **more):
    client, bearer = machine
    return client.get("/api/v1/lines", {"number": number, **more}, **bearer)


def test_a_telephone_system_asks_who_answers(machine):
    with work(ref("gjovikregionen"), "setup") as by:
        switch(by, ALWAYS)
    own, crisis = ask(machine, OWN).json(), ask(machine, "61 00 00 03").json()
    assert (own["answer"], own["ring"]) == ("krisesenter", ["+4761000009"])
    assert (crisis["answer"], crisis["until"]) == ("krisesenter", None)
    assert set(own["greeting"]) == {"nb", "nn", "en"}
    assert all("{" not in text for text in own["greeting"].values())


def test_the_shared_number_rings_what_all_have_when_nobody_is_there(machine, monkeypatch):
    from varde.worktime import Calendar

    monkeypatch.setattr(phone, "calendar", lambda: Calendar(()))
    assert (ask(machine, SHARED).json()["answer"], ask(machine, SHARED).json()["ring"]) == ("form", [])
    with work(ref("gjovikregionen"), "setup") as by:
        switch(by, ALWAYS)
        switch(by, ALWAYS, kommune="ostre-toten")
    assert (ask(machine, SHARED).json()["answer"], ask(machine, SHARED).json()["ring"]) == (
        "krisesenter",
        ["+4761000009"],
    )


def test_what_is_unknown_or_wrong_is_a_problem(machine):
    assert ask(machine, "+4799999999").status_code == 404
    wrong = ask(machine, "hallo")
    assert (wrong.status_code, wrong.headers["Content-Type"]) == (400, "application/problem+json")
    assert ask(machine, SHARED, caller="+4790000000").status_code == 400
    client, _ = machine
    assert client.get("/api/v1/lines", {"number": SHARED}).status_code == 401
    assert client.get("/api/v1/lines", {"number": SHARED}, **token(("calls",))).status_code == 403
    assert client.post("/api/v1/lines", **machine[1]).status_code == 405
    with work(ref("gjovikregionen"), TEST):
        assert set(Entry.objects.filter(what="lines.line", name="machine").values_list("reason", flat=True)) == {
            "Sentral"
        }
