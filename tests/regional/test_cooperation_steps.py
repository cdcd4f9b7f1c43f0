"""The guided steps: a kommune joins and leaves, everybody ends it, the host changes; nothing ends unseen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from regional.cooperation import agreement_actions as actions
from regional.cooperation import agreement_queries as queries
from regional.cooperation import consequences, consequences_own, steps_actions, steps_ending, steps_parts, steps_queries
from regional.cooperation.agreement_models import AgreementStep, StepMark
from regional.cooperation.agreement_views import _first
from regional.cooperation.consequences import Asked, Consequence
from regional.cooperation.notice import notice
from regional.cooperation.queries import members
from regional.cooperation.terms import Lend
from shared.contracts import AgreementAnswer
from shared.post.actions import open_mail, send
from shared.post.handlers import Envelope
from shared.post.models import SealedLetter
from shared.registry.standing_actions import say
from shared.registry.standing_queries import parties, words_on
from tests.cast import TEST, ref
from tests.regional.agreement_steps import STEPS, as_liv, begin, begun, kommune, leaves_its_own_region, names, seen
from tests.regional.agreement_steps import host as host
from tests.regional.agreement_steps import liv as liv
from tests.regional.agreement_steps import row as row
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.tenancy.work import work


@contextmanager
def also(tell) -> Iterator[None]:
    """Another room that knows something, for a while."""
    consequences.register(99, tell)
    try:
        yield
    finally:
        consequences._tells.pop(99)


# --- leaving -------------------------------------------------------------------------------------------------------


def test_a_kommune_leaves_after_what_happens_was_shown_and_is_out_at_once(row, host, liv):
    sent = {"kommune": str(ref("ostre-toten").id), "begins": "now"}
    address = host.post(f"{STEPS}/ny/ga-ut", sent)["Location"]
    shown = host.get(address)
    page = shown.content.decode()
    assert "Hva skjer" in page
    assert "Brev som ikke er framme" in page
    assert "Bekymringer som ingen i kommunen har åpnet" in page
    assert "Østre Toten" in names(liv)
    hidden = shown.context["finish"]["seen"].value()
    assert host.post(f"{address}/gjennomfor", {"seen": hidden}).status_code == 422
    assert "Østre Toten" in names(liv)
    assert host.post(f"{address}/gjennomfor", {"seen": hidden, "agreed": "on"})["Location"] == address
    assert "Østre Toten" not in names(liv)
    newest = queries.newest(row)
    assert newest is not None
    assert "Østre Toten" not in [party.name for party in newest.terms.parties]
    assert "Østre Toten" in [party.name for party in queries.versions(row)[-1].terms.parties]
    log = host.get(address).content.decode()
    assert "Regionen har sagt at samarbeidet med kommunen slutter" in log
    assert "Vist på forhånd: Brev som ikke er framme: 0" in log


def test_the_kommune_and_those_who_stay_get_a_letter(row, host, liv):
    step = begin(row, "leave", "ostre-toten", liv)
    steps_ending.finish(step=step, by=liv, seen=seen(step, liv))
    got = {letter.recipient for letter in SealedLetter.objects.filter(kind="AgreementNotice")}
    assert ref("ostre-toten").id in got
    assert ref("gjovik").id in got


def test_a_step_that_ends_something_lists_the_letters_that_are_open(row, host, liv):
    step = begin(row, "leave", "ostre-toten", liv)
    before = seen(step, liv)
    send(_notice(row, liv), to=ref("ostre-toten"), by=liv)
    told = {one.what: one for one in steps_queries.consequences_of(step, now(), liv)}
    assert told["Brev som ikke er framme"].count == 1
    assert told["Brev som ikke er framme"].first
    with pytest.raises(Overtaken, match="Følgene er ikke de samme"):
        steps_ending.finish(step=step, by=liv, seen=before)
    assert "Østre Toten" in names(liv)
    steps_ending.finish(step=step, by=liv, seen=seen(step, liv))
    listed = StepMark.objects.get(step=step, mark="region_out").shown
    assert {one["what"]: one["count"] for one in listed}["Brev som ikke er framme"] == 1


def _notice(row, by):
    newest = queries.newest(row)
    return notice(
        agreement=row.id, region=by.office.id, terms=newest.terms, version=1, kommune=ref("ostre-toten").id,
        asks="change", starts_at=now(), sent_at=now(),
    )  # fmt: skip


def test_what_other_rooms_know_is_shown_too(row, host, liv):
    def seats(asked: Asked):
        yield Consequence("Plasser i lederteamet", 2, f"{asked.kommune.name} sine plasser blir ledige.", "Velg nye.")

    step = begin(row, "leave", "ostre-toten", liv)
    with also(seats):
        shown = host.get(f"{STEPS}/{step.id}").content.decode()
    assert "Østre Toten sine plasser blir ledige." in shown
    assert "Må gjøres før" in shown


def test_people_lent_by_the_kommune_and_a_shared_team_are_told_of(row, host, liv):
    newest = queries.newest(row)
    bond = (Lend(ref("gjovik").id, ref("ostre-toten").id),)
    actions.amend(row=row, terms=replace(newest.terms, lends=bond), from_day=newest.from_day, why="Felles.", by=liv)
    told = {one.what: one for one in steps_queries.consequences_of(begin(row, "leave", "ostre-toten", liv), now(), liv)}
    assert told["Folk fra kommunen med tilgang her"].count == 0
    assert "Gjøvik" in told["Felles operativt team"].happens


def test_from_a_time_to_come_the_kommune_is_in_until_then(row, host, liv):
    later = now() + timedelta(days=30)
    step = begin(row, "leave", "ostre-toten", liv, later)
    steps_ending.finish(step=step, by=liv, seen=seen(step, liv))
    assert "Østre Toten" in names(liv)
    region = liv.office.id
    here = {party.kommune for party in parties(region, later - timedelta(seconds=1))}
    gone = {party.kommune for party in parties(region, later)}
    assert here - gone == {ref("ostre-toten").id}
    assert queries.holding(row).number == 1


def test_a_step_is_begun_once_and_can_be_called_off(row, host, liv):
    step = begin(row, "leave", "ostre-toten", liv)
    with pytest.raises(Refused, match="alt begynt"):
        begin(row, "leave", "ostre-toten", liv)
    address = f"{STEPS}/{step.id}/avbryt"
    assert host.post(address, {"why": ""}).status_code == 422
    assert host.post(address, {"why": "Kommunen blir."}).status_code == 303
    with pytest.raises(Refused, match="er over"):
        steps_ending.finish(step=step, by=liv, seen=seen(step, liv))
    assert "Østre Toten" in names(liv)
    assert "Kommunen blir." in host.get(f"{STEPS}/{step.id}").content.decode()


def test_who_is_not_in_cannot_leave_and_a_time_that_is_over_is_refused(row, liv):
    with pytest.raises(Refused, match="er ikke med"):
        begin(row, "leave", "nabo", liv)
    with pytest.raises(Refused, match="passert"):
        begin(row, "leave", "ostre-toten", liv, now() - timedelta(minutes=1))
    with pytest.raises(Refused, match="mer enn ti år"):
        begin(row, "leave", "ostre-toten", liv, now() + timedelta(days=3650))


# --- the end, and another host -------------------------------------------------------------------------------------


def test_everybody_ends_it_and_a_new_one_can_be_written(row, host, liv):
    step = begin(row, "end", "", liv)
    told = steps_queries.consequences_of(step, now(), liv)
    assert all(": " in one.what and one.count for one in told)
    steps_ending.finish(step=step, by=liv, seen=seen(step, liv))
    assert names(liv) == set()
    assert parties(liv.office.id, now()) == []
    newest = queries.newest(row)
    assert newest is not None
    assert newest.terms.ends_on is not None
    another = actions.begin(terms=_first(liv), from_day=date(2025, 1, 1), why="På nytt.", by=liv)
    assert another.id != row.id
    assert "avsluttet" in host.get("/samarbeid/avtale/utgaver").content.decode()


def test_another_kommune_becomes_host_in_the_agreement_and_in_the_registry(row, host, liv):
    assert "Gjøvik" in {office.name for office in members(liv) if office.host}
    step = begin(row, "host", "ostre-toten", liv)
    assert "rollen vertskommunens administrator" in host.get(f"{STEPS}/{step.id}").content.decode()
    steps_ending.finish(step=step, by=liv, seen=seen(step, liv))
    assert [office.name for office in members(liv) if office.host] == ["Østre Toten"]
    newest = queries.newest(row)
    assert newest is not None
    assert newest.terms.host is not None
    assert newest.terms.host.name == "Østre Toten"
    assert "Gjøvik" in names(liv)
    with pytest.raises(Refused, match="vertskommune alt"):
        begin(row, "host", "ostre-toten", liv)


def test_it_is_said_before_that_the_one_who_goes_out_is_the_host(row, host, liv):
    for slug, expected in (("gjovik", ["Velg en ny vertskommune."]), ("ostre-toten", [])):
        told = steps_queries.consequences_of(begin(row, "leave", slug, liv), now(), liv)
        assert [one.first for one in told if one.what == "Vertskommune"] == expected


# --- joining -------------------------------------------------------------------------------------------------------


def answers(slug: str, agreement, said: str, *, in_registry: bool = True, notice=None, at=None) -> None:
    """The kommune's word, and its letter."""
    region = ref("gjovikregionen")
    with work(ref(slug), TEST) as by:
        if in_registry:
            word = "in" if said == "yes" else "out"
            say(agreement=agreement, region=region.id, kommune=by.office.id, word=word, at=at or now(), by=by)
        letter = AgreementAnswer(
            agreement=agreement, notice=notice, said=said, starts_at=now(), decided_by="Kommunedirektøren",
            reason="Vedtak 12/26.", at=now(),
        )  # fmt: skip
        send(letter, to=region, by=by)
    open_mail(region)


def test_a_kommune_is_in_when_both_have_said_yes_and_not_before(house):
    leaves_its_own_region("nabo")
    with as_liv() as by:
        row = begun(by)
        step = begin(row, "join", "nabo", by)
        steps_actions.send_terms(step=step, answer_by=None, message="Velkommen.", by=by)
    assert open_mail_at("nabo") >= 0
    with as_liv() as by:
        assert "Nabo" not in names(by)
        with pytest.raises(Refused, match="kommet lenger"):
            steps_actions.region_yes(step=step, by=by, seen=seen(step, by))
    answers("nabo", row.id, "yes")
    with as_liv() as by:
        assert "Nabo" not in names(by)
        steps_actions.region_yes(step=step, by=by, seen=seen(step, by))
    with as_liv() as by:
        assert "Nabo" in names(by)
        newest = queries.newest(row)
        assert newest is not None
        assert newest.terms.party(ref("nabo").id) is not None
        assert steps_queries.codes(step) == ["invited", "sent", "yes", "region_yes", "version", "told", "done"]


def test_a_kommune_that_says_yes_from_a_later_day_is_in_from_that_day(house):
    leaves_its_own_region("nabo")
    later = now() + timedelta(days=20)
    with as_liv() as by:
        row = begun(by)
        step = begin(row, "join", "nabo", by)
        steps_actions.send_terms(step=step, answer_by=None, message="", by=by)
    answers("nabo", row.id, "yes", at=later)
    with as_liv() as by:
        steps_actions.region_yes(step=step, by=by, seen=seen(step, by))
    with as_liv() as by:
        assert "Nabo" not in names(by)
        known = {moment: {party.kommune for party in parties(by.office.id, moment)} for moment in (now(), later)}
        assert known[later] - known[min(known)] == {ref("nabo").id}
        assert queries.holding(row).number == 1


def test_a_word_under_the_id_that_it_was_born_with_is_heard(house):
    with as_liv() as by:
        row = begun(by)
        assert row.id == by.office.id
        step = begin(row, "end", "", by)
        steps_ending.finish(step=step, by=by, seen=seen(step, by))
        another = actions.begin(terms=_first(by), from_day=date(2025, 1, 1), why="Ny.", by=by)
    answers("ostre-toten", row.id, "out")
    with as_liv() as by:
        assert [line.kommune for line in steps_queries.under_way(row)] == ["Østre Toten"]
        assert steps_queries.under_way(another) == []


def open_mail_at(slug: str) -> int:
    return open_mail(ref(slug))


def test_a_letter_alone_lets_nobody_in(house):
    leaves_its_own_region("nabo")
    with as_liv() as by:
        row = begun(by)
        step = begin(row, "join", "nabo", by)
        steps_actions.send_terms(step=step, answer_by=None, message="", by=by)
    answers("nabo", row.id, "yes", in_registry=False)
    with as_liv() as by:
        with pytest.raises(Refused, match="har ikke sagt ja i registeret"):
            steps_actions.region_yes(step=step, by=by, seen=seen(step, by))
        assert "Nabo" not in names(by)


def test_a_no_is_shown_with_who_and_why_and_new_terms_can_be_sent(house):
    leaves_its_own_region("nabo")
    with as_liv() as by:
        row = begun(by)
        step = begin(row, "join", "nabo", by)
        steps_actions.send_terms(step=step, answer_by=None, message="", by=by)
    answers("nabo", row.id, "no", in_registry=False)
    with as_liv() as by:
        assert StepMark.objects.get(step=step, mark="no").text == "Kommunedirektøren. Vedtak 12/26."
        steps_actions.send_terms(step=step, answer_by=None, message="På nytt.", by=by)


def test_a_kommune_that_goes_out_by_itself_is_out_at_once_and_is_seen_here(house):
    with as_liv() as by:
        row = begun(by)
    answers("ostre-toten", row.id, "out")
    with as_liv() as by:
        assert "Østre Toten" not in names(by)
        (line,) = steps_queries.under_way(row)
        assert (line.title, line.kommune) == ("En kommune går ut", "Østre Toten")
        steps_ending.finish(step=line.step, by=by, seen=seen(line.step, by))
        newest = queries.newest(row)
        assert newest is not None
        assert newest.terms.party(ref("ostre-toten").id) is None


def test_a_kommune_of_another_region_is_not_invited(row, host, liv):
    with pytest.raises(Refused, match="med i en annen region"):
        begin(row, "join", "nabo", liv)
    answer = host.post(f"{STEPS}/ny/bli-med", {"kommune": str(ref("nabo").id), "begins": "now"})
    assert answer.status_code == 422
    assert "Den må gå ut av den avtalen først." in answer.content.decode()
    with pytest.raises(Refused, match="med i denne regionen"):
        begin(row, "join", "ostre-toten", liv)


def test_an_answer_about_anothers_agreement_changes_nothing(row, liv):
    letter = AgreementAnswer(
        agreement=uuid4(), notice=None, said="out", starts_at=now(), decided_by="", reason="", at=now()
    )  # fmt: skip
    steps_actions.answered(letter, Envelope(uuid4(), ref("ostre-toten"), now()), liv)
    assert not AgreementStep.objects.exists()
    assert words_on(ref("ostre-toten").id)


def test_the_start_page_says_that_a_kommune_has_answered(row, host, liv):
    assert "venter på dere" not in host.get("/start").content.decode()
    letter = AgreementAnswer(
        agreement=row.id, notice=None, said="out", starts_at=now(), decided_by="", reason="", at=now()
    )  # fmt: skip
    steps_actions.answered(letter, Envelope(uuid4(), ref("ostre-toten"), now()), liv)
    page = host.get("/start").content.decode()
    assert "Samarbeidsavtalen venter på dere" in page
    assert "Østre Toten</a>: Kommunen har sagt at den går ut." in page
    steps_actions.cancel(step=AgreementStep.objects.get(), why="Avtalt", by=liv)
    assert "venter på dere" not in host.get("/start").content.decode()


def test_every_way_of_this_room_counts_and_says_what_happens(row, liv):
    for kind in ("join", "leave", "end", "host"):
        asked = Asked(liv, kind, kommune("ostre-toten"), now())
        for tell in (consequences_own.letters, consequences_own.calls, consequences_own.phone, consequences_own.lent):
            assert all(one.happens.endswith(".") for one in tell(asked))
    with pytest.raises(ValueError, match="opptatt"):
        consequences.register(10, consequences_own.money)


def test_there_is_time_to_read_what_happens(row, host, liv, monkeypatch):
    step = begin(row, "leave", "ostre-toten", liv)
    opened = seen(step, liv)
    later = now() + timedelta(minutes=20)
    monkeypatch.setattr(steps_parts, "now", lambda: later)
    steps_ending.finish(step=step, by=liv, seen=opened)
    assert "done" in steps_queries.codes(step)
