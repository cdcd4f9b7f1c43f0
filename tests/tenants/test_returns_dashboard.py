"""The kommune's dashboard: raw figures of what the reader sees, beside the region's and the pilot's. Nothing else."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.codes.periods import Quarter, parse, quarter_of
from shared.codes.steering import steering
from tenants.inbox.models import Cover, Denial
from tenants.returns import own_figures, own_through, spans
from tenants.returns.counts import RegisteredCase, count_cases
from tenants.returns.models import EarlierCase
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import NUMBER, card_in, text_of
from tests.tenants.released_here import arrives, letter, table
from tests.tenants.test_returns_sending import closed_case
from varde.access import Role
from varde.clock import now
from varde.ui.dates import day_of

YEAR = day_of(now()).year - 1
HALF, OWN, THROUGH = f"{YEAR}H1", "/statistikk/tall", "/statistikk/over-tid"
INHABITANTS = 30_903
SPRING = date(YEAR, 4, 2)


@pytest.fixture
def inhabited(gjovik, monkeypatch):
    """Gjøvik as the registry knows it in a real installation."""
    monkeypatch.setattr(
        "tenants.returns.own_views.facts",
        lambda ref: SimpleNamespace(population=INHABITANTS, population_as_of="01.10.2023"),
    )
    return gjovik


def main(client, address: str) -> str:
    """What stands in the page itself."""
    return text_of(client, address).partition("<main")[2].partition("</main>")[0]


def half(client, extra: str = "") -> str:
    return main(client, f"{OWN}?slag=halvar&periode={HALF}{extra}")


def row_of(page: str, label: str) -> list[str]:
    """The cells of a line, as they are read."""
    found = re.search(rf'<span class="v-bars__label">{re.escape(label)}</span>.*?</tr>', page, re.DOTALL)
    return re.findall(r'<td class="v-num">([^<]*)', found[0]) if found else []


def fact(page: str, label: str) -> str:
    found = re.search(rf"<dt>{label}</dt><dd>(.*?)</dd>", page, re.DOTALL)
    return re.sub("<[^>]+>|&nbsp;", " ", found[1]).replace("\xa0", " ").strip() if found else ""


def some_cases() -> None:
    for number in range(6):
        closed_case(SPRING, kjonn="man" if number < 2 else "woman", melder="self" if number < 3 else "housing_staff")
    closed_case(SPRING)


def test_every_question_is_drawn_with_its_figures(gjovik):
    some_cases()
    page = half(client_for("kari"))
    assert "tall du har tilgang til" in page
    assert fact(page, "Saker") == "7"
    assert [row_of(page, label)[0] for label in ("mann", "kvinne")] == ["2", "4"]
    assert "6\xa0av\xa07 saker har svar." in page.replace("6 av 7", "6\xa0av\xa07")
    for question in own_figures.questions().values():
        assert question.label in page
    assert page.count("<h1") == 1
    # The report's open question: how many are reported from outside the services.
    outside = re.search(r"Meldt av andre enn tjenestene</th>(.*?)</tr>", page, re.DOTALL)[1]
    assert re.findall(r">(\d+)<", outside) == ["3", "7"]


def test_the_times_and_persons_of_a_case_are_in_it(gjovik):
    case = way.case()
    card_in(case.concern, id_number=NUMBER)
    way.measure(case)
    page = main(client_for("kari"), f"{OWN}?slag=kvartal&periode={quarter_of(day_of(now()))}")
    assert (fact(page, "Saker"), fact(page, "Personer med første sak")) == ("1", "1")
    assert fact(page, "Avklart innen fristen").startswith("100 %")
    assert "Perioden er ikke over" in page
    assert row_of(page, "innen tre timer")[0] == "1"


def test_persons_that_are_not_known_are_not_said_to_be_none(gjovik):
    some_cases()
    client = client_for("kari")
    assert fact(half(client), "Personer med første sak").startswith("Ikke kjent")
    through = main(client, THROUGH)
    assert own_through.CARDLESS in through
    assert "Personer med første sak. 1. halvår 2025: ikke kjent" in through.replace(str(YEAR), "2025")
    assert "(ikke gitt ut)" not in through


def test_the_region_and_the_pilot_stand_beside(inhabited):
    some_cases()
    client = client_for("kari")
    assert "Regionen</th>" not in half(client)
    arrives(letter(4, table(HALF, cases=60, women=33)))
    page = half(client)
    women = re.search(r'<th scope="row">kvinne</th>(.*?)</tr>', page, re.DOTALL)[1]
    assert [text.replace("\xa0", " ") for text in re.findall(r">([^<]+)<", women)] == ["57 %", "55 %", "73 %"]
    assert "regionen 0,84" in page
    assert "innbyggere per 01.10.2023, i alle aldre; antall voksne er ikke registrert" in page
    # A hidden line of the region's is told nowhere, and a year is not compared with its half.
    men = re.search(r'<th scope="row">mann</th>', page)
    assert men is None
    assert "Regionen</th>" not in main(client, f"{OWN}?slag=ar&periode={YEAR}")


def test_all_since_the_start_is_held_beside_the_regions_newest_of_that_kind(gjovik):
    some_cases()
    arrives(letter(4, table(HALF), table("start..2024H2", "start", women=20)))
    arrives(letter(9, table("start..2025H2", "start", women=30)))
    page = main(client_for("kari"), f"{OWN}?slag=start")
    assert "Siden start" in page
    women = re.search(r'<th scope="row">kvinne</th>(.*?)</tr>', page, re.DOTALL)[1]
    assert "50\xa0%" in women


def test_the_same_through_time(inhabited):
    some_cases()
    closed_case(date(YEAR, 9, 3), kjonn="woman")
    client = client_for("kari")
    page = main(client, f"{THROUGH}?slag=halvar&sporsmal=kjonn")
    assert f"1. halvår {YEAR}: 4, 2. halvår {YEAR}: 1" in page
    assert f"periode={HALF}" in page
    for what in own_through.choices(INHABITANTS):
        for kind in ("kvartal", "halvar", "ar"):
            shown = main(client, f"{THROUGH}?slag={kind}&sporsmal={what}")
            assert "skjult av personvernhensyn" not in shown, (what, kind)


def test_a_kommune_without_cases_is_told_so(inhabited):
    client = client_for("kari")
    for kind in spans.KINDS:
        page = main(client, f"{OWN}?slag={kind}")
        assert "Du har ikke tilgang til noen saker fra denne perioden." in page
        assert "<table" not in page
    for what in own_through.choices(INHABITANTS):
        assert "personvernhensyn" not in main(client, f"{THROUGH}?sporsmal={what}")


def test_what_is_not_known_of_any_case_is_said_in_a_sentence_and_makes_no_share(gjovik):
    """Imported cases have no times: nothing may look as if nobody was triaged within a week."""
    some_cases()
    page = half(client_for("kari"))
    assert "Avklart innen én uke" not in page
    assert fact(page, "Avklart innen fristen") == ""
    assert page.count("Ingen av sakene har svar.") == len(own_figures.questions()) - 2
    shares = main(client_for("kari"), f"{THROUGH}?sporsmal=andeler")
    assert "Meldt av andre enn tjenestene" in shares
    assert "Avklart innen én uke" not in shares


@pytest.mark.parametrize(
    "asked",
    [
        "?slag=uke",
        "?slag=halvar&periode=2019Q1",
        f"?slag=halvar&periode={YEAR + 3}H1",
        "?slag=ar&periode=1900",
        "?slag=x",
    ],
)
def test_only_planned_periods_are_there(gjovik, asked):
    assert client_for("kari").get(f"{OWN}{asked}").status_code == 404


@pytest.mark.parametrize("asked", ["?sporsmal=x", "?slag=start", "?slag=uke", "?sporsmal=fritekst"])
def test_only_planned_figures_are_there(gjovik, asked):
    assert client_for("kari").get(f"{THROUGH}{asked}").status_code == 404


def test_those_who_see_no_figures_see_none(gjovik):
    some_cases()
    for client in (client_for("tom"), client_for("arne", Role.LEADER), client_for("arne", Role.REFERENCE_GROUP)):
        assert client.get(OWN).status_code == client.get(THROUGH).status_code == 403


# --- hidden cases ----------------------------------------------------------------------------------------------------

PAGES = (
    "/statistikk",
    OWN,
    f"{OWN}?slag=halvar&periode={HALF}",
    f"{OWN}?slag=start",
    f"{OWN}?slag=kvartal",
    f"{THROUGH}?slag=kvartal",
    f"{THROUGH}?slag=halvar&sporsmal=andeler",
    f"{THROUGH}?slag=ar&sporsmal=person",
    "/statistikk/regionen",
)


def pages_of(client) -> list[str]:
    return [re.sub(r'(nonce|value)="[^"]{20,}"', "", main(client, address)) for address in PAGES]


def test_a_hidden_case_changes_nothing_on_another_coordinators_dashboard(gjovik):
    """Kari is shut out of one case and another is covered by somebody else: her pages are the same without them."""
    some_cases()
    shown = way.case()
    card_in(shown.concern, id_number=NUMBER)
    way.person("tove", Role.COORDINATOR)
    kari, tove = client_for("kari"), client_for("tove", Role.COORDINATOR)
    before = pages_of(kari)
    # An earlier case of the same person, in an earlier quarter: it would make the visible one «kjent».
    hidden = closed_case(date(YEAR - 2, 4, 2), kjonn="man", melder="self")
    covered = closed_case(SPRING, kjonn="man")
    lay_card(hidden.concern)
    Denial(concern=hidden.concern, user=way.person("kari"), kind="kinship", at=now(), by_user=as_person("tove").user_id,
           by_name="Tove").save(force_insert=True)  # fmt: skip
    Cover(concern=covered.concern, holder=way.person("tove"), at=now()).save(force_insert=True)
    assert pages_of(kari) == before
    whole = main(tove, f"{OWN}?slag=start")
    assert fact(whole, "Saker") == "10"
    assert "1 av sakene gjelder noen som har hatt sak før" in fact(whole, "Personer med første sak")


def lay_card(concern) -> None:
    """A card in a matter that is over, as it stood before it was closed."""
    concern.progress = "in_progress"
    concern.save(update_fields=["progress"])
    card_in(concern, id_number=NUMBER)
    concern.progress = "closed"
    concern.save(update_fields=["progress"])


def test_a_deleted_case_is_not_told_of_either(gjovik):
    """Whoever sees the later case learns nothing from it of an earlier one that is gone."""
    some_cases()
    case = way.case()
    card_in(case.concern, id_number=NUMBER)
    client = client_for("kari")
    before = pages_of(client)
    EarlierCase(case=case).save(force_insert=True)
    assert pages_of(client) == before


# --- the rules by themselves -----------------------------------------------------------------------------------------

QUARTERS = st.builds(Quarter, st.integers(2018, 2026), st.integers(1, 4))


@given(QUARTERS, QUARTERS, st.sampled_from(list(spans.KINDS)))
def test_spans_cover_the_time_and_never_overlap(one, other, kind):
    first, last = sorted((one, other))
    found = spans.spans(kind, first, last)
    held = [quarter for span in found for quarter in span.quarters]
    assert len(held) == len(set(held))
    assert last in held
    assert len(found) == spans.MOST or first in held
    assert [span.runs for span in found] == [True] + [False] * (len(found) - 1)
    assert all(span.kind == "start" or parse(span.value) == span.quarters for span in found)
    chosen = spans.pick(found, "")
    assert chosen is not None
    assert chosen.runs == (len(found) == 1)


CASES = st.lists(
    st.builds(
        RegisteredCase,
        st.just(Quarter(2026, 1)),
        st.fixed_dictionaries({}, optional={"kjonn": st.sampled_from([("man",), ("woman",)])}),
        steering=st.fixed_dictionaries({}, optional={"frist": st.sampled_from(["held", "late"])}),
    ),
    max_size=8,
)


@given(CASES)
def test_a_picture_adds_up(cases):
    counts = count_cases(cases)
    for chart in own_figures.charts(counts, steering(), None):
        assert sum(row["count"] for row in chart.rows) == chart.of == len(cases)
