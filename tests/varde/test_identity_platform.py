"""Drift sees the offices, and nothing of what is in them."""

from tests.client import log_in
from varde.access import Role


def test_the_offices_are_listed_under_their_region(house):
    shown = log_in("drift", "d@drift.example", "Dag Drift", Role.CONTROLLER).get("/plattform").content.decode()
    assert shown.index("Gjøvikregionen") < shown.index("Østre Toten") < shown.index("Naboregionen")
    assert "Uten team" in shown
    assert "Vertskommune" in shown
