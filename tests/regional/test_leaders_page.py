"""The leader team's page."""

import pytest

from regional.leaders import demo
from regional.leaders.models import RotationTable
from regional.leaders.rotation import rotate
from regional.leaders.sitting import sitting
from tests.cast import ref
from tests.client import client_for

TABLE = rotate(["Gjøvik", "Østre Toten"], ["NAV", "Lege"], first_year=2025, years=2)


def test_who_sits_now_and_who_follows():
    places = sitting(TABLE, years=2, today_year=2026)
    assert [(p.seat, p.holder, p.until, p.follows, p.follows_from) for p in places] == [
        ("NAV", "Gjøvik", 2026, "Østre Toten", 2027),
        ("Lege", "Østre Toten", 2026, "Gjøvik", 2027),
    ]


@pytest.mark.parametrize(
    ("year", "holder", "follows"), [(2024, "", "Gjøvik"), (2028, "Østre Toten", ""), (2030, "", "")]
)
def test_before_the_table_and_after_it_nobody_is_made_up(year, holder, follows):
    place = sitting(TABLE, years=2, today_year=year)[0]
    assert (place.holder, place.follows) == (holder, follows)


def test_the_proposal_is_seeded_once_and_shown(gjovikregionen):
    assert (demo.seed(gjovikregionen), demo.seed(gjovikregionen)) == (True, False)
    assert RotationTable.objects.count() == 1
    shown = client_for("liv").get("/lederteam").content.decode()
    for words in ("Forprosjektets forslag", "Kommuneoverlege", "2033-2034", "Politiet", "Krisesenter"):
        assert words in shown


def test_the_proposal_belongs_to_one_region_only(house):
    assert demo.seed(ref("naboregionen")) is False


def test_a_region_without_a_table_says_so(gjovikregionen):
    assert "Ingen rullering er lagt inn" in client_for("liv").get("/lederteam").content.decode()


def test_an_operator_does_not_see_the_leader_team(gjovikregionen):
    assert client_for("olga").get("/lederteam").status_code == 403
