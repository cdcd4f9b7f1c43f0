"""Lines and set-ups as they are changed: numbers, words, switches in the middle of calls, and what the pages show."""

from datetime import time, timedelta

import pytest

from regional.hotline import actions as calls
from regional.hotline import figures, figures_queries
from regional.hotline.line import rings_now
from regional.hotline.models import Call, CallBack
from regional.lines import actions, queries
from regional.lines.board import board
from regional.lines.forms import TEMPLATES
from regional.lines.models import Pointing, SetupVersion
from regional.lines.setup import Rule, Setup
from regional.phone import queries as phone
from regional.phone.plan import PLAN
from regional.phone.rota_models import WeeklyShift
from shared.registry.queries import facts
from tests.cast import as_person, ref
from tests.client import client_for
from tests.regional.declared import declare
from tests.regional.phone_lines import ALWAYS, CRISIS, NEW, OWN, SHARED, line, switch
from tests.regional.phone_lines import _nothing_kept as _nothing_kept
from tests.regional.phone_lines import host as host
from tests.regional.phone_lines import lines as lines
from varde.access import Reader, Role
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.rotas.actions import set_hours
from varde.ui.dates import day_of
from varde.worktime import moment

TOLD = {"reporter_kind": "privat", "what": "Hun får ikke lov til å gå ut."}


# --- numbers ---------------------------------------------------------------------------------------------------------
def test_a_number_is_re_pointed_in_one_place_at_once_or_later_and_what_was_stays(host, lines):
    later = now() + timedelta(days=1)
    actions.point(number=SHARED, line=lines["crisis"], since=later, by=host)
    assert queries.line_for("61 00 00 01") == lines["shared"]
    assert queries.line_for(SHARED, later) == lines["crisis"]
    actions.point(number=SHARED, line=None, since=None, by=host)
    assert queries.line_for(SHARED) is None
    assert queries.line_for(SHARED, later) == lines["crisis"]
    assert Pointing.objects.filter(number=SHARED).count() == 3


def test_a_number_that_leads_nowhere_is_nobodys(host, lines):
    assert queries.line_for("61 99 99 99") is None
    assert queries.line_for("ikke et nummer") is None


def test_a_line_that_a_number_leads_to_is_not_closed(host, lines):
    with pytest.raises(Refused, match="Pek nummeret et annet sted"):
        actions.close_line(line=lines["own"], by=host)
    actions.point(number=OWN, line=lines["shared"], since=None, by=host)
    actions.close_line(line=lines["own"], by=host)
    assert lines["own"] not in queries.open_lines()
    with pytest.raises(Refused, match="ikke i bruk lenger"):
        actions.point(number=OWN, line=lines["own"], since=None, by=host)


def test_what_is_over_is_no_time_to_begin(host, lines):
    with pytest.raises(Refused, match="passert"):
        actions.point(number=SHARED, line=None, since=now() - timedelta(minutes=1), by=host)
    with pytest.raises(Refused, match="to år fram"):
        switch(host, ALWAYS, now() + timedelta(days=800))


def test_a_call_never_goes_round_in_a_ring(host, lines):
    with pytest.raises(Refused, match="gått i ring"):
        actions.ring(line=lines["shared"], apparatus=["+4761000009", OWN], since=None, by=host)
    actions.ring(line=lines["shared"], apparatus=[NEW], since=None, by=host)
    with pytest.raises(Refused, match="gått i ring"):
        actions.point(number=NEW, line=lines["own"], since=None, by=host)
    actions.ring(line=lines["shared"], apparatus=["+4761000008"], since=None, by=host)
    actions.point(number=NEW, line=lines["own"], since=None, by=host)


# --- words -----------------------------------------------------------------------------------------------------------
def test_words_are_the_lines_own_then_the_services_then_ours(host, lines):
    shared = line(host, "Legevakt", "hotline", NEW, shared="Legevakten")
    assert "TryggEst vakttelefon" in str(queries.greeting(lines["shared"]))
    assert "Gjelder det TryggEst?" in str(queries.greeting(shared))
    actions.write_words(line=None, service="hotline", language="nb", text="Hei fra {navn}", by=host)
    assert str(queries.greeting(lines["shared"])) == str(queries.greeting(None)) == "Hei fra {navn}"
    assert "Gjelder det TryggEst?" in str(queries.greeting(shared))
    actions.write_words(line=shared, service="hotline", language="nb", text="Vår egen", by=host)
    assert str(queries.greeting(shared)) == "Vår egen"
    actions.write_words(line=shared, service="hotline", language="nb", text="", by=host)
    assert "Gjelder det TryggEst?" in str(queries.greeting(shared))
    assert len(queries.words_history(shared, "hotline")) == 2


def test_in_sami_it_is_plain_that_nobody_has_written_it(host, lines):
    said = queries.greeting(lines["shared"], "se")
    assert (said.written, said.language) == (False, "nb")
    actions.write_words(line=None, service="hotline", language="se", text="Bures", by=host)
    assert (str(queries.greeting(lines["shared"], "se")), queries.greeting(None, "se").written) == ("Bures", True)


# --- who answers -----------------------------------------------------------------------------------------------------
def test_all_three_ways_answer_on_their_own_number(host, lines):
    found = {}
    for name, setup in {
        "felles": Setup((Rule("hotline"),)),
        "egen": Setup((Rule("own"),)),
        "krisesenter": ALWAYS,
        "skjema": Setup((Rule("own", "hours", ((now().weekday() + 3) % 7,)),)),
        "legevakt": Setup((Rule("own", "hours", ((now().weekday() + 3) % 7,)),), "legevakt"),
    }.items():
        switch(host, setup)
        answer = queries.answers(ref("gjovik").id, now())
        found[name] = (answer.kind, answer.phone)
    assert found == {
        "felles": ("hotline", SHARED), "egen": ("own", OWN), "krisesenter": ("krisesenter", CRISIS),
        "skjema": ("form", ""), "legevakt": ("legevakt", "116117"),
    }  # fmt: skip


def test_switching_back_and_forth_in_the_middle_of_calls_loses_nothing(host, lines):
    declare("olga")
    olga = as_person("olga")
    written, sent = calls.start_call(by=olga), calls.start_call(by=olga)
    calls.save_draft(call_id=written.id, told=TOLD, by=olga)
    calls.forward(call_id=sent.id, told=TOLD, to=ref("gjovik").id, by=olga)
    at = now()
    Call(
        reference="V-RING-01",
        state="ringing",
        started_at=at,
        announced_at=at,
        external_id="1.1",
        line=lines["shared"].id,
    ).save()

    def everything() -> tuple[object, ...]:
        rows = list(Call.objects.order_by("id").values_list("id", "state", "kommune", "letter_id", "line", "operator"))
        pointed = {number: row.line_id for number, row in board(now()).pointed(now()).items()}
        period = figures.periods(day_of(now()), None)[0]
        return (
            rows,
            CallBack.objects.count(),
            pointed,
            figures.figures(figures_queries.facts(at - timedelta(days=2)), period),
        )

    before = everything()
    for name in ("krisesenter", "egen", "blandet", "felles", "krisesenter", "felles"):
        switch(host, TEMPLATES[name][1])
        assert everything() == before
    assert SetupVersion.objects.filter(kommune=ref("gjovik").id).count() == 6
    assert calls.save_draft(call_id=written.id, told=TOLD | {"who": "Berit"}, by=olga).told["who"] == "Berit"
    calls.end(call_id=written.id, kind="advice", by=olga)


def test_a_switch_to_come_is_shown_and_can_be_called_off(host, lines):
    switch(host, Setup((Rule("own"),)))
    then = now() + timedelta(days=3)
    switch(host, ALWAYS, then)
    assert queries.answers(ref("gjovik").id, then).kind == "krisesenter"
    assert queries.answers(ref("gjovik").id, now()).until == then
    actions.cancel_switch(kommune=ref("gjovik").id, by=host)
    assert queries.answers(ref("gjovik").id, then).kind == "own"
    with pytest.raises(Refused, match="ikke noe bytte"):
        actions.cancel_switch(kommune=ref("gjovik").id, by=host)


def test_a_service_without_a_number_is_a_hole_seven_days_ahead(host, lines):
    switch(host, Setup((Rule("own"),)), kommune="ostre-toten")
    ((_, starts, ends, why),) = [
        each for each in queries.silent_ahead(now(), host.office.id) if each[0] == "Østre Toten"
    ]
    assert (why, (ends - starts).days) == ("Kommunens egen telefon har ikke noe nummer", 7)
    assert queries.answers(ref("ostre-toten").id, now()).silent


def test_a_number_taken_away_next_week_is_seen_now(host, lines):
    switch(host, ALWAYS)
    then = now() + timedelta(days=2)
    actions.point(number=CRISIS, line=None, since=then, by=host)
    holes = board(now()).silent(ref("gjovik").id, now())
    assert [(starts, why) for starts, _, why in holes] == [(then, "Krisesenteret har ikke noe nummer")]


def test_nobody_on_shift_is_a_hole_where_the_shared_phone_should_answer(host, lines, monkeypatch):
    switch(host, Setup((Rule("hotline"),)))
    monkeypatch.setattr(phone, "in_use", lambda: True)
    answer = queries.answers(ref("gjovik").id, now())
    silent = queries.silent_ahead(now(), host.office.id)
    assert answer.silent is any(starts <= now() < ends for _, starts, ends, _ in silent)
    assert {why for *_, why in silent} == {"Ingen har vakt på vakttelefonen"}


def test_a_line_of_ours_without_a_telephone_that_rings_is_a_hole_from_when_there_is_none(host, lines):
    switch(host, Setup((Rule("hotline"),)))
    assert queries.silent_ahead(now(), host.office.id) == []
    then = (now() + timedelta(days=2)).replace(microsecond=0)
    actions.ring(line=lines["shared"], apparatus=[], since=then, by=host)
    (hole,) = board(now()).silent(ref("gjovik").id, now())
    assert (hole[0], hole[2]) == (then, "Vakttelefonen har ingen telefoner som ringer")


def test_what_is_said_to_ring_is_the_same_by_either_question(host, lines):
    """The telephone system may ask who answers, or be told when it says that it rings."""
    for setup in (Setup((Rule("hotline"),)), ALWAYS):
        switch(host, setup)
        for each in lines.values():
            assert rings_now(each.id, now()) == board(now()).routed(each, now()).apparatus
    assert rings_now(lines["own"].id, now()) == ["+4761000009"]


def _manned_in_office_hours(host: Reader) -> None:
    """Olga has the phone from eight to four every day, and it is open then and not later."""
    week: dict[int, tuple[time | None, time | None]] = {day: (time(8), time(16)) for day in range(7)}
    set_hours(PLAN, valid_from=day_of(now()), week=week, on_holidays=True, by=host)
    olga = client_for("olga").person
    declare("olga")
    for weekday in range(7):
        WeeklyShift(
            user=olga, place=1, weekday=weekday, starts=time(8), ends=time(16),
            valid_from=day_of(now()) - timedelta(days=9),
        ).save()  # fmt: skip


@pytest.mark.parametrize(
    "setup",
    [
        Setup((Rule("hotline"),)),
        Setup((Rule("own", "hours", (0, 1, 2, 3, 4, 5, 6), time(8), time(16)),), "hotline"),
        Setup((Rule("hotline", "hours", (0, 1, 2, 3, 4, 5, 6), time(8), time(23, 30), on_holidays=True),)),
    ],
)
def test_nobody_on_shift_is_a_hole_also_when_the_shared_phone_is_closed(host, lines, setup):
    _manned_in_office_hours(host)
    switch(host, setup)
    night = moment(day_of(now()) + timedelta(days=1), time(23))
    answer = queries.answers(ref("gjovik").id, night)
    assert (answer.kind, answer.silent, phone.answering(night)) == ("hotline", True, [])
    holes = [each for each in queries.silent_ahead(now(), host.office.id) if each[1] <= night < each[2]]
    assert [(who, why) for who, *_, why in holes] == [("Gjøvik", "Ingen har vakt på vakttelefonen")]


def test_where_the_form_takes_over_at_night_nobody_is_missed(host, lines):
    _manned_in_office_hours(host)
    switch(host, Setup((Rule("hotline", "open"),)))
    assert board(now()).silent(ref("gjovik").id, now()) == []


def test_kommuner_of_another_region_are_not_switched(host):
    with pytest.raises(Refused, match="regionens kommuner"):
        switch(host, ALWAYS, kommune="nabo")


def test_who_answers_is_settled_and_the_number_laid_out_before_a_kommune_opens(host, lines):
    slug, client = "vestre-toten", client_for("liv", Role.HOST_ADMINISTRATOR)
    assert not facts(ref(slug)).has_team
    assert "Vestre Toten (ikke åpnet ennå)" in client.get("/vakttelefon/drift/oppsett").content.decode()
    switch(host, Setup((Rule("hotline"),)), kommune=slug)
    assert facts(ref(slug)).phone == "61 00 00 01"
    page = client.get("/vakttelefon/drift/oppsett", {"kommune": str(ref(slug).id)}).content.decode()
    assert "Vestre Toten har ikke åpnet ennå." in page
    # Nobody rings in vain where nobody can ring yet.
    assert "Vestre Toten" not in str(queries.silent_ahead(now(), host.office.id))
    assert slug not in {office.slug for office in queries.members(host.office.id)}


def test_the_second_of_two_is_told(host, lines):
    seen = queries.setup_seen()
    switch(host, ALWAYS)
    with pytest.raises(Overtaken):
        actions.set_setup(kommuner=[ref("gjovik").id], since=None, setup=ALWAYS, by=host, seen=seen)


# --- the agreement ---------------------------------------------------------------------------------------------------
def test_operators_act_themselves_only_in_the_days_of_an_agreement(host):
    olga, today = as_person("olga"), day_of(now())
    assert not queries.acute_allowed(olga, now())
    actions.set_agreement(
        allowed=True, from_day=today, until_day=today + timedelta(days=9), agreement="Avtale 2026", by=host
    )
    assert queries.acute_allowed(olga, now())
    assert not queries.acute_allowed(olga, now() + timedelta(days=11))
    assert not queries.acute_allowed(olga, now() - timedelta(days=2))
    actions.set_agreement(allowed=False, from_day=today, until_day=None, agreement="", by=host)
    assert not queries.acute_allowed(olga, now())
    with pytest.raises(Refused, match="hvilken avtale"):
        actions.set_agreement(allowed=True, from_day=today, until_day=None, agreement=" ", by=host)


def test_a_no_for_some_days_is_over_when_they_are_and_a_yes_replaces_the_one_before(host):
    olga, today = as_person("olga"), day_of(now())

    def says(allowed: bool, first: int, last: int | None) -> list[bool]:
        until = None if last is None else today + timedelta(days=last)
        actions.set_agreement(
            allowed=allowed, from_day=today + timedelta(days=first), until_day=until, agreement="Avtale 2026", by=host
        )
        return [queries.acute_allowed(olga, now() + timedelta(days=day)) for day in (0, 2, 5, 9)]

    assert says(True, 0, None) == [True, True, True, True]
    assert says(False, 1, 3) == [True, False, True, True]
    assert says(True, 4, 6) == [True, False, True, False]
    assert says(False, 5, None) == [True, False, False, False]
