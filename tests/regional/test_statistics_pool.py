"""Returns come in and are pooled; nothing raw goes out but for a check that the installation was started for."""

import uuid
from dataclasses import replace

import pytest

from regional.statistics.choices import missing
from regional.statistics.handlers import WrongReturn, store_return
from regional.statistics.models import PooledReturn
from regional.statistics.pool import add_up
from regional.statistics.queries import pool
from regional.statistics.reports import RawRefused, unprotected_for_check
from shared.codes.forms import REPORTED
from shared.codes.periods import Quarter, parse
from shared.contracts import Counts, QuestionCounts, Return, SinceStart
from shared.post.handlers import Envelope
from tests.cast import ref
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
    [
        letter(number="3442"),
        letter(period="2019"),
        letter(period="1919Q1"),
        replace(letter(), form_version="varde_2026"),
    ],
    ids=["another's number", "a whole year", "a hundred years ago", "another form"],
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


def test_a_kommune_is_expected_from_its_start():
    found = missing({"A": Quarter(2019, 3), "B": None}, {"B": [Quarter(2019, 3)]}, parse("2019"))
    assert [(one.kommune, str(one.quarter)) for one in found] == [("A", "2019Q3"), ("A", "2019Q4"), ("B", "2019Q4")]
