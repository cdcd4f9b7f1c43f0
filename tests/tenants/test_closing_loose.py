"""What would go on by itself when a matter ends here: it is named, it ends, or somebody has it."""

import pytest

from tenants.cases.models import Case
from tenants.closing import loose
from tenants.inbox import callbacks_access, callbacks_actions
from tenants.inbox.calls_models import Callback, CallbackTry
from tenants.inbox.models import Concern, ReporterMessage
from tenants.inbox.receipts import receipt_for
from tenants.inbox.replies_actions import write_back
from tenants.measures import requests_queries, today
from tenants.measures.requests_models import Request
from tenants.measures.sharing_models import Sharing
from tests.cast import as_person, seen_as
from tests.client import OfficeClient, client_for
from tests.tenants import transfers, way
from tests.tenants.keys import forget_keys
from tests.tenants.people import PHONE, text_of
from tests.tenants.test_closing_way import TYPED
from tests.tenants.test_measures_requests import ASKED, as_tove, sent
from tests.tenants.test_measures_sharing import shared
from tests.tenants.test_team_partners import partner
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.clock import now
from varde.privacy.errors import CannotOpen
from varde.ui.dates import day_of

CLOSED_LATE = {"move": "1", "who": "", "how": "phone", "text": "Vi trenger det ikke lenger"}


def to_call(case: Case, hours: float = 5) -> Callback:
    """Fru Berg waits for Tom to call."""
    plan = callbacks_actions.Plan("Fru Berg", PHONE, way.in_hours(hours), way.person("tom"))
    return callbacks_actions.plan(plan=plan, concern=case.concern, by=as_person("kari"))


def write(gjovik, concern: Concern) -> None:
    """The reporter writes back."""
    by = Reader.for_purpose("receipt", gjovik)
    with presented(by):
        write_back(code=receipt_for(gjovik, concern.id), text="Han er her igjen", client_key="k" * 20, by=by)


def seen_on(client: OfficeClient, path: str) -> str:
    """The print of what waits, as the page shows it."""
    return str(client.get(path).context["form"]["seen"].value())


def test_a_closing_names_what_waits_and_ends_it_but_for_what_goes_on(gjovik):
    kari, case = client_for("kari"), way.case(owner="tom")
    contact = client_for("tove", Role.CONTACT)
    asked, police = sent(case), sent(case, recipient=None, partner=partner("politi", "Gjøvik politistasjon"))
    link, call = shared(case)[0], to_call(case)
    write(gjovik, case.concern)
    path = f"/saker/{case.id}/lukk"
    page = text_of(kari, path)
    for named in (
        "2 forespørsler er ikke besvart.", "1 engangslenke kan fortsatt åpnes.", "1 person venter på å bli ringt.",
        "1 melding fra melderen er ikke åpnet.", "Plikter som ikke er vurdert: ", "Personen er ikke spurt om",
        "Les meldingene fra melderen", "Gjøvik politistasjon", "Anne Hansen, fastlege", "Fru Berg",
    ):  # fmt: skip
        assert named in page
    ends = TYPED | {"seen": seen_on(kari, path), "go_on": [str(police.id)]}
    unsaid = kari.post(path, ends)
    assert (unsaid.status_code, Case.objects.get().state) == (422, "open")
    assert "Velg om det er gjort, eller hvem som fortsatt ringer." in unsaid.content.decode()
    assert kari.post(path, ends | {f"ring_{call.id}": str(as_person("kari").user_id)}).status_code == 303
    for row in (asked, police, link, call):
        row.refresh_from_db()
    assert (asked.state, police.state, call.done_at, call.owner.name) == ("withdrawn", "sent", None, "Kari Koordinator")
    assert link.revoked_at is not None
    assert way.logged("measures.request.withdrawn", "change", case.id)
    _the_kontaktperson_is_told(contact, asked)
    _what_goes_on_is_not_forgotten(gjovik, police, call)
    where = f"/saker/{case.id}/foresporsler/{police.id}"
    assert kari.post(where, CLOSED_LATE | {"to": "withdrawn"}).status_code == 303
    assert "Hvorfor den ble trukket" in text_of(kari, where)


def _the_kontaktperson_is_told(contact: OfficeClient, asked: Request) -> None:
    """That it is withdrawn, and not a word of what was asked; what was typed meanwhile is not lost."""
    assert asked.to_tell == "recipient"
    pages = [text_of(contact, "/foresporsler"), text_of(contact, f"/foresporsler/{asked.id}")]
    assert "Trukket forespørsel" in pages[0]
    assert "Forespørselen er trukket" in pages[1]
    assert not any(ASKED in page for page in pages)
    late = contact.post(f"/foresporsler/{asked.id}", {"to": "answered", "text": "Ja, fra i morgen"})
    assert (late.status_code, "Ja, fra i morgen" in late.content.decode()) == (422, True)
    with presented(as_tove()):
        forget_keys()
        row = Request.objects.get(pk=asked.pk)
        with pytest.raises(CannotOpen):
            assert row.asked


def _what_goes_on_is_not_forgotten(gjovik, police: Request, call: Callback) -> None:
    Request.objects.filter(pk=police.pk).update(due_on=way.in_hours(-48).date())
    Callback.objects.filter(pk=call.pk).update(due_at=way.in_hours(-1))
    with presented(Reader.for_purpose("reminders", gjovik)):
        assert [row.pk for row in requests_queries.to_remind(day_of(now()))] == [police.pk]
        assert [row.pk for row in callbacks_access.late(now())] == [call.pk]
    with seen_as("kari") as kari:
        assert [row.what for row in today.unanswered(kari, now(), 5)] == ["measures.request"]


def test_what_came_while_the_report_was_written_is_shown_before_anything_ends(gjovik):
    kari, case = client_for("kari"), way.case()
    path = f"/saker/{case.id}/lukk"
    before = seen_on(kari, path)
    asked = sent(case)
    late = kari.post(path, TYPED | {"seen": before})
    assert late.status_code == 422
    for shown in (loose.CHANGED, "1 forespørsel er ikke besvart.", TYPED["done"]):
        assert shown in late.content.decode()
    assert kari.post(path, TYPED | {"seen": str(late.context["form"]["seen"].value())}).status_code == 303
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


def test_a_transfer_names_it_says_what_becomes_of_it_and_does_it(gjovik):
    kari, case = client_for("kari"), way.case(owner="tom")
    asked, call = sent(case), to_call(case)
    link, kept = shared(case)[0], shared(case, recipient="Legevakta")[0]
    path = f"/saker/{case.id}/overfor"
    page = text_of(kari, path)
    assert "1 forespørsel er ikke besvart." in page
    assert "2 engangslenker kan fortsatt åpnes." in page
    typed = transfers.typed() | {
        "go_on": [str(kept.id)],
        f"ring_{call.id}": loose.NOT_CALLED,
        "seen": seen_on(kari, path),
    }
    preview = {name: value for name, value in typed.items() if name != "send"} | {"vis": "1"}
    shown = kari.post(path, preview).content.decode()
    for line in ("Trekkes: Forespørsel til Tove", "Fortsetter: Engangslenke til Legevakta", "Vi ringer ikke"):
        assert line in shown
    assert f'name="go_on" value="{kept.id}"' in shown
    assert kari.post(path, typed).status_code == 303
    for row in (asked, call, link, kept):
        row.refresh_from_db()
    assert (asked.state, bool(link.revoked_at), bool(kept.revoked_at)) == ("withdrawn", True, False)
    assert (CallbackTry.objects.get().note, bool(call.done_at)) == (loose.MOVED, True)


def test_what_has_been_opened_or_answered_is_left_alone(gjovik):
    case = way.case()
    spoken = shared(case, way="phone", hours=0)[0]
    transfers.hand_over(case.concern)
    assert Sharing.objects.get(pk=spoken.pk).revoked_at is None


def test_nothing_left_is_said_in_one_line():
    nothing = loose.Left(requests=0, links=0, calls=0, unread=0, duties=[], asked=True)
    assert [(item.text, item.ready) for item in loose.items(nothing)] == [(loose.NOTHING, True)]


def taken_over(**kwargs: object) -> Concern:
    """A matter from another kommune, opened here by Kari."""
    transfers.deliver(transfers.letter(covered=False, about_staff="", **kwargs))
    concern = Concern.objects.get(channel="transfer")
    assert client_for("kari").post(f"/innboks/{concern.id}/apne").status_code == 303
    return Concern.objects.get(pk=concern.pk)


def test_no_message_is_offered_where_nobody_holds_a_receipt_of_ours(gjovik):
    kari, concern = client_for("kari"), taken_over()
    path = f"/innboks/{concern.id}"
    page = text_of(kari, path)
    assert "Legg ut melding" not in page
    assert "når ikke melderen" in page
    late = kari.post(f"{path}/melding", {"text": "Takk for at du sa fra"})
    assert (late.status_code, ReporterMessage.objects.count()) == (422, 0)
    for shown in ("når ikke melderen", "Takk for at du sa fra"):
        assert shown in late.content.decode()
    case = Case.objects.get(concern=way.decided(concern=concern).assessment.concern)
    assert "Skriv til melderen" not in text_of(kari, f"/saker/{case.id}")
    transfers.hand_over(concern)
    assert not ReporterMessage.objects.exists()
