"""A report is made by one, approved by another, frozen, and noted as sent by a person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from regional.bufdir import making, notices, queries
from regional.bufdir.models import Draft, DraftState, FrozenReport, Kind, ReportSent
from regional.bufdir.report import in_groups
from regional.matters.register import words
from shared.codes.screening import look, unanswered
from shared.reporting.document import Document, canonical
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen
from varde.ui.dates import date_and_time, day_of

TURN = "bufdir.report"
DRAFT, REPORT, SENT = "bufdir.draft", "bufdir.report", "bufdir.sent"
PERSON = "Bare et menneske kan gjøre dette."
NOT_OWN = "Den som laget rapporten, kan ikke godkjenne den selv. En annen må se på den."
SAME = "To kontoer med samme navn eller adresse regnes som én person. En annen må godkjenne."
NOT_LOOKED = "Åpne utkastet og se på det før du godkjenner."
OVER = "Utkastet er alt avgjort."
CHANGED = "Utkastet er et annet enn det du så på. Se på det på nytt før du godkjenner."
WAITS = "Det ligger alt et utkast for perioden. Godkjenn eller forkast det først."
WHY = "Det er alt laget en rapport for perioden. Skriv hvorfor den rettes."
EXPLAIN = "Noe mangler eller stemmer ikke. Skriv hva det kommer av, eller at det ikke er kjent."
GONE = "Utgivelse {numbers} er trukket tilbake siden utkastet ble laget. Forkast utkastet, og lag et nytt."


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote for a report: by the names of the form's fields, and why a report is corrected."""

    texts: Mapping[str, str]
    because: str = ""
    reasons: Mapping[str, str] | None = None

    @property
    def all(self) -> dict[str, str]:
        """Everything that leaves, to be screened."""
        return {**self.texts, "because": self.because}


@transaction.atomic
def make(*, kind: Kind, period: str, written: Written, by: Reader) -> Draft:
    """A draft of a report, as it would be frozen. Raises Refused."""
    for needed in making.NEEDS[kind]:
        require(by, needed)
    if by.user_id is None:
        raise Refused(PERSON)
    turn.wait_for(TURN)
    if queries.open_draft(kind, period) is not None:
        raise Refused(WAITS)
    corrected = queries.to_replace(kind, period)
    if corrected and not written.because.strip():
        raise Refused(WHY)
    _check_screened(written, by)
    made = making.made(kind, period, written.texts, by)
    if made.must_explain and not written.texts.get("explained", "").strip():
        raise Refused(EXPLAIN)
    content = canonical(made.document)
    row = Draft(
        kind=kind,
        period=period,
        content=content.decode(),
        digest=making.print_of(content),
        stands_on=made.stands_on,
        texts=dict(written.texts),
        replaces=corrected.number if corrected else None,
        because=written.because.strip() if corrected else "",
        made_at=now(),
        made_by=by.user_id,
        made_by_name=by.name[:200],
    )
    row.save(force_insert=True)
    record(by=by, action=Action.CREATE, what=DRAFT, ids=[row.id])
    notices.waits(by)
    return row


def _check_screened(written: Written, by: Reader) -> None:
    left = unanswered(look(written.all, words(by)), written.reasons or {})
    if left:
        raise Refused(f"Se over det som er merket først: {', '.join(kind.label.lower() for kind in left)}.")


@transaction.atomic
def drop(*, draft: UUID, by: Reader) -> Draft:
    """It is not to be. Raises Refused."""
    require(by, Permission.STATISTICS_RELEASE)
    row = _open(draft)
    row.state = DraftState.DROPPED
    row.save(update_fields=["state"])
    record(by=by, action=Action.CHANGE, what=DRAFT, ids=[row.id])
    return row


@transaction.atomic
def approve(*, draft: UUID, seen: str, by: Reader) -> FrozenReport:
    """Another person says yes to what they have seen (`seen`: its fingerprint), and it is frozen.

    Raises Refused, also where a release that it stands on is withdrawn, Overtaken, and NotWhole.
    """
    require(by, Permission.STATISTICS_RELEASE)
    turn.wait_for(TURN)
    row = _open(draft)
    if by.user_id is None or by.user_id == row.made_by or by.name[:200] == row.made_by_name:
        raise Refused(NOT_OWN)
    if queries.same_person(row.made_by, by.user_id):
        raise Refused(SAME)
    check_seen(seen, row.digest, CHANGED)
    if not queries.looked(row):
        raise Refused(NOT_LOOKED)
    gone = queries.withdrawn_since(row.stands_on, by)
    if gone:
        raise Refused(GONE.format(numbers=", ".join(map(str, gone))))
    row.state = DraftState.APPROVED
    row.save(update_fields=["state"])
    record(by=by, action=Action.CHANGE, what=DRAFT, ids=[row.id])
    frozen = _frozen(row, by, by.user_id)
    frozen.save()
    record(by=by, action=Action.CREATE, what=REPORT, ids=[frozen.id])
    return frozen


def _frozen(row: Draft, by: Reader, user: UUID) -> FrozenReport:
    number, at = (FrozenReport.objects.aggregate(last=Max("number"))["last"] or 0) + 1, now()
    said = [("Rapport nr.", str(number))]
    if row.replaces:
        said.append(("Retter", f"Rapport nr. {row.replaces}: {row.because}"))
    said += [
        ("Laget av", f"{row.made_by_name}, {date_and_time(row.made_at)}"),
        ("Godkjent av", f"{by.name[:200]}, {date_and_time(at)}"),
        ("Fingeravtrykk av utkastet", in_groups(row.digest)),
    ]
    drafted = queries.document_of(row)
    document: Document = replace(drafted, meta=(*said, *drafted.meta), dated=day_of(at))
    content = canonical(document)
    return FrozenReport(
        number=number,
        kind=row.kind,
        period=row.period,
        draft=row,
        content=content.decode(),
        digest=making.print_of(content),
        stands_on=row.stands_on,
        replaces=row.replaces,
        because=row.because,
        made_at=row.made_at,
        made_by_name=row.made_by_name,
        approved_at=at,
        approved_by=user,
        approved_by_name=by.name[:200],
    )


@transaction.atomic
def note_sent(*, report: FrozenReport, sent_on: date, reference: str, by: Reader) -> ReportSent:
    """A person has sent it, on a day that has come. Raises Refused."""
    require(by, Permission.STATISTICS_RELEASE)
    if by.user_id is None:
        raise Refused(PERSON)
    if not day_of(report.approved_at) <= sent_on <= day_of(now()):
        raise Refused("Dagen må være fra rapporten ble godkjent og til i dag.")
    row = ReportSent(
        report=report, sent_on=sent_on, reference=reference, at=now(), by_user=by.user_id, by_name=by.name[:200]
    )
    row.save()
    record(by=by, action=Action.CREATE, what=SENT, ids=[row.id])
    return row


def _open(draft: UUID) -> Draft:
    row = Draft.objects.select_for_update().filter(pk=draft, state=DraftState.OPEN).first()
    if row is None:
        raise Refused(OVER)
    return row
