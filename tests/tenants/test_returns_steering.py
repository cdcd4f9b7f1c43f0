"""What a case tells for steering: from its real way through the rooms, and by the rules alone."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.codes.periods import Quarter, quarter_of
from shared.contracts import QuestionCounts
from tenants.cases.actions import add_member
from tenants.cases.models import Case
from tenants.closing.actions import Report, close
from tenants.inbox.mistakes_models import Mistake
from tenants.persons.actions import link
from tenants.persons.models import Person, PersonTerm, PersonVersion
from tenants.returns import queries, steered
from tenants.returns.actions import send_return
from tenants.returns.counts import RegisteredCase, added, count_cases
from tenants.returns.import_file import ImportedCase
from tenants.returns.importing import import_cases
from tenants.returns.models import GoneCounts
from tenants.returns.steered import Course, Decided
from tenants.returns.steered import steered as told
from tests.cast import as_person, ref, seen_as
from tests.tenants import test_kept_end as kept
from tests.tenants import way
from tests.tenants.people import NUMBER, card_in
from varde.access import Reader
from varde.access.ticket import presented
from varde.clock import now
from varde.retention import cli

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
NOW = START + timedelta(days=400)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def course(*decided: Decided, measured: float | None = None, closed: float | None = None, **more: bool) -> Course:
    return Course(
        START, decided, None if measured is None else at(measured), None if closed is None else at(closed), **more
    )


def decision(code: str, hours: float, deadline: float | None) -> Decided:
    return Decided(code, at(hours), None if deadline is None else at(deadline))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (course(), {}),
        (course(decision("akutt", 2, 3)), {"tid_sortering": "within_3_hours", "frist": "held"}),
        (course(decision("akutt", 4, 3)), {"tid_sortering": "within_1_day", "frist": "late"}),
        (course(decision("bor", 504, 504)), {"tid_sortering": "within_3_weeks", "frist": "held"}),
        # The time it came in was put right to after what was done: how long it took is not known.
        (course(decision("akutt", -1, 3), measured=-2), {"frist": "held"}),
        # Too little to go on: more was collected in time, twice; then not.
        (course(decision("mangelfull", 5, 173), decision("ma", 170, 168)), {"frist": "held"}),
        (course(decision("mangelfull", 5, 173), decision("mangelfull", 100, 268), decision("ma", 260, 168)),
         {"frist": "held"}),
        (course(decision("mangelfull", 5, 173), decision("ma", 174, 168)), {"frist": "late"}),
        (course(decision("mangelfull", 5, 173), closed=100), {"frist": "held", "tid_tiltak": "none"}),
        (course(decision("mangelfull", 5, 173)), {"frist": "late"}),
        (course(decision("mangelfull", 5, 20_000)), {"tid_sortering": "within_1_day"}),
        # A later look changes nothing of whether the first was in time.
        (course(decision("akutt", 2, 3), decision("bor", 900, 504)), {"frist": "held"}),
        (course(measured=5, closed=900), {"tid_tiltak": "within_1_day"}),
        (course(decision("ma", 2, 168), measured=5, handed_over=True), {"tid_tiltak": "within_1_day"}),
        (course(closed=5), {"tid_tiltak": "none"}),
    ],
)  # fmt: skip
def test_what_a_course_tells(found, said):
    assert told(found, NOW).items() >= said.items()
    assert ("frist" in told(found, NOW)) == ("frist" in said)


def test_a_person_is_new_once_and_known_after():
    cards = [0, 1, 2, 3, 4]
    of = steered.people(cards, steered.Ties([(0, 1)], [(2, b"x"), (3, b"x")]))
    cases = [("a", {of(0)}), ("b", {of(1)}), ("c", {of(2)}), ("d", {of(3), of(4)}), ("e", set()), ("f", {of(4)})]
    assert steered.apart(cases) == {"a": "new", "b": "known", "c": "new", "d": "new", "f": "known"}
    assert steered.apart(cases[1:], before=["b"])["b"] == "known"
    assert steered.heirs(cases) == {"a": {"b"}, "c": {"d"}, "d": {"f"}}
    assert steered.heirs_of("c", steered.heirs(cases), {"d"}) == {"f"}
    assert steered.heirs_of("c", steered.heirs(cases), {"a"}) == {"d"}


def test_sums_are_those_of_all_cases_together():
    cases = [
        RegisteredCase(Quarter(2026, 1), {}, steering={"person": code, "frist": "held"} if code else {})
        for code in ("new", "known", "")
    ]
    together = count_cases(cases)
    assert added(count_cases(cases[:1]), count_cases(cases[1:2]), count_cases(cases[2:])) == together
    assert together.steering["person"] == QuestionCounts(answered=2, ticks=2, multi=0, answers={"new": 1, "known": 1})
    older = count_cases(cases[:1])
    bare = type(older)(cases=1, questions=older.questions, planned=older.planned)
    assert added(bare, older).steering == added(older, bare).steering == older.steering
    assert added(bare, bare).steering == {}


# --- as the rooms lay it ---------------------------------------------------------------------------------------------


def counted() -> dict:
    """What the purpose that counts every case is told of each: id -> steering."""
    with presented(Reader.for_purpose("returns", ref("gjovik"))):
        return {case_id: dict(case.steering) for case_id, case in queries.counted()}


def test_the_times_of_a_case_that_was_worked_with(gjovik):
    quick, slow = way.case(), way.case(concern=way.opened(hours_ago=200))
    way.measure(quick)
    close(case=slow, report=Report(done="Samtale"), outcomes=["talks"], by=as_person("kari"))
    found = counted()
    assert found[quick.id] == {"tid_sortering": "within_3_hours", "tid_tiltak": "within_1_day", "frist": "held"}
    assert found[slow.id] == {"tid_sortering": "within_3_weeks", "tid_tiltak": "none", "frist": "late"}


def test_an_imported_case_tells_nothing(gjovik):
    import_cases(gjovik, [ImportedCase(1, "a", "Gjøvik", Quarter(2019, 3), {"kategori": ("akutt",)})])
    counts = count_cases(case for case in [RegisteredCase(Quarter(2019, 3), {})])
    with presented(Reader.for_purpose("returns", ref("gjovik"))):
        mine = [case for _, case in queries.counted() if case.quarter == Quarter(2019, 3)]
    assert [dict(case.steering) for case in mine] == [{}]
    assert count_cases(mine).steering == counts.steering


def test_persons_are_counted_apart_from_cases(gjovik):
    first, again, other, bare = way.case(), way.case(), way.case(), way.case()
    old = card_in(first.concern, id_number=NUMBER)
    card_in(again.concern, name="Kjent Under Annet Navn", id_number=NUMBER)
    linked = card_in(other.concern, name="En Annen")
    assert [counted()[one.id].get("person") for one in (first, again, other, bare)] == ["new", "known", "new", None]
    link(person=linked, other=old, by=as_person("kari"))
    assert counted()[other.id]["person"] == "known"


def test_who_does_not_see_the_earlier_case_sees_the_first_one(gjovik):
    """The return counts a known person; figures of somebody who sees only the later case must not tell of the other."""
    first, again = way.case(), way.case()
    for one in (first, again):
        card_in(one.concern, id_number=NUMBER)
    add_member(case=again, user=way.person("tom"), by=as_person("kari"))
    with seen_as("tom"):
        mine = dict(queries.counted())
    assert counted()[again.id]["person"] == "known"
    assert [dict(case.steering)["person"] for case in mine.values()] == ["new"]


def test_a_card_that_was_entered_wrongly_is_nobody(gjovik):
    first, again = way.case(), way.case()
    wrong = card_in(first.concern, id_number=NUMBER)
    card_in(again.concern, id_number=NUMBER)
    way_of = Mistake(concern=first.concern, of_table="persons_person", row_id=wrong.id, reason="Feil person", at=now(),
                     by_user=as_person("kari").user_id, by_name="Kari")  # fmt: skip
    with seen_as("kari"):
        way_of.save(force_insert=True)
    assert [counted()[one.id].get("person") for one in (first, again)] == [None, "new"]


def test_the_purpose_that_counts_reads_no_other_cards_or_words(gjovik):
    concern = way.case().concern
    card_in(concern, id_number=NUMBER, phone="61 18 95 00")
    card_in(concern, role="suspected", name="Nils Nabo", id_number="01819012292")
    with presented(Reader.for_purpose("returns", ref("gjovik"))):
        assert {row.role for row in Person.objects.all()} == {"exposed"}
        assert {row.kind for row in PersonTerm.objects.all()} == {"id_number"}
        assert not PersonVersion.objects.exists()


def old_case_of_somebody() -> Case:
    """A case that was closed eleven years ago, with a card."""
    concern = way.opened(hours_ago=11.5 * kept.YEAR)
    card_in(concern, id_number=NUMBER)
    case = way.case(concern=concern)
    close(case=case, report=kept.REPORT, outcomes=["talks"], by=as_person("kari"), at=way.in_hours(-11 * kept.YEAR))
    return Case.objects.select_related("concern").get(pk=case.pk)


def test_a_deleted_case_leaves_the_next_one_known(house):
    """Figures that were sent stay what they were, and persons since the start are not counted anew."""
    with kept.gjovik():
        kept.decided_class()
        first, again = old_case_of_somebody(), way.case()
        card_in(again.concern, id_number=NUMBER)
        kept.ordered(first)
        before = counted()
    kept.sent(first)
    assert before[again.id]["person"] == "known"
    with kept.gjovik("returns"):
        old = queries.newest(quarter_of(first.counted_from)).content
    assert old["counts"]["steering"]["person"]["answers"] == {"new": 1, "known": 0}
    assert cli.main(["--office", "gjovik"]) == 0
    with kept.gjovik():
        assert not Case.objects.filter(id=first.id).exists()
        assert counted()[again.id]["person"] == "known"
        assert GoneCounts.objects.get().content["steering"] == old["counts"]["steering"]
    with kept.gjovik("returns") as by:
        assert not send_return(period=str(quarter_of(first.counted_from)), by=by).sent


def test_the_last_of_three_stays_known_when_two_go_in_one_night(house):
    with kept.gjovik():
        kept.decided_class()
        old = [old_case_of_somebody(), old_case_of_somebody()]
        again = way.case()
        card_in(again.concern, id_number=NUMBER)
        for one in old:
            kept.ordered(one)
    kept.sent(old[0])
    assert cli.main(["--office", "gjovik"]) == 0
    with kept.gjovik():
        assert [row.id for row in Case.objects.all()] == [again.id]
        assert counted()[again.id]["person"] == "known"


def test_a_case_that_is_somebody_elses_first_stays_new_when_an_earlier_one_is_deleted(house):
    with kept.gjovik():
        kept.decided_class()
        first, again = old_case_of_somebody(), way.case()
        card_in(again.concern, id_number=NUMBER)
        card_in(again.concern, name="Anna Annen")
        kept.ordered(first)
        assert counted()[again.id]["person"] == "new"
    kept.sent(first)
    assert cli.main(["--office", "gjovik"]) == 0
    with kept.gjovik():
        assert not Case.objects.filter(id=first.id).exists()
        assert counted()[again.id]["person"] == "new"
