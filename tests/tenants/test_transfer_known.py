"""What the team knows travels with a matter: the same there, field by field; old letters are read; some stays."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import transaction

from shared.contracts import CaseTransfer, Known, known
from shared.contracts.codec import decode, encode
from shared.contracts.fields import BadLetter
from shared.post.actions import open_mail
from tenants.closing import transfer_queries
from tenants.closing.known import parts
from tenants.closing.transfer_actions import take_in
from tenants.closing.transfer_models import Arrival, TakenIn
from tenants.inbox import facts
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern
from tenants.measures.actions import move_measure
from tenants.measures.safety_actions import write_plan
from tenants.persons.card import Card
from tenants.persons.models import Person
from tenants.persons.queries import card_of
from tenants.persons.spoken import SafetyWarning
from tenants.persons.spoken_actions import Told, plan_contact, warn, write_voice
from tenants.persons.states import HIDDEN_ADDRESS
from tenants.persons.voice import Contact, Said
from tenants.reporting.single_actions import say
from tenants.triage.duties_models import DutyWeighed
from tenants.triage.police import Police
from tenants.triage.police_models import PoliceSaid
from tenants.triage.said import lay
from tests.cast import TEST, as_person, ref
from tests.client import client_for
from tests.tenants import test_risk_way, transfers, way
from tests.tenants.people import ADDRESS, NUMBER, PHONE, card_in, text_of
from tests.tenants.test_hidden import deny
from varde.refusal import Refused
from varde.tenancy.work import work

ID = UUID(int=7)
NOW = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def known_case() -> Concern:
    """A case of which everything is known."""
    case, kari = way.case(), as_person("kari")
    concern = case.concern
    card = card_in(concern, id_number=NUMBER, phone=PHONE, protection="strict", address=ADDRESS, notes="Hører dårlig")
    other = card_in(concern, "suspected", name="Nils Nabo", relation="neighbour")
    warn(concern=concern, told=Told("dog", "Løs hund", date(2026, 12, 1), other, ADDRESS, "Sett av naboen"), by=kari)
    said = Said(words="own", wants="Bo hjemme", consent="yes", safe_contact="Før kl. 14")
    write_voice(concern=concern, person=card, stage="start", said=said, by=kari)
    plan_contact(concern=concern, contact=Contact(who="Fastlegen", where="Legekontoret", state="met"), by=kari)
    weighed = DutyWeighed(concern=concern, duty="avert", version="1", answer="yes", reason="Fare for liv")
    lay(weighed, what="triage.duty", by=kari)
    lay(
        PoliceSaid(concern=concern, told=Police("yes", "Teamet", "2026-03-01").as_json()), what="triage.police", by=kari
    )
    move_measure(measure=way.measure(case), to="done", effect="Roligere om natten", by=kari)
    way.measure(case)
    write_plan(case=case, parts={"do": "Gå til naboen"}, agreed_on=date(2026, 3, 1), seen="0", by=kari)
    test_risk_way.signed(case)
    say(case=case, said={"fritekst": "Fikk hjelp i tide"}, seen=None, by=kari)
    return concern


def packed(concern: Concern) -> CaseTransfer:
    return transfer_queries.letter_about(concern, reason="moved", summary="x", with_notes=False)


def test_all_that_is_known_is_the_same_there_field_by_field(house):
    with work(ref("gjovik"), TEST):
        concern = known_case()
        sent = packed(concern).known
        transfers.hand_over(concern)
    assert all(getattr(sent, name) for name in ("persons", "warnings", "voices", "contacts", "risks", "plan", "duties"))
    assert all(getattr(sent, name) for name in ("police", "measures", "steps"))
    assert [each.answer for each in sent.registered.answers] == ["Fikk hjelp i tide"]
    assert open_mail(ref("ostre-toten")) == 1
    with work(ref("ostre-toten"), TEST):
        there = Concern.objects.get()
        came = transfer_queries.arrived(there).known
        # The step is ended when the matter is handed over; the letter says how it was.
        assert asdict(came) == asdict(sent)
        titles = [part.title for part in parts(came)]
        assert titles[:3] == [
            "Varsler til den som skal på besøk",
            "Personens egen stemme",
            "Risikovurderinger, signert der",
        ]
        assert titles[-1] == "Ord i den anonyme registreringen"
        assert "Fikk hjelp i tide" in parts(came)[-1].events[0].text


def test_cards_and_warnings_are_laid_in_once_as_they_were(gjovik):
    concern = known_case()
    sent = packed(concern)
    transfers.deliver(transfers.letter(covered=False, about_staff="", where_lives=ADDRESS, known=sent.known))
    there = open_concern(concern=Concern.objects.get(channel="transfer"), by=as_person("kari"))
    kari, path = client_for("kari"), f"/innboks/{there.pk}"
    page = text_of(kari, path)
    for shown in ("Varsler fra Østre Toten", "Løs hund", "Ola Utsatt", "Bo hjemme", "Gå til naboen", HIDDEN_ADDRESS):
        assert shown in page
    assert ADDRESS not in page
    assert facts.hidden_in(there)["where_lives"] == HIDDEN_ADDRESS
    # A note that they were laid in takes no warning off the page: it has to stand among ours.
    with transaction.atomic():
        TakenIn(concern=there, at=NOW, by_name="x").save()
        assert "Varsler fra Østre Toten" in text_of(kari, path)
        transaction.set_rollback(True)
    assert kari.post(f"{path}/overfort").status_code == 303
    laid = list(Person.objects.filter(concern=there).order_by("made_at"))
    assert [{"role": row.role} | asdict(card_of(row)) for row in laid] == [asdict(each) for each in sent.known.persons]
    warning = SafetyWarning.objects.get(concern=there)
    assert (warning.person, warning.ground, warning.text, warning.place, warning.review_on) == (
        laid[1],
        "Sett av naboen",
        "Løs hund",
        ADDRESS,
        date(2026, 12, 1),
    )
    assert "Varsler fra Østre Toten" not in text_of(kari, path)
    with pytest.raises(Refused, match="la inn kort og varsler"):
        take_in(concern=there, by=as_person("kari"))
    assert TakenIn.objects.count() == 1


def test_before_sending_everything_that_travels_is_shown_but_no_protected_address(gjovik):
    kari, concern = client_for("kari"), known_case()
    page = text_of(kari, f"/saker/{concern.case.id}/overfor")
    for shown in ("Ola Utsatt", "Løs hund", "Bo hjemme", "Fare for liv", "Roligere om natten", "Gå til naboen"):
        assert shown in page
    assert ADDRESS not in page


def test_what_stays_at_the_sender_is_in_no_letter(gjovik):
    """Who works here, who is shut out, and a card of a reporter who was anonymous."""
    concern = known_case()
    deny(concern, "tom")
    assert not [word for word in ("Kari Koordinator", "Tom Teammedlem") if word in repr(packed(concern))]
    hidden = transfers.told(anonymous=True)
    shown = card_in(hidden, "reporter", name="Mona Melder")
    warn(concern=hidden, told=Told("other", "Ikke ring", date(2026, 12, 1), shown), by=as_person("kari"))
    letter = packed(hidden)
    assert (letter.known.persons, letter.known.warnings[0].person) == ((), None)
    assert "Mona Melder" not in repr(letter)
    card = known.KnownPerson(role="reporter", **asdict(Card(name="Mona Melder")))
    with pytest.raises(ValueError, match="anonym"):
        transfers.letter(anonymous=True, known=Known(persons=(card,)))


def test_a_letter_from_before_is_read_and_one_that_points_wrong_is_refused(gjovik):
    old = transfers.letter()
    data = encode(old, id=ID, sender=ID, recipient=ID)
    assert "known" not in json.loads(data)["body"]
    assert decode(data).letter == old
    transfers.deliver(old)
    arrival = Arrival.objects.get()
    assert transfer_queries.known_in(arrival) == Known()
    with pytest.raises(Refused, match="ingen kort"):
        take_in(concern=arrival.concern, by=as_person("kari"))
    lost = known.KnownWarning(at=NOW, person=3, kind="dog", text="x", place="", review_on=date(2026, 12, 1))
    with pytest.raises(ValueError, match="ikke er med"):
        Known(warnings=(lost,))
    good = transfers.letter(known=Known(warnings=(known.KnownWarning(**asdict(lost) | {"person": None}),)))
    bent = json.loads(encode(good, id=ID, sender=ID, recipient=ID))
    bent["body"]["known"]["warnings"][0]["person"] = 3
    with pytest.raises(BadLetter):
        decode(json.dumps(bent).encode())


def test_a_kept_arrival_from_before_shows_what_it_has(gjovik):
    concern = way.opened()
    row = Arrival(
        concern=concern, from_office=ref("nabo").id, reason="moved", summary="x", sent_at=NOW, arrived_at=NOW,
        earlier={"decisions": [], "notes": [{"at": NOW.isoformat(), "text": "Ringte"}]},
    )  # fmt: skip
    assert transfer_queries.known_in(row) == Known()


def test_the_letters_words_are_the_words_of_the_rooms():
    """A field that a room adds must be decided on here too."""
    named = {
        known.KnownPerson: (Card, {"role"}),
        known.KnownVoice: (Said, {"at", "person", "stage"}),
        known.KnownContact: (Contact, {"at"}),
        known.KnownPolice: (Police, {"at"}),
    }
    for letter, (room, own) in named.items():
        assert set(letter.__dataclass_fields__) - own == set(room.__dataclass_fields__)
