"""From one kommune's team to another's: all of it arrives, once, as old as it was, and the sender's side is closed."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shared.contracts import CaseTransfer, Opened
from shared.post import handlers
from shared.post.actions import open_mail
from shared.post.models import SealedLetter
from tenants.cases.actions import write_note
from tenants.cases.models import Case
from tenants.closing import transfer_actions, transfer_handlers, transfer_queries
from tenants.closing.transfer_models import Arrival, Transfer, TransferOpened
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern, ReporterMessage
from tenants.inbox.queries import with_receipt
from tenants.inbox.receipts import receipt_for
from tenants.triage.models import NextStep
from tests.cast import TEST, as_person, ref
from tests.client import client_for
from tests.tenants import transfers, way
from varde.access import Reader
from varde.access.ticket import presented
from varde.tenancy.door import office
from varde.tenancy.work import work


def inbox_of(slug: str) -> list[Concern]:
    with work(ref(slug), TEST):
        return list(Concern.objects.all())


def state_at_home(concern_id: uuid.UUID) -> transfer_queries.Sent:
    with work(ref("gjovik"), TEST):
        return transfer_queries.sent(Concern.objects.get(id=concern_id))


@pytest.mark.parametrize("to", ["ostre-toten", "nabo"])
def test_a_concern_is_handed_over_delivered_and_opened(house, to):
    sent = transfers.sent_from_gjovik(way.opened, to)
    assert state_at_home(sent).delivered_at
    assert state_at_home(sent).opened_at is None
    with work(ref(to), TEST):
        open_concern(concern=Concern.objects.get(), by=replace(as_person("nina"), office=ref(to)))
    assert open_mail(ref("gjovik")) == 1
    assert state_at_home(sent).opened_at


def test_what_was_told_decided_and_written_arrives(house):
    def decided_case() -> Concern:
        case = way.case()
        write_note(case=case, text="Ringte søsteren", by=as_person("kari"))
        return case.concern

    transfers.sent_from_gjovik(decided_case, with_notes=True)
    with work(ref("ostre-toten"), TEST):
        concern = Concern.objects.get()
        found = transfer_queries.arrived(concern)
        assert (concern.what, concern.who, concern.channel) == (way.TELLER, "Ola Utsatt", "transfer")
        assert found.arrival.summary == transfers.SUMMARY
        assert [(each.title, each.text) for each in found.decisions] == [
            ("Må-sak: Opprett sak", "Fare for gjentakelse")
        ]
        assert [each.text for each in found.notes] == ["Ringte søsteren"]
        assert (found.sender, concern.origin) == ("Gjøvik", ref("gjovik").id)


def test_notes_stay_unless_they_were_chosen(gjovik):
    case = way.case()
    write_note(case=case, text="Ringte søsteren", by=as_person("kari"))
    packed = transfer_queries.letter_about(case.concern, reason="moved", summary="x", with_notes=False)
    assert packed.notes == ()
    assert "Ringte søsteren" not in repr(packed)


def test_the_clock_goes_on_and_the_arrival_is_shown_beside_it(gjovik):
    transfers.deliver(transfers.letter())
    concern, arrival = Concern.objects.get(), Arrival.objects.get()
    assert concern.received_at == transfers.LONG_AGO
    assert arrival.arrived_at > concern.received_at


def test_a_time_in_the_future_counts_as_now(gjovik):
    transfers.deliver(transfers.letter(received_at=datetime(2100, 1, 1, tzinfo=UTC)))
    assert Concern.objects.get().received_at < datetime(2100, 1, 1, tzinfo=UTC)


def test_at_the_sender_everything_ends(gjovik):
    case = way.case()
    transfers.hand_over(case.concern)
    case = Case.objects.select_related("concern").get()
    assert (case.state, case.concern.progress) == ("closed", "closed")
    assert not NextStep.objects.filter(done_at=None).exists()
    assert Transfer.objects.get().to_office == ref("ostre-toten").id
    assert way.logged("closing.transfer", "send", case.concern_id)


@pytest.mark.parametrize("step", ["message_reporter", "end_steps", "close_case", "move", "record"])
def test_letter_and_closing_go_together_or_not_at_all(house, monkeypatch, step):
    with work(ref("gjovik"), TEST):
        case = way.case()

    def killed(**_):
        raise RuntimeError

    monkeypatch.setattr(transfer_actions, step, killed)
    with work(ref("gjovik"), TEST), pytest.raises(RuntimeError):  # what is around it goes on and commits
        transfers.hand_over(case.concern)
    with work(ref("gjovik"), TEST):
        assert (SealedLetter.objects.count(), Transfer.objects.count()) == (0, 0)
        assert Case.objects.get().state == "open"
        assert NextStep.objects.filter(done_at=None).exists()


def test_killed_before_the_commit_neither_has_happened(house):
    with work(ref("gjovik"), TEST):
        concern = way.opened()
    with pytest.raises(KeyboardInterrupt), work(ref("gjovik"), TEST):
        transfers.hand_over(concern)
        raise KeyboardInterrupt
    assert [each.progress for each in inbox_of("gjovik")] == ["opened"]
    assert (open_mail(ref("ostre-toten")), inbox_of("ostre-toten")) == (0, [])


def test_a_letter_that_cannot_be_posted_closes_nothing(house, monkeypatch):
    with work(ref("gjovik"), TEST):
        concern = way.opened()

    def broken(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(transfer_actions, "send", broken)
    with work(ref("gjovik"), TEST), pytest.raises(RuntimeError):
        transfers.hand_over(concern)
    assert [each.progress for each in inbox_of("gjovik")] == ["opened"]


def test_delivered_twice_is_one_concern(gjovik):
    same = uuid.uuid4()
    for _ in range(2):
        transfers.deliver(transfers.letter(), letter_id=same)
    assert (Concern.objects.count(), Arrival.objects.count()) == (1, 1)


@pytest.mark.parametrize("sender", ["gjovikregionen", "gjovik", "drift"])
def test_only_another_kommune_sends_such_letters(gjovik, sender):
    with pytest.raises(transfer_handlers.WrongSender):
        transfers.deliver(transfers.letter(), sender)
    assert not Concern.objects.exists()


def test_opened_counts_only_from_the_office_that_got_it(gjovik):
    concern = way.opened()
    sent = transfers.hand_over(concern)
    says = Opened(handover=sent.letter_id, reference="x", at=datetime.now(UTC))
    for slug in ("nabo", "nabo", "ostre-toten", "ostre-toten"):
        by = Reader.for_purpose("post", gjovik)
        transfer_handlers.note_opened(says, handlers.Envelope(uuid.uuid4(), ref(slug), says.at), by)
        assert bool(transfer_queries.sent(concern).opened_at) is (slug == "ostre-toten")
    assert TransferOpened.objects.count() == 2
    with pytest.raises(transfer_handlers.WrongSender):
        region = handlers.Envelope(uuid.uuid4(), ref("gjovikregionen"), says.at)
        transfer_handlers.note_opened(says, region, by)


NAMED = {"reporter_name": "Per", "reporter_phone": "90", "reporter_relation": "nabo", "safe_contact": "brev"}


def test_an_anonymous_reporter_stays_so(gjovik):
    hidden = transfers.told(anonymous=True, reporter_relation="søster", safe_contact="ring naboen")
    packed = transfer_queries.letter_about(hidden, reason="moved", summary="x", with_notes=False)
    assert (packed.anonymous, packed.reporter_relation, packed.safe_contact) == (True, "", "")
    shown = transfer_queries.letter_about(transfers.told(**NAMED), reason="moved", summary="x", with_notes=False)
    assert {name: getattr(shown, name) for name in NAMED} == NAMED


def test_no_letter_can_be_written_that_names_an_anonymous_reporter():
    for name in NAMED:
        with pytest.raises(ValueError, match="anonym"):
            transfers.letter(anonymous=True, **{name: "x"})


def test_the_reporter_still_sees_that_somebody_works_on_it(gjovik):
    concern = way.opened()
    transfers.hand_over(concern)
    with presented(Reader.for_purpose("receipt", gjovik)):
        found = with_receipt(gjovik, receipt_for(gjovik, concern.id))
        said = ReporterMessage.objects.get(concern_id=found.id).text
    assert found.progress == "in_progress"
    assert "En annen kommune har tatt over" in said
    assert "Toten" not in said


def test_the_reporters_receipt_of_any_other_closed_matter_says_closed(gjovik):
    decision = way.decided("advice", step=None)
    with presented(Reader.for_purpose("receipt", gjovik)):
        assert with_receipt(gjovik, receipt_for(gjovik, decision.assessment.concern_id)).progress == "closed"


def test_neither_region_nor_neighbour_sees_that_there_is_a_letter(house):
    transfers.sent_from_gjovik(way.opened)
    for slug in ("gjovikregionen", "nabo", "vestre-toten"):
        with office(ref(slug)):
            assert not SealedLetter.objects.exists()


def test_in_the_post_it_is_a_kind_and_nothing_more(house):
    transfers.sent_from_gjovik(way.opened)
    with office(ref("gjovik")):
        row = SealedLetter.objects.get()
    assert row.kind == CaseTransfer.__name__
    assert b"Ola" not in bytes(row.sealed)


def test_the_whole_way_on_the_pages(house):
    kari, nina = client_for("kari"), client_for("nina")
    with work(ref("gjovik"), TEST):
        case = way.case()
    assert kari.post(f"/saker/{case.id}/overfor", transfers.typed()).status_code == 303
    assert "Ikke levert ennå" in transfers.page_of(kari, f"/saker/{case.id}")
    open_mail(ref("ostre-toten"))
    (there,) = inbox_of("ostre-toten")
    assert nina.post(f"/innboks/{there.id}/apne").status_code == 303
    page = transfers.page_of(nina, f"/innboks/{there.id}")
    for shown in ("Fra Gjøvik", transfers.SUMMARY, "Fare for gjentakelse", way.TELLER, case.name):
        assert shown in page
    open_mail(ref("gjovik"))
    home = transfers.page_of(kari, f"/saker/{case.id}")
    assert "Åpnet der" in home
    assert "Lukk saken" not in home
    assert nina.post(f"/innboks/{there.id}/avklar", decision(nina)).status_code == 303
    with work(ref("ostre-toten"), TEST):
        became = Case.objects.get()
    assert "Kom fra Gjøvik" in transfers.page_of(nina, f"/saker/{became.id}")


def decision(client) -> dict[str, str]:
    return {
        "category": "ma", "outcome": "case", "reason": "Fare", "text": "Ring", "owner": str(client.person.id),
        "due_day": way.in_hours(48).date().isoformat(),
    }  # fmt: skip
