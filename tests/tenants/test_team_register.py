"""The team's register: training with an end, modules, hours, mandate, routines, and a coordinator who leaves."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from hypothesis import given
from hypothesis import strategies as st

from shared.codes import elearning
from tenants.team import register, register_actions, register_queries
from tenants.team.models import TeamMember
from tenants.team.register import CHECKLIST, months_later, standing
from tenants.team.register_models import HandOver, Mandate, RoleHours, Routine, Training
from tests.cast import PEOPLE, as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from varde.access import Role
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Refused
from varde.ui.dates import day_of, short_date

TODAY = day_of(now())


@pytest.fixture
def arne(gjovik):
    """Arne at the keyboard; Kari and Tom are in the team."""
    for name in ("kari", "tom"):
        user = way.person(name)
        TeamMember(user=user, service="Nav", since=date(2025, 1, 1)).save(force_insert=True)
    return client_for("arne")


def typed(**changes: str) -> dict[str, str]:
    given_ = {"user": str(as_person("tom").user_id), "kind": "module", "module": "lov", "title": "", "holder": "RVTS",
              "done_on": "2026-02-01", "until": ""}  # fmt: skip
    return given_ | changes


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 120))
def test_months_later_is_that_month_and_never_a_later_day(day, months):
    then = months_later(day, months)
    assert then is not None
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day <= day.day
    assert then.day == day.day or (then + timedelta(days=1)).day == 1


@pytest.mark.parametrize(("days", "word"), [(-1, "over"), (0, "soon"), (60, "soon"), (61, "ok")])
def test_sixty_days_before_the_end_it_is_soon(days, word):
    assert standing(TODAY + timedelta(days=days), TODAY) == word
    assert standing(None, TODAY) == ""


def test_a_module_is_written_down_and_its_end_follows_from_the_list(arne):
    assert arne.post("/team/register/opplaering", typed()).status_code == 303
    row = Training.objects.get()
    assert (row.until, row.holder) == (date(2028, 2, 1), "RVTS")
    page = arne.get("/team/register").content.decode()
    assert "Taushetsplikt, opplysningsplikt" in page
    assert "RVTS" in page
    assert "Tom Teammedlem har ikke ført taushetserklæring." in page


def test_a_certification_moves_the_date_that_signing_asks_but_never_back(arne):
    until = (TODAY + timedelta(days=40)).isoformat()
    assert arne.post("/team/register/opplaering", typed(kind="rite", until=until)).status_code == 303
    earlier = typed(kind="rite", until=(TODAY + timedelta(days=3)).isoformat())
    assert arne.post("/team/register/opplaering", earlier).status_code == 303
    place = TeamMember.objects.get(user_id=as_person("tom").user_id)
    assert place.rite_until == TODAY + timedelta(days=40)
    assert "RITE-sertifiseringen går ut" in arne.get("/team/register").content.decode()
    assert "om 40 dager" in arne.get("/team/register").content.decode()


def test_what_has_ended_is_said(arne):
    arne.post("/team/register/opplaering", typed(done_on="2020-01-01", until="2021-01-01"))
    assert "gikk ut 01.01.2021" in arne.get("/team/register").content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"user": str(uuid.uuid4())}, "Velg en av dem som er her nå."),
        ({"module": ""}, "Velg hvilken modul det er."),
        ({"kind": "rite"}, "Skriv til hvilken dag sertifiseringen gjelder."),
        ({"kind": "course"}, "Skriv hva kurset heter."),
        ({"done_on": "2999-01-01"}, "Datoen kan ikke være fram i tid."),
        ({"done_on": "0019-01-01"}, "Se over årstallet."),
        ({"until": "2020-01-01"}, "Dagen må være etter"),
    ],
)
def test_a_training_that_cannot_be_is_refused(arne, changes, sentence):
    answer = arne.post("/team/register/opplaering", typed(**changes))
    assert (answer.status_code, Training.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()
    assert "RVTS" in answer.content.decode()


def test_a_certification_needs_a_place_in_the_team(gjovik):
    arne = client_for("arne")
    way.person("tom")
    answer = arne.post("/team/register/opplaering", typed(kind="rite", until="2030-01-01"))
    assert answer.status_code == 422
    assert "Skriv først inn plassen til Tom Teammedlem" in answer.content.decode()


def test_the_kommune_loads_its_own_list(arne):
    sent = {"modules": "film; Filmen om TryggEst; 12\nprat; Å snakke om vold"}
    assert arne.post("/team/register/moduler", sent).status_code == 303
    assert [one.code for one in register_queries.modules()] == ["film", "prat"]
    assert "Filmen om TryggEst" in arne.get("/team/register").content.decode()


@pytest.mark.parametrize(("text", "sentence"), [
    ("bare ett felt", "Linje 1: skriv"), ("a; A\na; B", "Linje 2: koden «a» står to ganger"),
    ("A B; x", "Linje 1: koden"),
    ("a; x; mange", "«mange» er ikke et antall måneder"), ("a; ; 1", "Linje 1: navnet"), ("a; x; ²", "«²» er ikke"),
    ("\n\n", "mellom 1 og 60 moduler"),
])  # fmt: skip
def test_a_list_with_a_mistake_says_the_line(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        elearning.typed(text)


def test_a_list_with_a_mistake_stays_as_typed(arne):
    answer = arne.post("/team/register/moduler", {"modules": "a; A\na; B"})
    assert answer.status_code == 422
    assert "Linje 2" in answer.content.decode()
    assert "a; A\na; B" in answer.content.decode()


@given(st.lists(st.builds(elearning.Module, st.from_regex(r"[a-z]{1,8}", fullmatch=True),
                          st.from_regex(r"[A-ZÆØÅa-zæøå]{1,20}", fullmatch=True), st.integers(0, 120)),
                min_size=1, max_size=20, unique_by=lambda one: one.code))  # fmt: skip
def test_a_list_typed_anew_is_the_same(modules):
    assert elearning.typed(elearning.as_typed(tuple(modules))) == tuple(modules)


def test_hours_mandate_and_routines_are_kept_with_their_versions(arne):
    assert (
        arne.post(
            "/team/register/timer", {"role": "coordinator", "hours": "18.5", "valid_from": "2026-01-01"}
        ).status_code
        == 303
    )
    for text, day in (("Første mandat", "2024-03-01"), ("Nytt mandat", "2026-03-01")):
        sent = {"text": text, "decided_on": day, "decided_by": "Kommunestyret"}
        assert arne.post("/team/register/mandat", sent).status_code == 303
    review = (TODAY + timedelta(days=20)).isoformat()
    sent = {"title": "Vaktrutine", "place": "Kvalitetssystemet", "owner": str(as_person("kari").user_id),
            "review_on": review, "reviewed": "on"}  # fmt: skip
    assert arne.post("/team/register/rutiner/ny", sent).status_code == 303
    routine = Routine.objects.get()
    assert routine.reviewed_on == TODAY
    assert arne.post(f"/team/register/rutiner/{routine.id}", sent | {"title": "Ny vaktrutine"}).status_code == 303
    page = arne.get("/team/register").content.decode()
    for words in ("18,5", "Første mandat", "Nytt mandat", "Ny vaktrutine", "skal gås gjennom"):
        assert words in page, words
    assert (Mandate.objects.count(), RoleHours.objects.count()) == (2, 1)
    assert arne.post("/team/register/rutiner/ny", sent | {"review_on": "2020-01-01"}).status_code == 422
    for what, address in (
        ("team.routine", "rutiner/{}"), ("team.training", "opplaering/{}/feil"), ("team.handover", "overlevering/{}"),
    ):  # fmt: skip
        absent = uuid.uuid4()
        assert arne.get(f"/team/register/{address.format(absent)}").status_code == 404
        assert way.logged(what, "denied", absent)


def leaving() -> dict[str, str]:
    return {"leaving": str(as_person("kari").user_id), "heir": str(as_person("tom").user_id),
            "last_day": (TODAY + timedelta(days=30)).isoformat()}  # fmt: skip


def test_a_coordinator_leaves_when_everything_is_handed_over(arne):
    answer = arne.post("/team/register/overlevering", leaving())
    assert answer.status_code == 303
    assert f"{len(CHECKLIST)} punkter gjenstår" in arne.get("/team/register").content.decode()
    early = arne.post(answer["Location"], {"done": ["phone"], "fullfor": "1"})
    assert early.status_code == 422
    assert "punkter er ikke gjort" in early.content.decode()
    every = [code for code, _ in CHECKLIST]
    blind = arne.post(answer["Location"], {"done": every, "fullfor": "1"})
    assert "Bare en koordinator ser" in blind.content.decode()
    assert client_for("kari").post(answer["Location"], {"done": every, "fullfor": "1"}).status_code == 303
    assert HandOver.objects.get().ended_at
    assert "alt avsluttet" in arne.post(answer["Location"], {"done": every}).content.decode()


def test_what_a_coordinator_still_owns_holds_the_hand_over(arne):
    way.case()
    kari = as_person("kari")
    row = register_actions.begin_handover(
        leaving=User.objects.get(pk=kari.user_id), heir=way.person("tom"), last_day=TODAY, by=kari
    )
    register_actions.tick(handover=row, codes=[code for code, _ in CHECKLIST], by=kari)
    with pytest.raises(Refused, match="1 neste steg"):
        register_actions.end_handover(handover=row, by=kari)


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"heir": "kari"}, "en annen enn den som slutter"), ({"leaving": "tom", "heir": "kari"}, "er ikke koordinator"),
    ({"last_day": "2020-01-01"}, "Datoen er passert"),
])  # fmt: skip
def test_a_hand_over_that_cannot_be_is_refused(arne, changes, sentence):
    named = {name: str(as_person(value).user_id) if value in PEOPLE else value for name, value in changes.items()}
    answer = arne.post("/team/register/overlevering", leaving() | named)
    assert (answer.status_code, HandOver.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_a_hand_over_is_changed_or_called_off(arne):
    address = arne.post("/team/register/overlevering", leaving())["Location"]
    tove, kari = way.person("tove"), way.person("kari")
    other = {"heir": str(tove.id), "last_day": (TODAY + timedelta(days=9)).isoformat()}
    assert arne.post(f"{address}/endre", other).status_code == 303
    row = HandOver.objects.get()
    assert (row.heir_id, row.last_day) == (tove.id, TODAY + timedelta(days=9))
    herself = arne.post(f"{address}/endre", other | {"heir": str(kari.id)})
    assert "en annen enn den som slutter" in herself.content.decode()
    assert register_queries.keeps_role(kari, Role.COORDINATOR)
    assert arne.post(f"{address}/endre", {"avbryt": "1"}).status_code == 303
    assert register_queries.keeps_role(kari, Role.COORDINATOR) is None
    assert "Avbrutt av" in arne.get(address).content.decode()
    assert "alt avsluttet" in arne.post(f"{address}/endre", other).content.decode()
    assert arne.post("/team/register/overlevering", leaving()).status_code == 303


def test_a_hand_over_begins_once(arne):
    arne.post("/team/register/overlevering", leaving())
    again = arne.post("/team/register/overlevering", leaving())
    assert "alt i gang" in again.content.decode()


def test_workload_counts_only_what_the_reader_sees_and_says_so(gjovik):
    way.case()
    with seen_as("kari"):
        assert register.held_by(as_person("kari").user_id)
    tom, kari = client_for("tom"), client_for("kari")
    page = kari.get("/team/register").content.decode()
    assert "Tallene gjelder bare saker du ser." in page
    assert f'href="/frister?eier={as_person("kari").user_id}">1<' in page
    tom.get("/team/register")
    with seen_as("tom"):
        assert register.held_by(as_person("kari").user_id) == []


def test_administrators_and_leaders_see_no_workload(arne):
    way.case()
    assert "Hvem har hvor mye" not in arne.get("/team/register").content.decode()
    assert "Hvem har hvor mye" not in client_for("tove", Role.LEADER).get("/team/register").content.decode()


def test_the_database_lets_only_those_who_set_up_the_team_write(gjovik):
    way.person("tom")
    with seen_as("tom") as tom, pytest.raises(ProgrammingError, match="row-level security"):
        Training(user_id=tom.user_id, kind="rite", done_on=TODAY, until=TODAY, made_at=now(), made_by_name="Tom").save(
            force_insert=True
        )
    connection.needs_rollback = False


def test_the_teams_page_leads_to_the_register(arne):
    assert 'href="/team/register"' in arne.get("/team").content.decode()
    assert 'href="/team/register"' not in client_for("tove", Role.CONTACT).get("/team").content.decode()


def test_a_contact_person_sees_no_register(gjovik):
    assert client_for("tove", Role.CONTACT).get("/team/register").status_code == 403


def test_training_on_the_wrong_person_counts_no_more_and_the_certification_goes_back(arne):
    tom = User.objects.get(pk=as_person("tom").user_id)
    for days in (40, 400):
        done = register_actions.Done("rite", TODAY, TODAY + timedelta(days=days), title="RITE-kurs")
        register_actions.add_training(user=tom, done=done, by=as_person("arne"))
    wrong = Training.objects.get(until=TODAY + timedelta(days=400))
    place = f"/team/register/opplaering/{wrong.pk}/feil"
    assert place in arne.get("/team/register").content.decode()
    assert "RITE-kurs" in arne.get(place).content.decode()
    empty = arne.post(place, {"reason": " "})
    assert (empty.status_code, "Skriv hva som er feil." in empty.content.decode()) == (422, True)
    answer = arne.post(place, {"reason": "Gjaldt en annen Tom"}, follow=True)
    page = answer.content.decode()
    assert f"RITE for Tom Teammedlem: til {short_date(TODAY + timedelta(days=40))}." in page
    assert "Gjaldt en annen Tom" in page
    assert place not in page
    assert TeamMember.objects.get(user=tom).rite_until == TODAY + timedelta(days=40)
    assert register_queries.done_in(TODAY.year) == {"rite": 1}
    again = arne.post(place, {"reason": "En gang til"})
    assert (again.status_code, "har alt merket dette" in again.content.decode()) == (422, True)
    register_actions.take_back_training(
        training=Training.objects.get(gone_at=None), reason="Den også", by=as_person("arne")
    )
    assert TeamMember.objects.get(user=tom).rite_until is None
    assert way.logged("team.training", "change", tom.pk)
    assert client_for("tom").get(place).status_code == 403
