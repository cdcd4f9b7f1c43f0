"""Requests: asked, receipted, answered; a kontaktperson sees what they were asked and nothing else of the matter."""

import uuid

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.cases.models import Case
from tenants.inbox import shutting
from tenants.inbox.models import Concern
from tenants.measures import requests_actions as actions
from tenants.measures import requests_queries as queries
from tenants.measures import tasks
from tenants.measures.models import Measure
from tenants.measures.requests_models import Request
from tenants.measures.requests_states import MOVES, STATES, check_move
from tenants.team.partners_actions import use_partner
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from tests.tenants.test_team_partners import partner
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.clock import OSLO, now
from varde.identity.models import User
from varde.privacy.errors import CannotOpen
from varde.privacy.keyring import keyring
from varde.refusal import Refused
from varde.tenancy.work import work
from varde.ui.dates import day_of

ASKED = "Kan hjemmetjenesten se innom to ganger om dagen?"


def tove(*roles: Role) -> User:
    """Tove is a kontaktperson in the home service here."""
    user = way.person("tove", *(roles or (Role.CONTACT,)))
    user.service = "Hjemmetjenesten"
    user.save()
    return user


def as_tove() -> Reader:
    """Her reader, with the role of a kontaktperson."""
    return Reader(office=ref("gjovik"), user_id=as_person("tove").user_id, name="Tove Teammedlem",
                  roles=frozenset({Role.CONTACT}))  # fmt: skip


def ask(case: Case, days: int = 3, **kwargs: object) -> actions.Ask:
    """A request to Tove unless another is named."""
    given = {
        "partner": None, "recipient": None, "asked": ASKED, "ground": "samtykke", "secrecy": "fvl_13",
        "due_on": way.in_hours(24 * days).date(), "owner": way.person("kari"),
    } | kwargs  # fmt: skip
    if not given["partner"] and not given["recipient"]:
        given["recipient"] = tove()
    return actions.Ask(**given)


def sent(case: Case, **kwargs: object) -> Request:
    """Sent by Kari."""
    return actions.send_request(case=case, ask=ask(case, **kwargs), by=as_person("kari"))


def typed(**changes: str) -> dict[str, str]:
    """A request as it is typed."""
    given = {
        "to": f"k-{as_person('tove').user_id}", "asked": ASKED, "ground": "samtykke",
        "due_on": way.in_hours(72).date().isoformat(), "owner": str(as_person("kari").user_id),
    }  # fmt: skip
    return given | changes


@pytest.mark.parametrize("at", dict(STATES))
@pytest.mark.parametrize("to", dict(STATES))
def test_a_request_moves_by_the_table(at, to):
    if to in MOVES[at]:
        check_move(at, to)
    else:
        with pytest.raises(Refused, match="kan ikke bli"):
            check_move(at, to)


def test_a_kontaktperson_is_asked_and_answers_on_the_pages(gjovik):
    kari, case = client_for("kari"), way.case()
    contact = client_for("tove", Role.CONTACT)
    answer = kari.post(f"/saker/{case.id}/foresporsler", typed())
    assert answer.status_code == 303
    request = Request.objects.get()
    listed = contact.get("/foresporsler").content.decode()
    assert ASKED in listed
    page = contact.get(f"/foresporsler/{request.id}").content.decode()
    assert 'href="tel:+4761189500"' in page
    assert "taushetsplikt etter forvaltningsloven § 13" in page
    assert str(case.id) not in page
    assert case.name not in page
    assert contact.post(f"/foresporsler/{request.id}", {"to": "received", "text": ""}).status_code == 303
    empty = contact.post(f"/foresporsler/{request.id}", {"to": "answered", "text": ""})
    assert empty.status_code == 422
    assert "Skriv hva svaret er" in empty.content.decode()
    assert (
        contact.post(f"/foresporsler/{request.id}", {"to": "answered", "text": "Ja, fra i morgen"}).status_code == 303
    )
    assert contact.post(f"/foresporsler/{request.id}", {"to": "refused", "text": "Nei"}).status_code == 422
    page = kari.get(f"/saker/{case.id}").content.decode()
    assert "Ja, fra i morgen" in page
    assert "Forespørselen er mottatt" in page
    assert way.logged("measures.request.answered", "change", case.id)


def test_the_kontaktperson_sees_the_request_and_nothing_else(gjovik):
    case = way.case()
    given = sent(case)
    sent(case, recipient=None, partner=partner())
    way.measure(case)
    with presented(as_tove()):
        assert [row.id for row in Request.objects.all()] == [given.id]
        assert Request.objects.get().asked == ASKED
        assert not any(model.objects.exists() for model in (Case, Concern, Measure))


def test_a_kontaktperson_who_was_not_asked_sees_nothing_and_opens_nothing(gjovik):
    request = sent(way.case(), recipient=None, partner=partner())
    contact = client_for("tove", Role.CONTACT)
    hidden, absent = contact.get(f"/foresporsler/{request.id}"), contact.get(f"/foresporsler/{uuid.uuid4()}")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert ASKED not in contact.get("/foresporsler").content.decode()
    with presented(as_tove()):
        assert not Request.objects.exists()
        forget_keys()
        with pytest.raises(CannotOpen):
            assert request_text(request)


def request_text(request: Request) -> str:
    """The text of a row that was read earlier, opened with the keys of whoever asks now."""
    keyring().of(request.concern_id)
    return request.asked


def test_nobody_gives_themselves_a_request_and_with_it_a_key(gjovik):
    case, user = way.case(), tove()
    row = {"concern_id": case.concern_id, "case_id": case.id, "recipient": user, "owner": user, "ground": "samtykke",
           "secrecy": "fvl_13", "due_on": day_of(now()), "sent_at": now(), "sent_by_name": "Tove"}  # fmt: skip
    with presented(as_tove()), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Request(**row).save(force_insert=True)


@pytest.mark.parametrize(
    "change", ["owner_id = recipient_id", "due_on = due_on + 9", "asked = ''", "state = 'withdrawn'"]
)
def test_a_kontaktperson_changes_nothing_but_the_answer(gjovik, change):
    sent(way.case())
    with presented(as_tove()), pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE measures_request SET {change}")  # from the list above


@pytest.mark.parametrize(("days", "there"), [(29, True), (31, False)])
def test_an_answer_goes_out_of_sight_after_thirty_days(gjovik, monkeypatch, days, there):
    sent(way.case())
    monkeypatch.setattr(actions, "now", lambda: way.in_hours(-24 * days))
    actions.answer_given(request=Request.objects.get(), move=actions.Move("answered", text="Ja"), by=as_tove())
    with presented(as_tove()):
        assert Request.objects.exists() is there


def test_who_is_shut_out_is_not_asked_and_what_they_were_asked_is_withdrawn(gjovik):
    case, user = way.case(), tove()
    given = sent(case)
    with seen_as("kari") as kari:
        shutting.deny(concern=case.concern, user=user, kind="kinship", by=kari)
    given.refresh_from_db()
    assert given.state == "withdrawn"
    with presented(as_tove()):
        assert not Request.objects.exists()
    with pytest.raises(Refused, match="kan ikke spørres i denne saken"):
        sent(case)


def test_what_a_denied_owner_follows_up_is_in_other_hands(gjovik):
    case = way.case(owner="tom")
    given = sent(case, owner=way.person("tom"))
    assert "følger opp en forespørsel" in (queries.held(case, way.person("tom")) or "")
    with seen_as("kari") as kari:
        shutting.deny(concern=case.concern, user=way.person("tom"), kind="kinship", by=kari)
    given.refresh_from_db()
    assert given.owner.name == "Kari Koordinator"


def test_a_partner_is_asked_and_the_team_notes_receipt_and_answer(gjovik):
    kari, case, police = client_for("kari"), way.case(), partner("politi", "Gjøvik politistasjon")
    tove()
    where = f"/saker/{case.id}/foresporsler"
    assert kari.post(where, typed(to=f"p-{police.id}")).status_code == 303
    found = Request.objects.get()
    where = f"{where}/{found.id}"
    assert "politiregisterloven § 23" in kari.get(where).content.decode()
    wrong = kari.post(where, {"move": "1", "to": "received", "who": "", "how": "phone", "text": ""})
    assert wrong.status_code == 422
    assert "Skriv hvem som tok imot" in wrong.content.decode()
    done = {"move": "1", "to": "received", "who": "Per Politi", "how": "phone", "text": ""}
    assert kari.post(where, done).status_code == 303
    page = kari.get(where).content.decode()
    assert "Per Politi" in page
    assert "(telefon)" in page
    assert kari.post(where, done | {"to": "refused", "text": "Vi har ikke folk"}).status_code == 303
    assert "Vi har ikke folk" in kari.get(where).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"due_on": "2020-01-01"}, "Datoen er passert."),
        ({"ground": ""}, "Uten grunnlag kan dere ikke dele noe om personen."),
        ({"asked": ""}, "Fyll ut «Hva ber dere om?»."),
        ({"owner": str(uuid.uuid4())}, "Velg en som har tilgang til saken."),
        ({"to": f"p-{uuid.uuid4()}"}, "Velg en som er i bruk."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(gjovik, changes, sentence):
    kari, case, _ = client_for("kari"), way.case(), tove()
    answer = kari.post(f"/saker/{case.id}/foresporsler", typed(**changes))
    page = answer.content.decode()
    assert (answer.status_code, Request.objects.count()) == (422, 0)
    assert sentence in page
    assert changes.get("asked") == "" or ASKED in page


def test_a_partner_who_was_removed_is_not_asked_and_an_open_request_says_so(gjovik):
    kari, case, police = client_for("kari"), way.case(), partner("politi", "Gjøvik politistasjon")
    given = sent(case, partner=police)
    use_partner(partner=police, used=False, by=as_person("kari"))
    with pytest.raises(Refused, match="tatt ut av bruk"):
        sent(case, partner=police)
    answer = kari.post(f"/saker/{case.id}/foresporsler", typed(to=f"p-{police.id}"))
    assert "Velg en som er i bruk." in answer.content.decode()
    assert (
        "tatt ut av bruk etter at dere spurte" in kari.get(f"/saker/{case.id}/foresporsler/{given.id}").content.decode()
    )


def test_an_owner_who_left_is_said_and_another_is_given_it(gjovik):
    kari, case = client_for("kari"), way.case(owner="tom")
    given = sent(case, owner=way.person("tom"))
    User.objects.filter(id=as_person("tom").user_id).update(is_active=False)
    where = f"/saker/{case.id}/foresporsler/{given.id}"
    assert "har ikke tilgang til saken lenger" in kari.get(where).content.decode()
    day = way.in_hours(200).date().isoformat()
    late = kari.post(where, {"follow": "1", "owner": str(as_person("kari").user_id), "due_on": "2020-01-01"})
    assert "Datoen er passert." in late.content.decode()
    assert kari.post(where, {"follow": "1", "owner": str(as_person("kari").user_id), "due_on": day}).status_code == 303
    given.refresh_from_db()
    assert (given.owner.name, given.due_on.isoformat()) == ("Kari Koordinator", day)


def test_tom_sees_no_request_of_a_case_that_is_not_his(gjovik):
    case = way.case()
    request = sent(case)
    tom = client_for("tom")
    for path in ("foresporsler", f"foresporsler/{request.id}"):
        hidden, absent = tom.get(f"/saker/{case.id}/{path}"), tom.get(f"/saker/{uuid.uuid4()}/{path}")
        assert (hidden.status_code, hidden.content) == (404, absent.content)
    own = way.case(by="tom")
    assert tom.get(f"/saker/{own.id}/foresporsler/{request.id}").status_code == 404
    assert ASKED not in tom.get("/tiltak").content.decode()


def test_those_who_must_know_are_told_once_without_a_word_of_what(house):
    with work(ref("gjovik"), TEST):
        request = sent(way.case(), days=2)
        Request.objects.update(due_on=now().astimezone(OSLO).date().replace(year=2025))
    mail.outbox.clear()
    tasks.tell_of_requests.run(ref("gjovik"))
    tasks.tell_of_requests.run(ref("gjovik"))
    assert sorted(to for message in mail.outbox for to in message.to) == ["kari@gjovik.example", "tove@gjovik.example"]
    assert all("hjemmetjenesten" not in message.body.lower() for message in mail.outbox)
    mail.outbox.clear()
    with work(ref("gjovik"), TEST):
        request = Request.objects.get(pk=request.pk)
        actions.answer_given(request=request, move=actions.Move("answered", text="Ja"), by=as_tove())
    tasks.tell_of_requests.run(ref("gjovik"))
    assert [message.to for message in mail.outbox] == [["kari@gjovik.example"]]


def test_an_overdue_request_stands_on_the_list_of_measures(gjovik):
    kari, case = client_for("kari"), way.case()
    sent(case)
    Request.objects.update(due_on=way.in_hours(-72).astimezone(OSLO).date())
    page = kari.get("/tiltak").content.decode()
    assert "Forespørsler som venter på svar" in page
    assert "3 dager over frist" in page
