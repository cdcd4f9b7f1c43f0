"""/statistikk and GET /api/v1/releases over real releases: what two persons have given out, and nothing else."""

import hashlib
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regional.releases.models import FrozenCopy
from shared.codes.forms import REPORTED, form
from shared.codes.periods import parse
from tests.cast import TEST, ref
from tests.client import anonymous, client_for
from tests.regional.released import KOMMUNER, best, by_two, cases_of, closed, everybody_sends, given_out, send
from tests.regional.test_hotline_api import a_token
from tests.wipe import wipe
from varde.audit.models import Entry
from varde.tenancy import fleet
from varde.tenancy.work import work

REGION = "gjovikregionen"
HALVES = ("2024H1", "2024H2")
AGE = form(REPORTED).question("alder").answers[0].code


@pytest.fixture(scope="module")
def out(django_db_setup, django_db_blocker):
    """A region that has closed two half-years and given out both, once for all; the last test takes one back."""
    with django_db_blocker.unblock():
        for half in HALVES:
            for kommune in KOMMUNER:
                women = cases_of(12, half, kjonn="woman", kategori="ma", alder=AGE)
                send(kommune, [*women, *cases_of(9, half, kjonn="man")], *map(str, parse(half)))
        closed(*HALVES)
        for half in HALVES:
            given_out(half, best)
        yield
        connection.close()
        wipe()


@pytest.fixture
def liv(out):
    return client_for("liv")


def text(answer) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", plain.replace("\u00a0", " "))


def numbers() -> list[int]:
    with work(ref(REGION), TEST):
        return list(FrozenCopy.objects.order_by("entry__number").values_list("entry__number", flat=True))


def test_before_the_first_release_the_page_says_what_is_needed_and_by_whom(house):
    everybody_sends(HALVES[0])
    closed(HALVES[0])
    for path in ("/statistikk", "/statistikk/over-tid"):
        shown = text(client_for("liv").get(path))
        assert "Ingen tall er gitt ut ennå" in shown
        assert "statistikkansvarlig eller lederteamets sekretær" in shown
        assert "36" not in shown


def test_the_newest_half_year_is_shown_with_its_release(out, liv):
    page = liv.get("/statistikk")
    shown = text(page)
    assert (page.status_code, "2. halvår 2024" in shown) == (200, True)
    assert f"/statistikk/utgivelser/{numbers()[-1]}" in page.content.decode()
    assert "Den utsattes kjønn" in shown
    assert shown.count("«:» betyr at tallet") == 1


def test_every_table_that_is_given_out_can_be_chosen_and_no_other(out, liv):
    offered = re.findall(r'<option value="([^"]+)"', liv.get("/statistikk").content.decode())
    assert set(offered) >= {"2024H1", "2024H2", "2024", "2024Q1"}
    for name in offered:
        assert liv.get("/statistikk", {"tabell": name}).status_code == 200
    answer = liv.get("/statistikk?tabell=2024Q1..2024Q3")
    assert (answer.status_code, "Den tabellen er ikke gitt ut" in text(answer)) == (400, True)


def test_the_page_needs_no_script_and_has_no_style_of_its_own(out, liv):
    for path in ("/statistikk", "/statistikk/over-tid?sporsmal=kjonn"):
        page = liv.get(path).content.decode()
        assert " style=" not in page
        assert page.count("<h1") == 1
        assert not re.search(r"<script(?![^>]*src=)", page)


def test_a_figure_through_time_links_each_period_to_its_release(out, liv):
    page = liv.get("/statistikk/over-tid?sporsmal=saker&slag=half").content.decode()
    for number in numbers():
        assert f'href="/statistikk/utgivelser/{number}"' in page
    assert liv.get("/statistikk/over-tid?sporsmal=fodselsnummer").status_code == 400
    assert liv.get("/statistikk/over-tid?sporsmal=kjonn&tall=andel").status_code == 200


def test_one_look_is_one_row_in_the_log_and_the_same_number_of_questions(out, liv):
    liv.get("/statistikk")
    with work(ref(REGION), TEST):
        before = Entry.objects.filter(what="releases.release", action="view").count()
    with CaptureQueriesContext(connection) as seen:
        liv.get("/statistikk")
    with work(ref(REGION), TEST):
        assert Entry.objects.filter(what="releases.release", action="view").count() == before + 1
    assert len(seen) < 40


def test_an_operator_sees_no_figures(out):
    assert client_for("olga").get("/statistikk").status_code == 403
    assert client_for("olga").get("/statistikk/over-tid").status_code == 403


# --- the API ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def get(out):
    with work(ref(REGION), TEST):
        token = a_token("releases")
    client = anonymous(REGION)

    def ask(path: str = "", *, token: str = token, **headers: str):
        return client.get(f"/api/v1/releases{path}", headers={"authorization": f"Bearer {token}"} | headers)

    return ask


def test_a_machine_gets_the_frozen_bytes_and_the_same_again(out, get):
    listed = get().json()["releases"]
    assert [one["number"] for one in listed] == numbers()[::-1]
    for one in listed:
        first, again = get(f"/{one['number']}"), get(f"/{one['number']}")
        assert first.content == again.content
        assert hashlib.sha256(first.content).hexdigest() == one["digest"]
        assert first["ETag"] == f'"{one["digest"]}"'
        with work(ref(REGION), TEST):
            assert first.content.decode() == FrozenCopy.objects.get(entry__number=one["number"]).content
        assert get(f"/{one['number']}", **{"if-none-match": first["ETag"]}).status_code == 304


def test_the_list_holds_no_figure(out, get):
    said = json.dumps(get().json())
    assert '"value"' not in said
    assert '"cases"' not in said


def test_without_the_right_token_nothing_is_told(out, get):
    with work(ref(REGION), TEST):
        other = a_token("calls")
    assert get(token="").status_code == 401
    assert get(token=other).status_code == 403
    assert get(f"/{numbers()[0]}", token=other).status_code == 403


def test_what_is_unknown_and_asked_for_otherwise_are_problems(out, get):
    for answer, status in ((get("/9999"), 404), (get("?tabell=2024"), 400)):
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_the_description_of_the_api_has_the_releases(out):
    schema = anonymous(REGION).get("/api/schema").json()
    assert {"/api/v1/releases", "/api/v1/releases/{number}"} <= schema["paths"].keys()


def test_another_copy_than_the_one_that_was_given_out_is_shown_nowhere(out, liv, get):
    number = numbers()[0]
    with fleet.connect() as owner:
        owner.execute("SET LOCAL search_path = region_gjovikregionen")
        owner.execute("ALTER TABLE releases_copy DISABLE TRIGGER USER")
        owner.execute("UPDATE releases_copy SET content = replace(content, 'tables', 'Tables')")
    try:
        for answer in (liv.get("/statistikk"), liv.get("/statistikk/over-tid")):
            assert answer.status_code == 503
            assert "er ikke det som ble gitt ut" in text(answer)
        assert [get().status_code, get(f"/{number}").status_code] == [503, 503]
    finally:
        with fleet.connect() as owner:
            owner.execute("SET LOCAL search_path = region_gjovikregionen")
            owner.execute("UPDATE releases_copy SET content = replace(content, 'Tables', 'tables')")
            owner.execute("ALTER TABLE releases_copy ENABLE TRIGGER USER")
    assert liv.get("/statistikk").status_code == 200


def test_what_is_withdrawn_is_said_to_be_so_and_shown_nowhere(out, liv, get):
    last = numbers()[-1]
    assert by_two("withdrawn", {"release": last, "reason": "Feil i grunnlaget."}).state == "done"
    page = liv.get("/statistikk")
    assert "Trukket tilbake" in text(page)
    assert 'value="2024H2"' not in page.content.decode()
    assert "er ikke gitt ut, eller er trukket tilbake" in text(liv.get("/statistikk?tabell=2024H2"))
    assert "1. halvår 2024" in text(page)
    answer = get(f"/{last}")
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    gone = next(one for one in get().json()["releases"] if one["number"] == last)
    assert (gone["tables"], gone["withdrawn_at"] is not None) == ([], True)
