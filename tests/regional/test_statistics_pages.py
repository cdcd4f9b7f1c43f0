"""Returns come in, and the region sees protected figures only."""

import json
import re
import uuid
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regional.statistics.choices import choices, missing
from regional.statistics.handlers import WrongReturn, store_return
from regional.statistics.models import PooledReturn
from regional.statistics.pool import add_up
from regional.statistics.queries import pool
from regional.statistics.reports import RawRefused, protected, unprotected_for_check
from shared.codes.forms import REPORTED
from shared.codes.periods import Quarter, parse
from shared.contracts import Counts, QuestionCounts, Return, SinceStart
from shared.post.handlers import Envelope
from tests.cast import ref
from tests.client import client_for
from varde.access.reader import Reader
from varde.clock import now

Q3 = parse("2019Q3")


def counts(women: int, men: int, blank: int) -> Counts:
    kjonn = QuestionCounts(answered=women + men, ticks=women + men, multi=0, answers={"man": men, "woman": women})
    empty = add_up([])
    return replace(empty, cases=women + men + blank, questions={**empty.questions, "kjonn": kjonn})


def letter(number: str = "3407", period: str = "2019Q3", women: int = 30, men: int = 20, blank: int = 0) -> Return:
    own = counts(women, men, blank)
    return Return(
        form_version=REPORTED, period=period, kommune_number=number, counts=own,
        since_start=SinceStart(from_date=Q3[0].first_day, counts=own), sent_at=now(),
    )  # fmt: skip


def arrive(one: Return, slug: str = "gjovik") -> None:
    store_return(one, Envelope(uuid.uuid4(), ref(slug), now()), Reader.for_purpose("post", ref("gjovikregionen")))


@pytest.fixture
def by(gjovikregionen):
    return Reader.for_purpose("returns", gjovikregionen)


def test_the_newest_return_of_a_quarter_counts(by):
    arrive(letter(women=30))
    arrive(letter(women=31))
    found = pool(Q3, by)
    assert found.contributions["Gjøvik"].questions["kjonn"].answers["woman"] == 31
    assert PooledReturn.objects.count() == 2


def test_the_same_return_that_comes_again_is_counted_once(by):
    arrive(letter())
    once = pool(Q3, by)
    arrive(letter())
    assert (pool(Q3, by), PooledReturn.objects.count()) == (once, 2)


def test_quarters_are_added_up_and_what_is_missing_is_named(by):
    arrive(letter(period="2019Q2"))
    arrive(letter())
    found = pool(parse("2019Q2..2019Q4"), by)
    assert found.contributions["Gjøvik"].cases == 100
    assert [(one.kommune, str(one.quarter)) for one in found.missing] == [
        ("Gjøvik", "2019Q4"), ("Østre Toten", "2019Q2"), ("Østre Toten", "2019Q3"), ("Østre Toten", "2019Q4"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [letter(number="3442"), letter(period="2019"), replace(letter(), form_version="varde_2026")],
    ids=["another's number", "a whole year", "another form"],
)
def test_a_return_that_does_not_fit_is_not_stored(by, wrong):
    with pytest.raises(WrongReturn):
        arrive(wrong)


def test_a_return_without_all_questions_is_not_stored(by):
    bare = replace(letter(), counts=Counts(cases=0, questions={}, planned={}))
    with pytest.raises(WrongReturn, match="passer ikke"):
        arrive(bare)


def test_a_kommune_of_another_region_is_not_pooled(by):
    with pytest.raises(WrongReturn):
        arrive(letter(number="9901"), "nabo")


def three_kommuner(women: int, men: int) -> None:
    for number, slug in (("3407", "gjovik"), ("3442", "ostre-toten"), ("3443", "vestre-toten")):
        arrive(letter(number, women=women, men=men), slug)


def woman(report) -> int | None:
    return report.content["questions"]["kjonn"]["answers"]["kvinne"]["count"]


def test_figures_from_enough_kommuner_are_shown(by):
    three_kommuner(20, 10)
    assert woman(protected(Q3, by)) == 60


def test_few_kommuner_hide_everything(by):
    arrive(letter())
    assert woman(protected(Q3, by)) is None


def test_raw_figures_need_a_start_that_allows_them(by, settings):
    three_kommuner(20, 1)
    settings.ALLOW_RAW = False
    with pytest.raises(RawRefused):
        unprotected_for_check(Q3, by)
    settings.ALLOW_RAW = True
    assert woman(unprotected_for_check(Q3, by)) == 60
    settings.MODE = "production"
    with pytest.raises(RawRefused):
        unprotected_for_check(Q3, by)


def test_the_dashboard_hides_small_figures(by):
    three_kommuner(20, 1)
    shown = client_for("liv").get("/statistikk").content.decode()
    assert "Den utsattes kjønn" in shown
    assert "skjult av personvernhensyn" in shown
    assert not re.search(r"\b60\b", shown)
    assert "Gjøvik: 3. kv. 2019" in shown


def test_the_dashboard_shows_what_is_safe(by):
    three_kommuner(20, 10)
    shown = client_for("liv").get("/statistikk?periode=2019H2").content.decode()
    assert "2. halvår 2019" in shown
    assert "90 saker" in shown


def all_quarters(period: str, women: int, men: int) -> None:
    for number, slug in (("3407", "gjovik"), ("3442", "ostre-toten"), ("3443", "vestre-toten")):
        arrive(letter(number, period, women, men, blank=10), slug)


def shown(period: str, by, offered=("2019", "2019H1", "2019H2")) -> tuple[int | None, int | None]:
    report = protected(parse(period), by, offered=[parse(one) for one in offered])
    found = report.content["questions"]["kjonn"]["answers"]
    return found["kvinne"]["count"], found["mann"]["count"]


def test_a_half_that_would_give_the_other_away_is_hidden(by):
    all_quarters("2019Q1", 20, 10)
    all_quarters("2019Q3", 20, 1)
    assert shown("2019", by) == (120, 33)
    assert shown("2019H1", by, offered=()) == (60, 30)
    assert shown("2019H1", by) == (None, None)


def test_halves_that_are_large_enough_are_all_shown(by):
    all_quarters("2019Q1", 20, 10)
    all_quarters("2019Q3", 20, 11)
    assert (shown("2019H1", by), shown("2019H2", by)) == ((60, 30), (60, 33))


def test_a_half_beside_one_with_too_few_kommuner_is_hidden(by):
    all_quarters("2019Q1", 20, 10)
    arrive(letter(period="2019Q3"))
    assert shown("2019H1", by) == (None, None)
    assert protected(parse("2019H1"), by, offered=[parse("2019")]).content["cases"] is None


def test_the_same_figures_under_another_name_hide_nothing(by):
    all_quarters("2019Q3", 20, 10)
    assert shown("2019H2", by) == shown("2019", by) == (60, 30)


def test_an_unknown_period_is_answered_with_another(by):
    three_kommuner(20, 10)
    answer = client_for("liv").get("/statistikk?periode=1999")
    assert answer.status_code == 400
    assert "Det finnes ingen tall for den perioden" in answer.content.decode()


def test_without_returns_the_page_says_so(by):
    assert "Ingen tall er kommet inn ennå" in client_for("liv").get("/statistikk").content.decode()


def test_an_operator_sees_no_figures(by):
    assert client_for("olga").get("/statistikk").status_code == 403


def test_the_page_asks_the_same_number_of_questions_however_many_returns(by):
    liv = client_for("liv")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            liv.get("/statistikk")
        return len(seen)

    arrive(letter())
    asked()  # the first look of a session notes its time
    few = asked()
    three_kommuner(20, 10)
    assert asked() == few


def test_periods_to_choose_are_all_of_it_years_and_halves():
    known = parse("2018Q4..2019Q3")
    assert [one.value for one in choices(known)] == ["2018Q4..2019Q3", "2019", "2019H2", "2019H1", "2018", "2018H2"]
    assert choices([]) == []


def test_when_a_whole_year_is_there_the_years_stand_alone():
    known = parse("2018Q4..2019Q4")
    assert [one.value for one in choices(known)] == ["2019", "2019H2", "2019H1", "2018", "2018H2"]


def test_a_kommune_is_expected_from_its_start():
    found = missing({"A": Quarter(2019, 3), "B": None}, {"B": [Quarter(2019, 3)]}, parse("2019"))
    assert [(one.kommune, str(one.quarter)) for one in found] == [("A", "2019Q3"), ("A", "2019Q4"), ("B", "2019Q4")]


def test_the_command_prints_json_and_tells_what_is_missing(house, capsys):
    from regional.statistics.cli import main

    assert main(["--region", "gjovikregionen", "--period", "2019Q3"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["questions"]["kjonn"]["answers"]["kvinne"]["hidden"] is True
    assert "Gjøvik 2019Q3" in err
