"""Everything that is sealed in a matter: gathered when somebody asks for access, or named here with the reason why not.

A test walks every sealed table and field of the office. A room that comes later than this one adds its own with
`also(...)`, `not_gathered(...)` in its AppConfig.ready().
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from tenants.cases.models import Answer, Case, Note
from tenants.closing.models import Arrival, ClosingReport, FollowUp, Reopening, Transfer
from tenants.inbox.attached import Attachment, AttachmentLater
from tenants.inbox.calls_models import Callback, CallbackTry, CallbackVersion
from tenants.inbox.models import Concern, Denial, ReporterMessage
from tenants.inbox.replies_models import ReporterReply
from tenants.inbox.returned_models import FromPhone
from tenants.insight import said
from tenants.insight.models import Statement
from tenants.insight.said import Says
from tenants.joined.models import Join
from tenants.measures.models import CaseContact, Measure, Request, SafetyPlan, Sharing, TakenUpAgain
from tenants.meeting.models import Decision, Hearing, Item
from tenants.persons.address_models import AddressLook
from tenants.persons.models import Person, PersonParted, PersonVersion
from tenants.persons.spoken import ContactPlan, SafetyWarning, VoiceEntry
from tenants.risk.models import Assessment as RiskAssessment
from tenants.risk.models import Overtaken
from tenants.triage.carry_models import Accepted, Carried
from tenants.triage.checklist_models import Checked, EmergencyCall
from tenants.triage.duties_models import DutyWeighed
from tenants.triage.hold_models import Hold
from tenants.triage.models import Assessment, NextStep
from tenants.triage.notes_models import Note as MatterNote
from tenants.triage.police_models import PoliceSaid, Prosecution
from tenants.triage.step_text_models import StepWas
from tenants.triage.tell_models import Telling

# What is proposed for a row as a whole: to give it, to keep it back on a ground of `shared.codes.insight`, or (for a
# card) whether it is the person's own. Of READ nothing is proposed: the words may tell who reported.
# WHOLE is for what the person has been given already, with every name in it; of UNSURE nothing is proposed, since it
# may have been given to somebody else.
GIVE, CARD, READ, WHOLE, UNSURE = "", "card", "read", "whole", "unsure"


@dataclass(frozen=True, slots=True)
class Source:
    """A sealed table: what a row is called, what it says, its time and who wrote it (names of fields).

    `proposes` is GIVE, CARD, READ, WHOLE or the code of a ground; `apart`: each line of a row is decided on by itself.
    """

    model: type[Model]
    group: str
    title: str
    says: Says
    at: str
    by: str = ""
    proposes: str = GIVE
    apart: bool = False
    # What the archive keeps of a row, where it is more than whoever asks may be given.
    kept: Says | None = None
    # Whom it was told to, for rows that took something out of the team.
    to: Callable[[Any], str] | None = None
    # Of WHOLE: the field that holds the day on which the person got it; a draft was given to nobody.
    given_on: str = ""

    @property
    def label(self) -> str:
        """«cases.note»"""
        return self.model._meta.label_lower


_CAME, _PEOPLE, _WEIGHED, _CASE = "Bekymringen", "Personer", "Avklaring", "Saken"
_MEASURES, _OTHERS, _MEETING, _END = "Tiltak", "Andre tjenester", "Teammøter", "Avslutning"

_SOURCES = [
    # Without a time: when it came could tell who reported.
    Source(Concern, _CAME, "Bekymringen slik den kom", said.concern, "", proposes=READ, apart=True),
    Source(FromPhone, _CAME, "Gjort av vakttelefonen med en gang", said.from_phone, "", proposes=READ),
    Source(Attachment, _CAME, "Vedlegg", said.attachment, "", proposes=READ),
    Source(
        AttachmentLater, _CAME, "Vedlegg lagt ved etter meldingen", said.texts(came_from="Hvem det kom fra"), "at",
        "by_name", proposes=READ,
    ),
    Source(ReporterMessage, _CAME, "Melding til den som meldte", said.texts(text="Melding"), "at", "", "others"),
    Source(ReporterReply, _CAME, "Melding fra den som meldte", said.texts(text="Melding"), "at", "", "others"),
    Source(
        Callback, _CAME, "Noen som skal ringes",
        said.texts(
            who="Hvem", phone="Telefon", safe_ways="Trygge måter", not_on_voicemail="Ikke på svarer",
            interpreter="Tolk", listening="Hvem hører på",
        ),
        "made_at", "made_by_name", "others",
    ),
    Source(
        CallbackVersion, _CAME, "Rettet hos noen som skal ringes", said.put_right, "at", "by_name", "others"
    ),
    Source(CallbackTry, _CAME, "Forsøk på å ringe", said.texts(note="Merknad"), "at", "by_name", "others"),
    Source(Denial, _CAME, "Ansatt som er stengt ute", said.denial, "at", "by_name", "not_about"),
    Source(Person, _PEOPLE, "Personkort", said.card, "changed_at", "changed_by_name", CARD),
    Source(PersonVersion, _PEOPLE, "Eldre utgave av personkort", said.card, "at", "by_name", CARD),
    Source(PersonParted, _PEOPLE, "Personkort som ble skilt", said.texts(reason="Hvorfor"), "at", "by_name", "others"),
    Source(AddressLook, _PEOPLE, "Noen så en skjermet adresse", said.texts(text="Hvorfor"), "at", "by_name", CARD),
    Source(VoiceEntry, _PEOPLE, "Personens egen stemme", said.voice, "at", "by_name"),
    Source(ContactPlan, _PEOPLE, "Plan for førstekontakt", said.contact_plan, "at", "by_name"),
    Source(SafetyWarning, _PEOPLE, "Advarsel til den som skal på besøk", said.warning, "at", "by_name", "interests"),
    Source(Assessment, _WEIGHED, "Avklaring", said.texts(reason="Begrunnelse"), "decided_at", "decided_by_name"),
    Source(
        NextStep, _WEIGHED, "Neste steg", said.texts(text="Steg", came_of="Hva kom ut av det"), "made_at",
        "made_by_name",
    ),
    Source(MatterNote, _WEIGHED, "Notat fra før det var en sak", said.texts(text="Notat"), "at", "by_name"),
    Source(
        Telling, _WEIGHED, "Noe som skal meldes, eller er meldt", said.telling, "made_at", "made_by_name",
        to=said.told_whom,
    ),
    Source(StepWas, _WEIGHED, "Et steg før det ble rettet", said.texts(was="Steg"), "at", "by_name"),
    Source(DutyWeighed, _WEIGHED, "Vurdering av en plikt", said.duty, "at", "by_name"),
    Source(Checked, _WEIGHED, "Sjekkliste", said.checked, "at", "by_name"),
    Source(EmergencyCall, _WEIGHED, "Samtale med nødetat", said.call, "at", "by_name"),
    Source(PoliceSaid, _WEIGHED, "Politiet", said.police, "at", "by_name", "crime"),
    Source(Prosecution, _WEIGHED, "Påtalemyndighetens svar", said.prosecution, "at", "by_name"),
    Source(
        Hold, _WEIGHED, "Stopp i saken", said.texts(reason="Hvorfor", ended_because="Satt i gang fordi"), "at",
        "by_name",
    ),
    Source(Carried, _WEIGHED, "Hvem som har saken", said.carried, "at", "by_name"),
    Source(Accepted, _WEIGHED, "Tjenesten tok imot", said.texts(accepted_by="Tatt imot av"), "at", "by_name"),
    Source(Note, _CASE, "Notat", said.texts(text="Notat"), "at", "by_name"),
    Source(Answer, _CASE, "Registreringsskjemaet", said.answers_given, "", kept=said.answers),
    Source(RiskAssessment, _CASE, "Risikovurdering", said.assessment, "saved_at", "saved_by_name"),
    Source(
        Overtaken, _CASE, "Tekst som ikke kom med i en risikovurdering", said.overtaken, "at", "by_name", "internal"
    ),
    Source(
        Measure, _MEASURES, "Tiltak", said.texts(title="Hva", service="Tjeneste", effect="Virkning"), "made_at",
        "made_by_name",
    ),
    Source(
        TakenUpAgain, _MEASURES, "Tatt opp igjen", said.texts(was="Slik endte det først", reason="Hvorfor"), "at",
        "by_name",
    ),
    Source(
        SafetyPlan, _MEASURES, "Trygghetsplan", said.safety_plan, "made_at", "made_by_name", WHOLE, given_on="agreed_on"
    ),
    Source(Request, _OTHERS, "Forespørsel til en tjeneste", said.asked, "sent_at", "sent_by_name", to=said.to_whom),
    Source(
        Sharing, _OTHERS, "Delt ut av teamet",
        said.texts(recipient="Delt med", why="Hvorfor", consent_why="Om samtykket", text="Hva som ble delt"),
        "made_at", "made_by_name", to=said.shared_with,
    ),
    Source(
        CaseContact, _OTHERS, "Kontakt med andre", said.texts(who="Hvem", text="Om hva"), "at", "by_name",
        to=said.contacted,
    ),
    Source(
        Item, _MEETING, "Sak på et teammøte", said.texts(title="Tittel", minutes="Referat"), "added_at",
        "added_by_name",
    ),
    Source(
        Hearing, _MEETING, "Noen utenfra fikk høre", said.texts(reason="Hvorfor", gone_reason="Feilført fordi"), "at",
        "by_name",
    ),
    Source(
        Decision, _MEETING, "Beslutning på et teammøte",
        said.texts(text="Beslutning", came_of="Hva kom ut av det", gone_reason="Feilført fordi"), "made_at",
        "made_by_name",
    ),
    Source(ClosingReport, _END, "Sluttrapport", said.closing, "closed_at", "closed_by_name"),
    Source(FollowUp, _END, "Oppfølging etterpå", said.followup, "made_at", "answered_by_name"),
    Source(Reopening, _END, "Gjenåpning", said.texts(reason="Hvorfor"), "at", "by_name"),
    Source(
        Transfer, _END, "Overført til en annen kommune", said.texts(summary="Sammendrag"), "at", "by_name",
        to=said.transferred_to,
    ),
    Source(
        Join, _END, "Slått sammen med en annen sak", said.texts(reason="Hvorfor", ended_reason="Skilt fordi"), "at",
        "by_name",
    ),
    Source(Arrival, _CAME, "Kom fra en annen kommune", said.arrival, "arrived_at"),
    Source(Statement, _PEOPLE, "Noen mener at noe er feil", said.statement, "at", "by_name"),
]  # fmt: skip

# Tables and fields that are not gathered, and why. «Aldri» is decided by nobody: no page and no person can give it.
_LEFT_OUT = {
    "inbox.concern.reporter_name": "Hvem som meldte, gis aldri.",
    "inbox.concern.reporter_phone": "Hvem som meldte, gis aldri.",
    "inbox.concern.reporter_relation": "Hvem som meldte, gis aldri.",
    "inbox.concern.safe_contact": "Hvordan melderen nås, gis aldri.",
    "inbox.concern.first_teller": "Hvem som fortalte det først, kan vise hvem som meldte.",
    "inbox.reporterlook": "Hvorfor noen så hvem som meldte, kan vise hvem det var. At det ble sett, står i loggen.",
    "inbox.caller": "Hvem som ringte om saken, gis aldri.",
    "inbox.mistake": "Står foran det som er feilført.",
    "inbox.call": "En samtale som pågår, er ingen sak ennå. Den forsvinner når den er ført.",
    "triage.talk": "En drøfting er uten navn og hører ikke til noen sak.",
    "meeting.meeting": "Møtet er ikke om en sak. Det som er om saken, står på møtets punkt.",
    "meeting.participant": "Hvem som deltok, er ikke om saken.",
    "joined.majormatter": "En stor hendelse har sitt eget team og sin egen nøkkel. Det som er om saken, står i saken.",
    "joined.majorkommune": "Hvem vi ringer i en annen kommune om en stor hendelse, er ikke om saken.",
    "continuity.passphrase": "Passordet til beredskapspakken sier ikke noe om noen.",
    "closing.reportcopy": "Samme innhold som sluttrapporten, som PDF.",
    "insight.inquiry": "Et krav fra en som ikke står i noen sak, hører ikke til noen sak.",
    "insight.accessrequest": "Kravet selv. Det står først i dokumentet.",
    "insight.itemdecision": "Hva som ble gitt og holdt tilbake, er dokumentet selv.",
    "insight.accesscopy": "Tidligere dokumenter, som personen har fått.",
}
_more: list[Source] = []
_more_left_out: dict[str, str] = {}


def also(source: Source) -> None:
    """A later room has something sealed in a matter; called in AppConfig.ready()."""
    if source not in _more:
        _more.append(source)


def not_gathered(label: str, reason: str) -> None:
    """A later room has something sealed («app.model» or «app.model.field») that is not gathered; called in ready()."""
    _more_left_out[label] = reason


def sources() -> list[Source]:
    """Every table that is gathered, in the order of the document."""
    return [*_SOURCES, *_more]


def left_out() -> dict[str, str]:
    """«app.model» or «app.model.field», and why it is not gathered."""
    return _LEFT_OUT | _more_left_out


def rows_of(source: Source, concern: Concern, case: Case | None) -> Iterator[Model]:
    """The rows of a table in a matter, the oldest first."""
    fields = {field.name for field in source.model._meta.concrete_fields}
    rows: QuerySet[Any] = source.model._default_manager.order_by(*filter(None, (source.at, "pk")))
    if source.model is Concern:
        yield from rows.filter(pk=concern.pk)
    elif "concern" in fields:
        yield from rows.filter(concern=concern)
    elif case is not None:
        for row in rows.filter(case=case):
            row.case = case
            yield row
