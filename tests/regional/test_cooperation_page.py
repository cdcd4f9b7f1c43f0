"""Who works together."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.client import client_for


def test_the_kommuner_of_the_region_are_listed_and_no_others(gjovikregionen):
    shown = client_for("liv").get("/samarbeid").content.decode()
    assert shown.index("Vertskommune</span>") < shown.index("Østre Toten")
    assert "61 18 95 00" in shown
    assert "Ikke team ennå" in shown
    assert "9901" not in shown


def test_the_page_asks_few_questions(gjovikregionen):
    liv = client_for("liv")
    liv.get("/samarbeid")  # the first look of a session notes its time
    with CaptureQueriesContext(connection) as seen:
        liv.get("/samarbeid")
    assert len(seen) < 12
