"""What goes out of the team in a case: by right alone, never past a cover, frozen once answered, and of one matter."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.cases import glass
from tenants.cases.models import Case
from tenants.inbox import shutting
from tenants.measures import requests_access as access
from tenants.measures import requests_actions as actions
from tenants.measures import tasks
from tenants.measures.requests_models import Request
from tenants.measures.requests_states import over, shut
from tenants.measures.sharing_models import Sharing
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from tests.tenants.test_measures_requests import as_tove, ask, sent, tove
from tests.tenants.test_team_partners import partner
from varde.access import Role
from varde.access.ticket import presented
from varde.clock import now
from varde.identity.models import User
from varde.privacy.errors import CannotOpen
from varde.privacy.keyring import keyring
from varde.refusal import Refused
from varde.tenancy.work import work
from varde.ui.dates import day_of


def let_in(case: Case) -> None:
    """Tom breaks the glass, and Kari lets him in."""
    way.person("tom")
    with seen_as("tom") as tom:
        found = User.objects.get(id=as_person("kari").user_id)
        asked = glass.ask(typed=case.name, approver=found, reason="Fare i natt", hours=1, by=tom)
    with seen_as("kari") as kari:
        glass.answer(request=asked, yes=True, by=kari)


def covered(case: Case) -> None:
    """Kari and Tom alone see it."""
    tom = way.person("tom")
    with seen_as("kari") as kari:
        shutting.cover(concern=case.concern, substitute=tom, by=kari)


def answered(case: Case) -> Request:
    """Tove has answered."""
    row = sent(case)
    actions.answer_given(request=row, move=actions.Move("answered", text="Ja"), by=as_tove())
    return Request.objects.get(pk=row.pk)


def test_who_was_let_in_by_break_glass_asks_nobody(gjovik):
    case, police = way.case(), partner("politi", "Gjøvik politistasjon")
    let_in(case)
    wanted = ask(case, partner=police)
    with seen_as("tom") as tom, pytest.raises(Refused, match="sluppet inn ved nødåpning"):
        actions.send_request(case=Case.objects.get(), ask=wanted, by=tom)
    assert not Request.objects.exists()


@pytest.mark.parametrize("model", [Request, Sharing])
def test_nor_with_a_statement_of_their_own(gjovik, model):
    case = way.case()
    owner = way.person("kari")
    let_in(case)
    given = {
        Request: {"asked": "Hva", "secrecy": "fvl_13", "due_on": day_of(now()), "owner": owner, "sent_at": now()},
        Sharing: {"recipient": "Anne", "why": "Time", "consent": "yes", "text": "Alt", "way": "phone",
                  "made_at": now()},
    }[model]  # fmt: skip
    with seen_as("tom"):
        of = {"case_id": case.id} if model is Request else {}
        row = model(concern_id=case.concern_id, ground="samtykke", **of, **given)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)


def test_cover_closes_what_a_kontaktperson_was_given(gjovik):
    case = way.case()
    row = sent(case)
    contact = client_for("tove", Role.CONTACT)
    assert contact.get(f"/foresporsler/{row.id}").status_code == 200
    covered(case)
    assert contact.get(f"/foresporsler/{row.id}").status_code == 404
    with presented(as_tove()):
        assert not Request.objects.exists()
        forget_keys()
        with pytest.raises(CannotOpen):
            keyring().of(case.concern_id)
    with seen_as("kari"):
        assert Request.objects.get() == row
    with pytest.raises(Refused, match="Saken er skjermet"):
        sent(case)


def test_nobody_is_told_of_a_request_that_cover_closed(house):
    with work(ref("gjovik"), TEST):
        case = way.case()
        sent(case)
        covered(case)
    mail.outbox.clear()
    tasks.tell_of_requests.run(ref("gjovik"))
    assert not mail.outbox


def test_a_request_that_nobody_answered_closes_ninety_days_after_its_day(gjovik):
    row = sent(way.case())
    for days, there in ((89, True), (91, False)):
        Request.objects.update(due_on=day_of(now()) - timedelta(days=days))
        with presented(as_tove()):
            assert Request.objects.exists() is there
            forget_keys()
            if not there:
                with pytest.raises(CannotOpen):
                    keyring().of(row.concern_id)


@pytest.mark.parametrize(
    "change",
    ["state = 'received'", "state = 'refused'", "answered_at = answered_at + interval '1 minute'", "answered_at = NULL",
     "answered_by_name = 'En annen'", "answer = ''"],
)  # fmt: skip
@pytest.mark.parametrize("who", ["tove", "kari"])
def test_what_was_answered_is_frozen_for_both_sides(gjovik, change, who):
    answered(way.case())
    with (
        presented(as_tove() if who == "tove" else as_person("kari")),
        pytest.raises(ProgrammingError, match="frozen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE measures_request SET {change}")  # from the list above


def test_an_answer_is_not_dated_ahead_to_stay_open(gjovik):
    sent(way.case())
    with (
        presented(as_tove()),
        pytest.raises(ProgrammingError, match="only answers"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE measures_request SET state = 'answered', answered_at = now() + interval '9 years'")


def test_the_logs_control_knows_when_a_request_was_over(gjovik):
    case, kari = way.case(), as_person("kari")
    done, waits, back = answered(case), sent(case), sent(case)
    actions.move_request(request=back, move=actions.Move("withdrawn"), by=kari)
    back.refresh_from_db()
    found = access.tasks([case.concern_id])[case.concern_id]
    until = {(task.user_id, task.since): task.until for task in found}
    tove_id = as_tove().user_id
    assert back.answered_at is not None
    for person in (tove_id, kari.user_id):
        assert until[person, done.sent_at] == over("answered", done.answered_at)
        assert until[person, back.sent_at] == over("withdrawn", back.answered_at)
    assert until[kari.user_id, waits.sent_at] is None
    assert until[tove_id, waits.sent_at] == shut(waits.due_on)


def test_who_was_asked_in_a_matter_is_not_told_to_anybody_who_asks(gjovik):
    case, user = way.case(), tove()
    sent(case)
    with (
        seen_as("tom"),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT request_given(%s, %s)", [case.concern_id, user.id])


def test_whether_a_matter_is_covered_is_not_told_to_who_was_asked_nothing_in_it(gjovik):
    case = way.case()
    covered(case)
    with seen_as("arne"), connection.cursor() as cursor:
        cursor.execute("SELECT request_covered(%s)", [case.concern_id])
        assert cursor.fetchone() == (False,)


def test_what_goes_out_is_of_the_cases_own_matter(gjovik):
    case, other = way.case(), way.case()
    row = Request(
        concern_id=other.concern_id, case_id=case.id, ground="samtykke", asked="Hva", secrecy="fvl_13",
        due_on=day_of(now()), owner=way.person("kari"), sent_at=now(),
    )  # fmt: skip
    with pytest.raises(ProgrammingError, match="not of this matter"), transaction.atomic():
        row.save(force_insert=True)
