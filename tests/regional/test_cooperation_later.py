"""What is decided for later stands when today is changed, until it is taken back; and lends that follow the text."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional.cooperation import agreement_actions as actions
from regional.cooperation import agreement_queries as queries
from regional.cooperation import steps_actions, steps_ending, tasks
from regional.cooperation.terms import LEADERS, Lend, Party, check, without_party
from regional.cooperation.terms_change import carried, with_back
from regional.cooperation.terms_merged import merged
from shared.post.actions import open_mail
from shared.registry.standing_queries import parties
from tenants.starting import agreement_actions, agreement_queries, lends_actions, lends_queries
from tests.cast import ref
from tests.client import log_in
from tests.regional.agreement_steps import as_liv, begin, begun, seen
from tests.regional.agreement_steps import host as host
from tests.regional.agreement_steps import liv as liv
from tests.regional.agreement_steps import row as row
from tests.regional.test_cooperation_pure import terms
from tests.regional.test_cooperation_words import DAY, DECIDED, answered, at_kommune, carried_out, in_force, invited
from tests.standing import REGION, become
from varde.access import Role
from varde.clock import now
from varde.identity.actions import set_lender
from varde.refusal import Refused
from varde.ui.dates import day_of

HERE = "/samarbeid/avtale"
TOTEN = "ostre-toten"


def leaves_later(row, by, days: int = 40):
    step = begin(row, "leave", TOTEN, by, now() + days * DAY)
    carried_out(step, by)
    return step


# --- changing what holds today --------------------------------------------------------------------------------------
def test_a_change_of_today_leaves_what_is_decided_for_later(row, host, liv):
    step = leaves_later(row, liv)
    form = host.get(f"{HERE}/endre/grunnlag").context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"title": "Nytt navn", "why": "Navn."}
    assert host.post(f"{HERE}/endre/grunnlag", sent).status_code == 303
    today, then = queries.holding(row), queries.holding(row, day_of(step.starts_at))
    assert today.terms.title == then.terms.title == "Nytt navn"
    assert today.terms.party(ref(TOTEN).id) is not None
    assert then.terms.party(ref(TOTEN).id) is None
    assert "gjelder nå" in host.get(f"{HERE}/endre/grunnlag").content.decode()


def test_what_is_to_hold_later_is_changed_from_its_own_day(row, host, liv):
    step = leaves_later(row, liv)
    later = queries.newest(row)
    page = host.get(f"{HERE}/endre/grunnlag?utgave={later.number}")
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"title": "Senere navn", "why": "Navn."}
    assert host.post(f"{HERE}/endre/grunnlag?utgave={later.number}", sent).status_code == 303
    assert queries.holding(row).terms.title != "Senere navn"
    assert queries.holding(row, day_of(step.starts_at)).terms.title == "Senere navn"


@given(st.lists(st.sampled_from(["title", "text", "share", "leave", "task", "lend"]), max_size=4), st.booleans())
def test_a_change_is_carried_and_nothing_else(made, theirs):
    def changed(value, what, mark):
        first = value.parties[0]
        if what == "leave" and len(value.parties) > 2:
            return without_party(value, value.parties[-1].id)
        if what == "share":
            rest = (replace(one, weight=one.weight + 1) for one in value.parties[1:])
            return replace(value, sharing="weights", parties=(first, *rest))
        if what == "task":
            return replace(value, tasks=value.tasks[1:])
        if what == "lend":
            return replace(value, lends=(Lend(first.id, None, LEADERS),))
        return replace(value, **{what: mark}) if what in ("title", "text") else value

    before = terms()
    after = before
    for what in made:
        after = changed(after, what, "vår")
    onto = replace(before, title="deres") if theirs else before
    assert carried(before, before, onto) == onto
    assert carried(before, after, before) == after
    found = carried(before, after, onto)
    assert found.title == ("vår" if "title" in made else onto.title)
    assert (found.text, {one.id for one in found.parties}) == (after.text, {one.id for one in after.parties})
    assert set(found.lends) == set(after.lends)


# --- taking back what was to end ------------------------------------------------------------------------------------
@pytest.mark.parametrize(("kind", "slug"), [("leave", TOTEN), ("end", "")])
def test_what_was_to_end_is_taken_back_before_it_happens(row, host, liv, kind, slug):
    before, at = queries.holding(row), now() + 3 * 365 * DAY  # further than two years
    step = begin(row, kind, slug, liv, at)
    carried_out(step, liv)
    assert ref(TOTEN).id not in in_force(liv, at)
    assert "Trekk det tilbake" in host.get(f"/samarbeid/steg/{step.id}").content.decode()
    assert host.post(f"/samarbeid/steg/{step.id}/trekk", {"why": "Enige likevel."}).status_code == 303
    assert in_force(liv, at + DAY) == in_force(liv, now())
    assert queries.holding(row, day_of(at) + DAY).terms == before.terms
    with pytest.raises(Refused, match="er over"):
        steps_ending.take_back(step=step, why="x", by=liv)


def test_an_end_that_has_happened_is_not_taken_back(row, liv):
    step = begin(row, "leave", TOTEN, liv)
    carried_out(step, liv)
    with pytest.raises(Refused, match="er over"):
        steps_ending.take_back(step=step, why="x", by=liv)


def test_who_has_said_itself_that_it_goes_out_takes_it_back_first(house):
    with as_liv() as by:
        row = begun(by)
    with at_kommune(TOTEN) as by:
        agreement_actions.leave(day=day_of(now()) + 30 * DAY, decision=DECIDED, by=by)
        assert agreement_queries.holds(by).may_stay
    open_mail(ref(REGION))
    with as_liv() as by:
        step = row.steps.get()
        carried_out(step, by)
        with pytest.raises(Refused, match="trekke det hos seg først"):
            steps_ending.take_back(step=step, why="Enige.", by=by)
    with at_kommune(TOTEN) as by:
        agreement_actions.stay(decision=DECIDED, by=by)
    open_mail(ref(REGION))
    with as_liv() as by:
        assert ref(TOTEN).id not in in_force(by, step.starts_at)  # the region's own no still stands
        steps_ending.take_back(step=step, why="Enige.", by=by)
        assert ref(TOTEN).id in in_force(by, step.starts_at)
        assert queries.holding(row, day_of(step.starts_at)).terms.party(ref(TOTEN).id) is not None


# --- lends follow the text ------------------------------------------------------------------------------------------
def _lent(at) -> set:
    with at_kommune(TOTEN) as by:
        return {(each.lender, each.role) for each in lends_queries.about(by.office.id).in_force(at)}


def test_a_lend_in_the_text_waits_for_the_kommune_and_ends_with_its_day(house):
    leif = log_in(REGION, "leif@lent.example", "Leif Lånt", Role.LEADER_TEAM)
    with as_liv() as by:
        row = begun(by)
        last = day_of(now()) + 10 * DAY
        text = replace(queries.newest(row).terms, lends=(Lend(ref(TOTEN).id, None, LEADERS, ends_on=last),))
        version = actions.amend(row=row, terms=text, from_day=day_of(now()), why="Utlån.", by=by)
        actions.send_version(version=queries.Version(version, text), by=by)
        with pytest.raises(Refused, match="låner ikke ut folk hit"):
            set_lender(user=leif.person, lender=ref(TOTEN).id, by=by)
    open_mail(ref(TOTEN))
    administrator = log_in(TOTEN, "ada@toten.example", "Ada Administrator", Role.ADMINISTRATOR)
    page = administrator.get("/samarbeidsavtale/utlan")
    (waits,) = page.context["rows"]
    assert waits.asked
    assert "1 utlån" in administrator.get("/samarbeidsavtale").content.decode()
    assert administrator.post("/samarbeidsavtale/utlan", {"lend": waits.key, "word": "in"}).status_code == 303
    assert _lent(now()) == {(ref(TOTEN).id, "lederteam")}
    assert _lent(now() + 12 * DAY) == set()
    with as_liv() as by:
        set_lender(user=leif.person, lender=ref(TOTEN).id, by=by)
    assert leif.get("/lederteam").status_code == 200
    with as_liv() as by:
        gone = replace(queries.newest(row).terms, lends=())
        actions.amend(row=row, terms=gone, from_day=day_of(now()), why="Ikke utlån.", by=by)
    assert leif.get("/lederteam").status_code == 403


def test_the_page_says_what_people_of_a_kommune_are_here_and_for_how_long(row, host):
    form = host.get(f"{HERE}/endre/utlan").context["form"]
    toten, last = ref(TOTEN).id, day_of(now()) + 90 * DAY
    sent = {name: value for name in form.fields if (value := form[name].value())} | {
        f"what_{toten}": ["lederteam", "operator"], f"until_{toten}": last.isoformat(), "why": "Operatører.",
    }  # fmt: skip
    assert host.post(f"{HERE}/endre/utlan", sent).status_code == 303
    lend = next(one for one in queries.newest(row).terms.lends if one.lender == toten)
    assert (set(lend.roles), lend.ends_on) == ({"lederteam", "operator"}, last)
    assert "låner ut folk til regionens kontor til og med" in host.get(HERE).content.decode()
    wrong = sent | {f"from_{toten}": (last + DAY).isoformat(), "seen": "2"}
    answer = host.post(f"{HERE}/endre/utlan", wrong)
    assert (answer.status_code, "slutte før det begynner" in answer.content.decode()) == (422, True)


def test_a_yes_to_the_terms_is_a_yes_to_the_lends_in_them(house):
    _, step = invited()
    answered("yes")
    with as_liv() as by:
        assert not lends_queries.about(by.office.id).in_force(now())
        steps_actions.region_yes(step=step, by=by, seen=seen(step, by))
        lent = lends_queries.about(by.office.id).in_force(now())
        assert {each.lender for each in lent} == {ref("nabo").id}
        assert {party.kommune for party in parties(by.office.id, now())} >= {ref("nabo").id}


def test_the_kommune_ends_a_lend_by_itself_the_same_second(house):
    with as_liv() as by:
        row = begun(by)
        actions.send_version(version=queries.newest(row), by=by)
    open_mail(ref(TOTEN))
    with at_kommune(TOTEN) as by:
        (waits,) = lends_queries.rows(by)
        lends_actions.say_yes(key=waits.key, by=by)
        assert _lent(now())
    with at_kommune(TOTEN) as by:
        lends_actions.say_no(key=waits.key, by=by)
        assert not _lent(now())
        with pytest.raises(Refused, match="står ikke i avtalen lenger"):
            lends_actions.say_no(key=waits.key, by=by)


def test_a_party_that_stays_is_as_it_was():
    before = terms(lends=(Lend(terms().parties[1].id, None, LEADERS),))
    for party in before.parties:
        back = with_back(without_party(before, party.id), before, party.id)
        assert {one.id: one.weight for one in back.parties} == {one.id: one.weight for one in before.parties}
        assert [task.who for task in back.tasks] == [dict(task.who) for task in before.tasks]
        assert back.lends == before.lends


# --- who is told ----------------------------------------------------------------------------------------------------
def test_who_is_in_gets_the_agreement_without_anybody_pressing_and_sees_what_it_agrees_to(house):
    with as_liv() as by:
        row = begun(by)
        stands = queries.newest(row)
        first = stands.terms.parties[0]
        named = replace(first, organisation="310000027")
        text = replace(stands.terms, parties=(named, *stands.terms.parties[1:]))
        actions.amend(row=row, terms=text, from_day=day_of(now()), why="Nummer.", by=by)
    assert "Østre Toten" in tasks.tell(ref(REGION))
    assert tasks.tell(ref(REGION)) == []
    open_mail(ref(TOTEN))
    with at_kommune(TOTEN) as by:
        (came,) = agreement_queries.notices()
        assert f"{first.name} (org.nr. 310000027)" in came.parties
        assert agreement_queries.text_of([came], agreement_queries.holds(by)) == came


# --- two that become one --------------------------------------------------------------------------------------------
def test_the_agreement_names_the_new_kommune_from_the_day_and_the_past_is_as_it_was(house):
    with as_liv() as by:
        row = begun(by)
        before = queries.newest(row).terms
    with become(TOTEN, "nabo"), as_liv() as by:
        held, yesterday = queries.holding(row), queries.holding(row, day_of(now()) - DAY)
        assert yesterday.terms == before
        assert queries.versions(row)[0].terms == before
        assert held.terms.party(ref(TOTEN).id) is None
        new = held.terms.party(ref("nabo").id)
        assert (new.name, new.weight) == ("Nabo", before.party(ref(TOTEN).id).weight)
        assert {each.lender for each in held.terms.lends} == {
            ref("nabo").id if each.lender == ref(TOTEN).id else each.lender for each in before.lends
        }
        actions.amend(row=row, terms=replace(held.terms, text="Ny."), from_day=day_of(now()), why="Ny.", by=by)
        assert queries.versions(row)[0].terms.party(ref("nabo").id) == new


@given(st.sets(st.sampled_from([party.id for party in terms().parties]), min_size=1))
def test_who_becomes_one_has_all_that_they_had(old):
    before, heir = terms(), Party(UUID(int=77), "Ny", "", "9999")
    found = merged(before, dict.fromkeys(old, heir))
    assert sum(party.weight for party in found.parties) == sum(party.weight for party in before.parties)
    assert {party.id for party in found.parties} == {party.id for party in before.parties} - old | {heir.id}
    assert sum(party.host for party in found.parties) == sum(party.host for party in before.parties)
    for was, task in zip(before.tasks, found.tasks, strict=True):
        strongest = min((was.who[key] for key in old if key in was.who), key="RCI".index, default=None)
        assert task.who.get(heir.id) == strongest
    check(found)
