"""The case: who is on it, what is written, the registration form."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from shared.codes.forms import CURRENT, form
from tenants.cases import actions, answers, queries
from tenants.cases.access import case_for
from tenants.cases.models import Case, CaseMember, Note
from tenants.cases.states import MOVES, STATES, WrongMove, check_move
from tenants.triage.access import steps_for
from tests.cast import as_person, seen_as
from tests.tenants import way
from tests.tenants.keys import forget_keys, unwraps
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.clock import OSLO
from varde.identity.models import RoleGrant, User
from varde.privacy.models import FrozenRow
from varde.refusal import Refused


def seen_by(name: str) -> set[Case]:
    with seen_as(name):
        return set(Case.objects.all())


@pytest.mark.parametrize("now", dict(STATES))
@pytest.mark.parametrize("to", dict(STATES))
def test_a_case_moves_by_the_table(now, to):
    if to in MOVES[now]:
        check_move(now, to)
    else:
        with pytest.raises(WrongMove, match="kan ikke gå fra"):
            check_move(now, to)


def test_who_opens_and_who_owns_the_step_are_on_the_case(gjovik):
    case = way.case("kari", owner="tom")
    assert [row.user.name for row in queries.members(case)] == ["Kari Koordinator", "Tom Teammedlem"]
    assert case.counted_from == case.concern.received_at.astimezone(OSLO).date()


def test_a_member_who_is_no_coordinator_opens_a_case_with_a_step_for_somebody_else(gjovik):
    """Whoever opens it is put on it first, whatever the ids: five times, because ids are random."""
    for _ in range(5):
        case = way.case("tom", owner="kari")
        assert {row.user.name for row in queries.members(case)} == {"Kari Koordinator", "Tom Teammedlem"}


def test_tom_sees_the_cases_he_is_on_and_kari_all(gjovik):
    hidden, shared = way.case(), way.case(owner="tom")
    assert seen_by("kari") == {hidden, shared}
    assert seen_by("tom") == {shared}
    assert not seen_by("arne")


def test_the_purposes_that_count_see_all_and_others_nothing(gjovik):
    way.case()
    seen = {}
    for purpose in ("returns", "import", "reminders", "intake", "post", "receipt"):
        with presented(Reader.for_purpose(purpose, gjovik)):
            seen[purpose] = Case.objects.count()
    assert seen == {"returns": 1, "import": 0, "reminders": 1, "intake": 0, "post": 0, "receipt": 0}


def test_the_getter_is_the_guard_and_leaves_a_row(gjovik):
    case = way.case()
    assert case_for(as_person("kari"), case.id) == case
    assert way.logged("cases.case", "view", case.id)
    with pytest.raises(Http404), seen_as("tom") as tom:
        case_for(tom, case.id)
    assert way.logged("cases.case", "denied", case.id)


def test_kari_puts_tom_on_and_takes_him_off(gjovik):
    case, tom = way.case(), way.person("tom")
    actions.add_member(case=case, user=tom, by=as_person("kari"))
    actions.add_member(case=case, user=tom, by=as_person("kari"))
    assert CaseMember.objects.filter(case=case, user=tom).count() == 1
    actions.remove_member(case=case, user=tom, by=as_person("kari"))
    assert not CaseMember.objects.filter(case=case, user=tom).exists()


def test_tom_cannot_choose_members(gjovik):
    case = way.case(owner="tom")
    with pytest.raises(PermissionDenied):
        actions.add_member(case=case, user=way.person("arne"), by=as_person("tom"))


@pytest.mark.parametrize("who", ["administrator", "left"])
def test_only_somebody_active_in_the_team_is_put_on(gjovik, who):
    user = way.person("arne") if who == "administrator" else way.person("tom")
    User.objects.filter(name="Tom Teammedlem").update(is_active=False)
    with pytest.raises(Refused, match="aktiv i teamet"):
        actions.add_member(case=way.case(), user=user, by=as_person("kari"))


def test_nobody_leaves_a_case_with_something_to_do_in_it(gjovik):
    stepping, measuring = way.case(owner="tom"), way.case()
    actions.add_member(case=measuring, user=way.person("tom"), by=as_person("kari"))
    way.measure(measuring, owner="tom")
    for case, reason in ((stepping, "eier neste steg"), (measuring, "eier et tiltak")):
        with pytest.raises(Refused, match=reason):
            actions.remove_member(case=case, user=way.person("tom"), by=as_person("kari"))


def test_a_note_is_never_edited(gjovik):
    note = actions.write_note(case=way.case(), text="Snakket med henne", by=as_person("kari"))
    note.text = "Noe annet"
    with pytest.raises(FrozenRow):
        note.save()


def test_a_closed_case_takes_no_notes_but_answers(gjovik):
    case = way.case()
    actions.close_case(case=case, by=as_person("kari"))
    with pytest.raises(Refused, match="lukket"):
        actions.write_note(case=case, text="For sent", by=as_person("kari"))
    actions.answer(case=case, form=CURRENT, answers={"alder": ["over_67"]}, by=as_person("kari"))
    assert not Note.objects.exists()


def test_answers_replace_only_the_questions_named(gjovik):
    case, kari = way.case(), as_person("kari")
    actions.answer(case=case, form=CURRENT, answers={"overgrep": ["physical", "economic"]}, by=kari)
    actions.answer(case=case, form=CURRENT, answers={"overgrep": ["online"], "alder": []}, by=kari)
    assert queries.answers(case) == {"kategori": ("ma",), "overgrep": ("online",)}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"hårfarge": ["rød"]}, "Skjemaet har ikke spørsmålet «hårfarge»."),
        ({"alder": ["ung"]}, "har ikke svaret «ung»"),
        ({"fritekst": ["hei"]}, "ingen svar å krysse av"),
    ],
)
def test_unknown_questions_and_codes_are_refused_with_a_sentence(gjovik, given, sentence):
    case = way.case()
    with pytest.raises(ValueError, match=sentence), transaction.atomic():
        actions.answer(case=case, form=CURRENT, answers={"kjonn": ["woman"], **given}, by=as_person("kari"))
    assert "kjonn" not in queries.answers(case)


def test_gaps_and_too_many_ticks_are_told():
    given = {"overgrep": ["physical", "economic", "sexual"], "kategori": ["ma"]}
    assert len(answers.gaps(form(CURRENT), given)) == 11
    assert answers.warnings(form(CURRENT), given) == [
        "«Hva slags overgrep»: skjemaet ber om høyst 2 kryss, her er 3."
    ]  # fmt: skip


def test_registered_gives_every_case_with_its_answers(gjovik, django_assert_num_queries):
    cases = {way.case().id for _ in range(3)}
    forget_keys()
    with django_assert_num_queries(5), unwraps() as calls:
        found = list(queries.registered())
    assert {row.case_id for row in found} == cases
    assert {row.answers["kategori"] for row in found} == {("ma",)}
    assert len(calls) == 1


def test_a_person_without_a_team_role_sees_no_case(gjovik):
    case = way.case(owner="tom")
    assert seen_by("tom") == {case}
    RoleGrant.objects.update(role=Role.LEADER)
    with presented(as_person("tom")):
        assert not Case.objects.exists()


def test_a_new_decision_gives_no_step_to_somebody_who_does_not_see_the_case(gjovik):
    case = way.case()
    with pytest.raises(Refused, match="Tom Teammedlem er ikke på saken"):
        way.decided("case", owner="tom", concern=case.concern)


def test_a_step_in_a_case_hidden_from_its_owner_does_not_show_among_what_is_due(gjovik):
    case = way.case(owner="tom")
    with seen_as("tom") as tom:
        assert steps_for(tom, everybody=False).count() == 1
    CaseMember.objects.filter(case=case, user=way.person("tom")).delete()
    with seen_as("tom") as tom:
        assert steps_for(tom, everybody=False).count() == 0


def test_an_action_guards_itself(gjovik):
    case = way.case()
    for name in ("arne", "tom"):
        with pytest.raises(PermissionDenied), seen_as(name) as by:
            actions.write_note(case=case, text="x", by=by)
