"""The leader team's one page: each number says where it is from, none is raw, and one fault stays one fault."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from uuid import uuid4

import pytest

from regional.dashboard.newest import newest
from regional.lines.setup import Rule, Setup
from regional.matters.models import Matter
from regional.meetings import suggest
from regional.meetings.models import Decision, Item, Meeting
from regional.onboarding.models import Health
from regional.overview import (
    delivery_panel,
    figures_panel,
    matters_panel,
    meetings_panel,
    panels,
    phone_panel,
    plan_panel,
    starting_panel,
)
from regional.overview.panel import Bars, Cell, Figure, Panel, Source, Table
from regional.plan.models import Plan
from shared.codes.forms import REPORTED, form
from shared.codes.starting import expected
from shared.post.ledger_queries import OfficeLine
from tests.cast import ref
from tests.client import client_for
from tests.regional.phone_lines import _nothing_kept as _nothing_kept
from tests.regional.phone_lines import host as host
from tests.regional.phone_lines import lines as lines
from tests.regional.phone_lines import switch
from tests.regional.planned import adopted, drafted, measure, working
from tests.regional.released_tables import kjonn as kjonn_table
from tests.regional.released_tables import release, table
from tests.regional.test_statistics_pool import arrive, letter
from varde.access import Role
from varde.clock import now

HERE = "/lederteam/oversikt"
AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Sections(HTMLParser):
    """Of each part of the page: does it hold a number, and where does it say that is from?"""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.numbers: dict[str, bool] = {}
        self.sources: dict[str, str] = {}
        self._here, self._in_source = "", False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        kind = said.get("class") or ""
        if tag == "section" and "v-panel" in kind:
            self._here = said["id"]
            self.numbers[self._here], self.sources[self._here] = False, ""
        self.numbers[self._here] = self.numbers.get(self._here, False) or tag in ("dd", "td", "svg")
        self._in_source = (tag == "p" and "v-panel__source" in kind) or self._in_source

    def handle_endtag(self, tag):
        self._in_source = self._in_source and tag != "p"
        if tag == "section":
            self._here = ""

    def handle_data(self, data):
        if self._in_source:
            self.sources[self._here] += data


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def liv(gjovikregionen):
    return client_for("liv")


@pytest.fixture
def plan(gjovikregionen):
    with working() as by:
        made, goal = drafted(by)
        measure(made, goal, by, due_on=(AT - timedelta(days=400)).date())
        adopted(made, by)
    return made


def line(kind: str, *, at=AT, **counts) -> OfficeLine:
    office = replace(ref("gjovikregionen"), id=uuid4() if kind == "kommune" else ref("gjovikregionen").id, kind=kind)
    return OfficeLine(office, at, **counts)


# --- a number and its source -----------------------------------------------------------------------------------------
def test_a_number_without_where_it_is_from_cannot_be_made():
    for said in (
        {"figures": (Figure("Saker", 12),)},
        {"bars": (Bars("Svar", "Svar", ()),)},
        {"tables": (Table("Møter", ("Når",), ((Cell("I dag"),),)),)},
    ):
        with pytest.raises(ValueError, match="without where"):
            Panel("a", "A", **said)
        with pytest.raises(ValueError, match="without where"):
            Panel("a", "A", source=Source("", AT), **said)
        with pytest.raises(ValueError, match="silent"):
            Panel("a", "A", source=Source("Møtene", AT), silent="Ingenting.", **said)


def test_every_part_with_a_number_says_where_it_is_from_and_as_of_when(liv, plan):
    found = Sections(text(liv.get(HERE)))
    with_numbers = [code for code, has in found.numbers.items() if has and code]
    assert "plan" in with_numbers
    assert set(found.sources) == {maker.code for maker in panels.PANELS}
    for code in with_numbers:
        assert found.sources[code].startswith("Kilde: "), code
        assert ", per " in found.sources[code], code


def test_a_part_whose_source_is_silent_says_so_and_never_nought(liv):
    shown = text(liv.get(HERE))
    assert plan_panel.NO_PLAN in shown
    assert phone_panel.NO_ROTA in shown
    assert delivery_panel.NOBODY in shown
    assert starting_panel.NOBODY in shown
    assert figures_panel.NONE_YET in shown
    found = Sections(shown)
    # Empty lists of meetings and matters are known to be empty, and a phone without a number rings in vain for sure.
    assert {code for code, has in found.numbers.items() if has and code} == {"moter", "systemsaker", "vakt"}


def test_whoever_may_not_see_the_figures_is_told_so(gjovikregionen):
    shown = text(client_for("liv", Role.HOST_ADMINISTRATOR).get(HERE))
    assert figures_panel.NOT_YOURS in shown


def test_one_fault_is_told_of_there_and_logged_and_the_rest_stands(liv, plan, monkeypatch, caplog):
    def breaks(by, at):
        Plan.objects.raw("SELECT no_such_column FROM plan_plan")[0]

    makers = [replace(one, make=breaks) if one.code == "vakt" else one for one in panels.PANELS]
    monkeypatch.setattr(panels, "PANELS", makers)
    with caplog.at_level(logging.ERROR, "varde.overview"):
        shown = text(liv.get(HERE))
    assert shown.count("kan ikke vises nå") == 1
    assert "Felles plan" in shown
    assert [one.levelname for one in caplog.records if one.name == "varde.overview"] == ["ERROR"]


# --- the figures -----------------------------------------------------------------------------------------------------
def kjonn(by) -> dict[str, int | None]:
    found = newest(by)
    assert found is not None
    label = form(REPORTED).question("kjonn").label
    return {row["label"]: row["count"] for one in found.questions if one.label == label for row in one.rows}


KOMMUNER = (("3407", "gjovik"), ("3442", "ostre-toten"), ("3443", "vestre-toten"))


def sent(periods=("2019Q3", "2019Q4"), kommuner=KOMMUNER, **counts: int) -> None:
    for period in periods:
        for number, slug in kommuner:
            arrive(letter(number, period=period, **counts), slug)


@pytest.fixture
def out(monkeypatch):
    """What is given out, by hand: the newest half-year beside an older one and a year."""
    half, older = table("2019H2", "half", kjonn_table(25, None)), table("2019H1", "half", kjonn_table(9, 9))
    releases = [release(7, half, table("2019", "year"), label="2. halvår 2019"), release(3, older)]
    monkeypatch.setattr("regional.dashboard.newest.given", lambda by: releases)
    return releases


def test_the_overview_holds_what_is_given_out_alone(liv, out):
    sent(women=1, men=50)
    with working(Role.LEADER_TEAM, name="Lars Leder") as by:
        assert kjonn(by) == {"mann": None, "kvinne": 25, "Ikke oppgitt": None, "Øvrige (slått sammen)": 15}
    shown = text(liv.get(HERE))
    assert "«:» står der et tall er null, lite eller skjult" in shown
    assert "/statistikk/utgivelser/7" in liv.get(HERE).content.decode()


def test_what_is_sent_is_not_shown_before_two_have_given_it_out(liv):
    sent()
    shown = text(liv.get(HERE))
    assert figures_panel.NONE_YET in shown
    with working(Role.LEADER_TEAM, name="Lars Leder") as by:
        assert newest(by) is None
        assert list(suggest._figures(by)) == []


def test_a_later_correction_or_return_changes_no_figure_that_was_shown(liv, out):
    with working(Role.LEADER_TEAM, name="Lars Leder") as by:
        before = newest(by)
    sent(women=31)
    with working(Role.LEADER_TEAM, name="Lars Leder") as by:
        assert newest(by) == before
        assert figures_panel.panel(by, AT).figures[0].value == before.cases == 40


def test_where_every_answer_is_hidden_that_is_said_instead_of_shown(liv, out, monkeypatch):
    with working(Role.LEADER_TEAM, name="Lars Leder") as by:
        whole = newest(by)
        assert figures_panel.panel(by, AT).bars
        rows = ({"label": "A", "count": None, "share": None, "hidden": True},)
        none = replace(whole, questions=tuple(replace(one, rows=rows) for one in whole.questions))
        monkeypatch.setattr(figures_panel, "newest", lambda by: none)
        made = figures_panel.panel(by, AT)
    assert (made.bars, made.notes) == ((), (figures_panel.ALL_HIDDEN,))


def test_no_kommune_is_named_beside_the_figures(liv, out):
    with working(Role.LEADER_TEAM, name="Lars Leder") as by:
        said = str(figures_panel.panel(by, AT)) + suggest._in_words(newest(by))
    assert not any(name in said for name in ("Gjøvik", "Østre Toten", "Vestre Toten"))


def test_the_figures_say_which_release_they_are_from_and_when(liv, out):
    with working(Role.LEADER_TEAM, name="Lars Leder") as by:
        made = figures_panel.panel(by, AT)
        assert "utgivelse 7 for Tabell 2019H2" in suggest._in_words(newest(by))
    assert made.source is not None
    assert (made.source.where, made.source.url) == ("Utgivelse 7, Tabell 2019H2", "/statistikk/utgivelser/7")
    assert made.source.as_of == out[0].at


# --- the post --------------------------------------------------------------------------------------------------------
def told(monkeypatch, *found):
    monkeypatch.setattr(delivery_panel, "offices", lambda office: list(found))
    with working(Role.LEADER_TEAM, name="Lars Leder") as by:
        return delivery_panel.panel(by, AT)


def test_the_post_is_counted_for_all_at_once_and_as_of_the_oldest_count(gjovikregionen, monkeypatch):
    older = AT - timedelta(minutes=20)
    own = line("region", waiting=2, overdue=1, sent=40, oldest_at=AT - timedelta(hours=3))
    groups = {"concern": [1, 1, 0], "matter": [1, 1, 1]}
    kommuner = [line("kommune", at=older, sent=3, stored=2, opened=1, waiting=9, groups=groups) for _ in range(3)]
    made = told(monkeypatch, own, *kommuner)
    said = {one.label: one.shown for one in made.figures}
    assert (said["Bekymringer og saker sendt, siste 30 dager"], said["Av dem åpnet av et menneske"]) == ("3", "0")
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in made.tables[0].rows}
    assert rows["Bekymringer og saker"] == ["3", "3", "0"]
    assert rows["Tall, avtaler og annet"] == ["43", "0", delivery_panel.NO_PERSON]
    assert said["Brev til og fra oss som venter"] == "2"
    assert said["Det eldste som venter, ble sendt"] == "for 3 timer siden"
    assert said["Bekymringer ingen har åpnet i tide"] == "1"
    assert made.source is not None
    assert made.source.as_of == older
    assert not any(one.office.name in str(made.figures) for one in kommuner)


def test_no_count_of_the_post_gives_one_kommune_away(gjovikregionen, monkeypatch):
    own, few = line("region", sent=7, waiting=1, overdue=1), [line("kommune", sent=5) for _ in range(2)]
    made = told(monkeypatch, own, *few)
    assert {one.shown for one in made.figures} == {":", "Ingen venter", "Nei"}
    cells = {cell.text for row in made.tables[0].rows for cell in row[1:]}
    assert cells == {":", delivery_panel.NO_PERSON}
    assert delivery_panel.FEW in made.source.about


def test_an_office_whose_round_has_stopped_is_named(gjovikregionen, monkeypatch):
    made = told(monkeypatch, line("region"), line("kommune", at=None), line("kommune", at=AT - timedelta(hours=2)))
    assert "Kontrollen har ikke gått" in made.notes[0]


# --- the phone -------------------------------------------------------------------------------------------------------
def test_a_member_sees_when_nobody_answers_and_why(liv, host, lines):
    assert phone_panel.NO_ROTA in text(liv.get(HERE))
    switch(host, Setup((Rule("own"),)), kommune="ostre-toten")
    with working(Role.LEADER_TEAM, name="Lars Leder") as by:
        made = phone_panel.panel(by, now())
    assert made.figures[0].label == "Andre tider noen ringer forgjeves"
    assert phone_panel.NO_ROTA in made.notes
    assert "Østre Toten" in text(liv.get(HERE))


def test_a_page_that_shows_a_number_nobody_answers_is_seen_by_leaders_and_host(liv, host, lines):
    """Gjøvik's page shows its own number, while its set-up is the shared phone."""
    told = "Gjøvik viser 61 18 95 00, men oppsettet svarer på 61 00 00 01."
    assert told in text(liv.get(HERE))
    runs = client_for("liv", Role.HOST_ADMINISTRATOR)
    for page in ("/vakttelefon/drift", "/start"):
        assert "Siden viser et annet nummer" in text(runs.get(page)), page
    switch(host, Setup((Rule("hotline", "open"),)))
    assert told not in text(liv.get(HERE))
    assert "Siden viser et annet nummer" not in text(runs.get("/vakttelefon/drift"))


def test_a_gap_in_the_rota_is_said_once(liv, host, lines, monkeypatch):
    gap = (now() + timedelta(hours=3), now() + timedelta(hours=5))
    monkeypatch.setattr(phone_panel.phone, "in_use", lambda: True)
    monkeypatch.setattr(phone_panel.phone, "gaps_ahead", lambda at: [gap])
    monkeypatch.setattr(phone_panel.lines, "silent_ahead", lambda at, region: [("Alle", *gap, "Ingen har vakt")])
    with working(Role.LEADER_TEAM, name="Lars Leder") as by:
        made = phone_panel.panel(by, now())
    assert [one.value for one in made.figures][:2] == [1, 0]
    assert len(made.tables[0].rows) == 1


# --- the other rooms -------------------------------------------------------------------------------------------------
def test_each_kommune_stands_by_its_own_word_and_one_that_said_nothing_is_not_nought(liv):
    Health(
        kommune=ref("gjovik").id, as_of=AT, list_version="1", steps={one.code: "done" for one in expected()},
        team=5, certified=2, trained=4, police=True,
    ).save()  # fmt: skip
    with working(Role.LEADER_TEAM, name="Lars Leder") as by:
        made = starting_panel.panel(by, AT)
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in made.tables[0].rows}
    assert rows["Gjøvik"][1:5] == ["4 av 5", "2 av 5", "Ja", "Ingenting"]
    assert rows["Østre Toten"][1:] == ["Ikke meldt"] * 5
    assert made.figures[0].shown == f"1 av {len(rows)} kommuner"
    assert made.source is not None
    assert made.source.as_of == AT
    assert "4 av 5" in text(liv.get(HERE))


def test_the_bar_of_a_kommune_is_drawn_of_all_that_is_expected_and_not_of_the_best(liv):
    steps = {one.code: "done" for one in expected()[1:]}
    Health(kommune=ref("gjovik").id, as_of=AT, list_version="1", steps=steps, team=5, certified=2, trained=4,
           police=True).save()  # fmt: skip
    of = len(expected())
    assert f'width="{100 * (of - 1) / of:.1f}%"' in text(liv.get(HERE))


def test_meetings_and_decisions_stand_there_with_their_dates(liv):
    at = now()
    meeting = Meeting(starts_at=at + timedelta(days=9), minutes=120, made_at=at, made_by_name="Sara")
    meeting.save()
    item = Item(meeting=meeting, position=1, kind="own", title="Opplæring")
    item.save()
    due = (at - timedelta(days=1)).date()
    Decision(
        meeting=meeting, item=item, text="Gjør det", owner="Gjøvik", due=due, made_at=at, made_by_name="Sara"
    ).save()
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    with working(Role.LEADER_TEAM, name="Lars Leder") as by:
        made = meetings_panel.panel(by, at)
    assert [one.shown for one in made.figures] == ["Ikke planlagt", "1", "1"]
    Meeting.objects.filter(pk=meeting.pk).update(state="called")
    shown = text(liv.get(HERE))
    assert f"{meetings_panel.HERE}/{meeting.id}" in shown


def test_matters_are_counted_by_kind_and_not_told(liv):
    Matter(
        kommune=ref("gjovik").id, kommune_name="Gjøvik", theirs=uuid4(), letter_id=uuid4(), title="Ventetid hos legen",
        category="resources", urgency="before", state="open", received_at=AT, taken_in_at=AT,
        changed_at=AT,
    ).save()  # fmt: skip
    with working(Role.LEADER_TEAM, name="Lars Leder") as by:
        made = matters_panel.panel(by, AT)
    assert made.figures[0].value == 1
    shown = text(liv.get(HERE))
    assert "Før neste møte" in shown
    assert "Ventetid hos legen" not in shown


# --- the start page --------------------------------------------------------------------------------------------------
def test_the_start_page_has_what_warns_with_its_source(liv, plan):
    shown = text(liv.get("/start"))
    assert "over frist, <strong>1</strong>" in shown
    assert "Felles plan 2026–2027, versjon 1" in shown
    assert HERE in shown
    assert HERE not in text(client_for("olga").get("/start"))
