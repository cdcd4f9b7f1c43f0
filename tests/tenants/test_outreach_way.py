"""Outreach: activities, the plan in rings, two expert days, cards to print, and the year made of it all."""

import io
import uuid
from datetime import date, timedelta

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.outreach.actions import Told
from tenants.outreach.cards import code_svg
from tenants.outreach.models import Activity
from tenants.outreach.rings import Held, expert_days, new_staff, rings, years_later
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from varde.access import Role
from varde.clock import now
from varde.ui.dates import day_of

TODAY = day_of(now())
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
KIND = st.sampled_from(["meeting", "expert_day", "new_staff"])
WHOM = st.sampled_from(["all_staff", "leaders", "inhabitants", "partners"])
HELD = st.builds(Held, KIND, WHOM, DAYS, st.integers(0, 5000))


def typed(**changes: str) -> dict[str, str]:
    given_ = {"kind": "meeting", "title": "Møte på sykehjemmet", "held_on": TODAY.isoformat(), "audience": "services",
              "reach": "24", "place": "Sykehjemmet", "material": "Brosjyre", "responsible": "", "cost": "1500",
              "evaluation": "Mange spørsmål"}  # fmt: skip
    return given_ | changes


def words_of(answer) -> str:
    pdf = pypdfium2.PdfDocument(io.BytesIO(b"".join(answer.streaming_content)))
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_an_activity_is_written_down_changed_and_removed(gjovik):
    kari = client_for("kari")
    assert kari.post("/informasjon/ny", typed()).status_code == 303
    row = Activity.objects.get()
    assert "Møte på sykehjemmet" in kari.get("/informasjon").content.decode()
    assert kari.post(f"/informasjon/{row.id}", typed(reach="30")).status_code == 303
    row.refresh_from_db()
    assert row.reach == 30
    assert kari.post(f"/informasjon/{row.id}/slett").status_code == 303
    assert not Activity.objects.exists()
    assert way.logged("outreach.activity", "change", row.id)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reach": "-1"}, "Tallet kan ikke være mindre enn null."),
        ({"cost": "-5"}, "Tallet kan ikke være mindre enn null."),
        ({"reach": "mange"}, "Hvor mange ble nådd?"),
        ({"title": ""}, "Hva heter det?"),
        ({"held_on": "1999-01-01"}, "Se over årstallet."),
        ({"held_on": (TODAY + timedelta(days=9)).isoformat()}, "Aktiviteten har ikke vært ennå."),
        ({"responsible": str(uuid.uuid4())}, "Velg en av dem som er her nå."),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(gjovik, changes, sentence):
    answer = client_for("kari").post("/informasjon/ny", typed(**changes))
    assert (answer.status_code, Activity.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()
    assert "Mange spørsmål" in answer.content.decode()


def test_an_action_takes_no_negative_reach_either():
    with pytest.raises(ValueError, match="mindre enn null"):
        Told("meeting", "x", TODAY, "services", reach=-1)


@given(st.lists(HELD, max_size=12), st.integers(1, 10_000), st.integers(1, 100_000), DAYS)
def test_rings_count_their_own_people_in_their_own_years(held, staff, inhabitants, start):
    inner, outer = rings(held, staff=staff, inhabitants=inhabitants, start=start)
    assert (inner.by, outer.by) == (years_later(start, 1), years_later(start, 5))
    slow = 0
    for one in held:
        if one.audience in ("all_staff", "leaders") and not (one.held_on < start or one.held_on >= inner.by):
            slow += one.reach
    assert inner.reached == slow
    assert 0 <= inner.share <= 1
    assert 0 <= outer.hundredths <= 100


def test_two_expert_days_a_year():
    def days(*months: int) -> list[Held]:
        return [Held("expert_day", "services", date(2026, month, 1), 0) for month in months]

    today = date(2026, 6, 15)
    assert expert_days([], 2026, today) == "0 av 2 fagdager er holdt i 2026. Ingen flere er planlagt."
    assert expert_days(days(3), 2026, today) == "1 av 2 fagdager er holdt i 2026. Ingen flere er planlagt."
    assert expert_days(days(3, 9), 2026, today) == "1 av 2 fagdager er holdt i 2026. Den neste er 01.09.2026."
    assert expert_days(days(9), 2026, today).endswith("Den neste er 01.09.2026. Det er en for lite.")
    assert expert_days(days(3, 5), 2026, today) == "2 av 2 fagdager er holdt i 2026."
    assert expert_days(days(3), 2026, date(2027, 1, 5)) == "1 av 2 fagdager er holdt i 2026."


def test_new_employees_are_told_of():
    row = Held("new_staff", "new_staff", date(2026, 2, 1), 12)
    assert new_staff([], 2026, TODAY) == "Nye ansatte er ikke informert i 2026."
    assert new_staff([row], 2026, date(2026, 3, 1)) == "Nye ansatte er informert én gang i 2026, 12 i alt."
    assert new_staff([row], 2026, date(2026, 1, 1)) == "Nye ansatte er ikke informert i 2026."


def test_the_plan_is_a_picture_and_a_table(gjovik):
    kari = client_for("kari")
    kari.post("/informasjon/ny", typed(reach="30"))
    plan = {"staff": "60", "inhabitants": "30903", "started_on": TODAY.isoformat()}
    assert kari.post("/informasjon/plan", plan).status_code == 303
    page = kari.get("/informasjon").content.decode()
    assert 'stroke-dasharray="50 100"' in page
    assert "50 %" in page.replace("\xa0", " ")
    assert kari.post("/informasjon/plan", plan | {"staff": "0"}).status_code == 422


def test_the_reference_group_and_leaders_read_and_write_nothing(gjovik):
    kari = client_for("kari")
    kari.post("/informasjon/ny", typed())
    row = Activity.objects.get()
    for name, role in (("tom", Role.REFERENCE_GROUP), ("tove", Role.LEADER)):
        client = client_for(name, role)
        assert "Møte på sykehjemmet" in client.get("/informasjon").content.decode()
        assert "Mange spørsmål" in client.get(f"/informasjon/{row.id}").content.decode()
        assert client.post(f"/informasjon/{row.id}", typed(title="Nei")).status_code == 404
        assert client.post("/informasjon/ny", typed()).status_code == 403
        assert client.get("/saker").status_code == 403
    assert Activity.objects.get().title == "Møte på sykehjemmet"


def test_the_year_is_made_of_the_data_and_of_what_the_reader_sees(gjovik):
    kari, case = client_for("kari"), way.case()
    way.measure(case)
    kari.post("/informasjon/ny", typed())
    address = f"/informasjon/arsrapport/{TODAY.year}"
    page = kari.get(address).content.decode()
    assert "Tall du har tilgang til." in page
    assert "<dt>Saker opprettet</dt><dd>1</dd>" in page
    assert "<dt>Saker opprettet</dt><dd>0</dd>" in client_for("tom").get(address).content.decode()
    reference = client_for("tove", Role.REFERENCE_GROUP).get(address).content.decode()
    assert "Saker" not in reference
    assert "RITE" not in reference
    paper = words_of(kari.get(address + "/utskrift"))
    for words in ("Årsevaluering av TryggEst", "Møte på sykehjemmet", "Saker opprettet", "RITE"):
        assert words in paper, words
    assert "Saker" not in words_of(client_for("tove", Role.REFERENCE_GROUP).get(address + "/utskrift"))


@pytest.mark.parametrize("year", [1, 2017, 2099, 10**9])
def test_a_year_that_has_not_been_is_not_there(gjovik, year):
    assert client_for("kari").get(f"/informasjon/arsrapport/{year}").status_code == 404


def test_the_poster_has_the_kommunes_number_and_a_code(gjovik):
    kari = client_for("kari")
    assert "http://gjovik.localhost/meld" in kari.get("/informasjon/kort").content.decode()
    paper = words_of(kari.get("/informasjon/kort/plakat"))
    assert "61 18 95 00" in paper.replace("\xa0", " ")
    assert "http://gjovik.localhost/meld" in paper
    assert "Er du uroa for ein vaksen?" in words_of(kari.get("/informasjon/kort/plakat?sprak=nn"))
    assert "Or tell us online" in words_of(kari.get("/informasjon/kort/plakat?sprak=en"))
    assert "Eller meld fra på nett" in words_of(kari.get("/informasjon/kort/plakat?sprak=klingonsk"))
    assert code_svg("https://x.example/meld").startswith("<svg")
    assert "meld" not in code_svg("https://x.example/meld")


def test_rows_are_there_only_for_the_roles_of_the_room(gjovik):
    client_for("kari").post("/informasjon/ny", typed())
    with seen_as("arne"):
        assert not Activity.objects.exists()
    with seen_as("tom"):
        assert Activity.objects.count() == 1
    assert as_person("tom")
