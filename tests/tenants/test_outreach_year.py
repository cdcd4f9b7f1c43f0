"""The yearly evaluation: its figures against what was done, the team's own words, and that it is approved once."""

import io

import pypdfium2
import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from tenants.outreach import year_actions, year_queries
from tenants.outreach.work import groups
from tenants.outreach.year_models import YearApproval, YearCopy, YearWords
from tenants.triage import talk_actions
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.test_closing_reopen import closed
from varde.access import Role
from varde.clock import now
from varde.refusal import Refused
from varde.ui.dates import day_of

YEAR = day_of(now()).year
ADDRESS = f"/informasjon/arsrapport/{YEAR}"
WORDS = {"went_well": "Vi ringte alle samme dag.", "learned": "Tolk må bestilles før.", "coming": ""}


def said(answer) -> str:
    return answer.content.decode()


def words_of(answer) -> str:
    pdf = pypdfium2.PdfDocument(io.BytesIO(b"".join(answer.streaming_content)))
    return " ".join(page.get_textpage().get_text_range() for page in pdf)


def figures() -> dict[str, int]:
    return {label: number for group in groups(YEAR) for label, number in group.rows}


def test_the_figures_are_what_was_done(gjovik):
    way.person("kari")
    case = way.case(step=way.step(hours=-2))
    way.measure(case)
    closed(helped="partly")
    way.opened(hours_ago=1)
    with seen_as("kari") as kari:
        talk_actions.write(what="En nabo", advice="Ring igjen", partners="", by=kari)
        found = figures()
    expected = {
        "Bekymringer mottatt": 3, "– nettskjema": 3, "Drøftinger uten navn": 1, "Saker opprettet": 2,
        "Saker lukket": 1, "Må-sak": 2, "Avsluttet etter oppfølging": 1, "Delvis": 1, "Avsluttet innen fristen": 1,
        "Tiltak planlagt": 1, "Tiltak avsluttet": 0, "Hjemmetjenesten": 1,
    }  # fmt: skip
    assert {label: found.get(label) for label in expected} == expected
    assert found["Står fortsatt"] >= 1
    with seen_as("tom"):
        assert figures()["Saker opprettet"] == 0


def test_the_teams_own_words_are_read_by_leaders_and_written_by_the_team(gjovik):
    kari, leader = client_for("kari"), client_for("tove", Role.LEADER)
    assert kari.post(f"{ADDRESS}/vurdering", dict.fromkeys(WORDS, " ")).status_code == 422
    assert kari.post(f"{ADDRESS}/vurdering", WORDS).status_code == 303
    assert WORDS["learned"] in said(leader.get(ADDRESS))
    assert "Arbeidet i sakene" not in said(leader.get(ADDRESS))
    assert leader.get(f"{ADDRESS}/vurdering").status_code == 403
    late = kari.post(f"{ADDRESS}/vurdering", WORDS | {"learned": "Noe annet", "seen": ""})
    assert late.status_code == 422
    for text in ("Noe annet", WORDS["learned"]):
        assert text in said(late)
    assert YearWords.objects.count() == 1


def test_it_is_approved_once_and_stands(gjovik):
    kari, tom = client_for("kari"), client_for("tom")
    assert "Skriv først" in said(kari.post(f"{ADDRESS}/godkjenn", follow=True))
    kari.post(f"{ADDRESS}/vurdering", WORDS)
    stale = kari.post(f"{ADDRESS}/godkjenn", {"seen": "noe"}, follow=True)
    assert year_actions.CHANGED in said(stale)
    seen = year_queries.as_seen(year_queries.said(YEAR))
    assert "er godkjent" in said(kari.post(f"{ADDRESS}/godkjenn", {"seen": seen}, follow=True))
    way.case()  # one more, after the year was approved
    assert "Saker opprettet" in words_of(kari.get(f"{ADDRESS}/utskrift"))
    assert "Saker opprettet 0" in " ".join(words_of(kari.get(f"{ADDRESS}/utskrift")).split())
    assert "alt godkjent av Kari Koordinator" in said(kari.post(f"{ADDRESS}/godkjenn", {"seen": seen}, follow=True))
    assert kari.post(f"{ADDRESS}/vurdering", WORDS | {"learned": "Nytt"}).status_code == 422
    assert "Endre vurderingen" not in said(tom.get(ADDRESS))
    assert YearApproval.objects.count() == 1
    assert way.logged("outreach.year_approval", "create")


def test_the_approved_figures_are_the_approvers_alone(gjovik):
    """Held against one's own they would tell of matters that one does not see."""
    way.person("tom"), way.case()
    with seen_as("kari") as kari:
        year_actions.say(year=YEAR, words=WORDS, by=kari)
        year_actions.approve(year=YEAR, paper=b"%PDF", seen=None, by=kari)
    with seen_as("tom"):
        assert year_queries.said(YEAR).approval
        assert not YearCopy.objects.exists()
    assert "Saker opprettet 0" in " ".join(words_of(client_for("tom").get(f"{ADDRESS}/utskrift")).split())


def test_the_database_keeps_an_approved_year(gjovik):
    with seen_as("kari") as kari:
        year_actions.say(year=YEAR, words=WORDS, by=kari)
        year_actions.approve(year=YEAR, paper=b"%PDF", seen=None, by=kari)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            YearWords(year=YEAR, at=now(), by_name="Kari", **WORDS).save()
        with pytest.raises(Refused, match="alt godkjent"):
            year_actions.say(year=YEAR, words=WORDS, by=as_person("kari"))


def test_nobody_speaks_for_another_or_of_what_is_to_come(gjovik):
    """The newest words count, and a year is approved once."""
    with seen_as("kari") as kari:
        own = {"year": YEAR, "at": now(), "by_name": kari.name}
        late, forged, coming = {"at": way.in_hours(24)}, {"by_name": "Tom Teammedlem"}, {"year": YEAR + 1}
        for wrong in (late, forged, coming):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                YearWords(**WORDS | own | wrong).save()
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                YearApproval(by_user=kari.user_id, **own | wrong).save()
        YearWords(**WORDS | own).save()
        YearApproval(by_user=kari.user_id, **own).save()


def test_no_print_of_the_approved_figures_is_there_for_others(gjovik):
    """Whoever has a print can try figures until one fits."""
    shown = {field.name for field in YearApproval._meta.concrete_fields}
    assert shown == {"id", "year", "at", "by_user", "by_name", "former"}
