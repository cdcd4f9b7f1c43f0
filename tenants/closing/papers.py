"""The closing report as a paper for the archive: what was done, and what the person said."""

from datetime import date

from django.utils.text import capfirst

from shared.codes.categories import category
from shared.registry.queries import facts
from tenants.cases.models import Case
from tenants.closing import after_queries, queries
from tenants.closing.endings import SHORTER_SAYS
from tenants.closing.models import ClosingReport
from tenants.inbox import attachments
from tenants.inbox.attachments import Shown
from tenants.inbox.facts import told_facts
from tenants.inbox.told import LEADER_TOLD, PERSON_KNOWS, REPORTER_KINDS
from tenants.measures.queries import of_case
from tenants.risk import queries as risk
from varde.documents.paper import Facts, Heading, Note, Paper, Piece, Table, Text
from varde.tenancy.door import OfficeRef
from varde.ui.dates import date_and_time, short_date
from varde.ui.gone import words

NOTHING = "Ikke skrevet"


def paper_of(report: ClosingReport, ref: OfficeRef, followup_on: date | None = None) -> Paper:
    """The report as it was given, with the measures and the risk as they were then."""
    case = report.case
    return Paper(
        title="Sluttrapport",
        office=f"TryggEst i {facts(ref).name}",
        made_at=report.closed_at,
        lead=case.name,
        foot=f"Sluttrapport, {case.name}",
        pieces=(
            *_summary(report, followup_on),
            *_told(report),
            *_measures(case),
            *_earlier(case),
            *_received(case),
            *_files(case),
        ),
    )


def _summary(report: ClosingReport, followup_on: date | None) -> list[Piece]:
    case = report.case
    signed = risk.signed(case)
    newest = risk.shown(signed[0]) if signed else None
    level = f"{newest.level}, vurdert {short_date(newest.row.signed_at)}" if newest and newest.row.signed_at else ""
    rows = (
        ("Bekymringen kom", date_and_time(case.concern.received_at)),
        ("Saken ble opprettet", f"{date_and_time(case.opened_at)} av {case.opened_by_name}"),
        ("Saken ble lukket", f"{date_and_time(report.closed_at)} av {report.closed_by_name}"),
        ("Kategori", category(case.category).label),
        ("Slik endte den", report.get_ending_display()),
        ("Utfall", capfirst(", ".join(queries.outcomes_of(case)))),
        ("Risiko sist", level),
        ("Ny kontakt", short_date(followup_on) if followup_on else ""),
    )
    note: list[Piece] = [Note(SHORTER_SAYS)] if report.kept_shorter else []
    return [Facts(rows), *note]


def _told(report: ClosingReport) -> list[Piece]:
    parts = (
        ("Hva ble gjort", "done", True),
        ("Hva ble ikke løst", "unsolved", True),
        ("Tiltak som fortsetter", "carried_on", False),
        ("Hva teamet lærte", "learned", True),
    )
    found: list[Piece] = []
    for title, name, always in parts:
        text = words(report, name)
        if text or always:
            found += [Heading(title), Text(text or NOTHING)]
    own = words(report, "own_words")
    found += [Heading("Den utsattes egne ord"), Facts((("Hjalp det?", report.helped_in_words),)), Text(own or NOTHING)]
    return found


def _measures(case: Case) -> list[Piece]:
    rows = tuple(
        (words(each, "title"), words(each, "service"), each.get_status_display(), words(each, "effect"))
        for each in of_case(case)
    )
    return [Heading("Tiltak i saken"), Table(("Tiltak", "Tjeneste", "Status", "Virkning"), rows)] if rows else []


def _earlier(case: Case) -> list[Piece]:
    rows = tuple((date_and_time(row.at), row.by_name, words(row, "reason")) for row in after_queries.reopenings(case))
    return [Heading("Gjenåpnet"), Table(("Når", "Av", "Hvorfor"), rows)] if rows else []


def _received(case: Case) -> list[Piece]:
    """The report as it was received, whole; frozen since it came. Who reported is not in it."""
    concern = case.concern
    rows = [(fact["label"], fact["value"]) for fact in told_facts(concern)["matter"]]
    kind = capfirst(dict(REPORTER_KINDS).get(concern.reporter_kind, concern.reporter_kind))
    ticked = (
        ("Mottatt", f"{date_and_time(concern.received_at)} ({concern.get_channel_display()})"),
        ("Meldt av", f"{kind}, anonym" if concern.anonymous else kind),
        ("Meldt som akutt", "Ja" if concern.acute else "Nei"),
        ("Vet personen om meldingen?", dict(PERSON_KNOWS).get(concern.person_knows, "")),
        ("Sagt fra til leder?", dict(LEADER_TOLD).get(concern.leader_told, "")),
    )
    return [
        Heading("Bekymringen, slik den ble meldt"),
        Facts(ticked),
        Text(words(concern, "what") or NOTHING),
        Facts(tuple(rows)),
    ]


def _files(case: Case) -> list[Piece]:
    """The files of the matter: first those that came with the report, then apart from it those that came later.

    From whom a later one came is said in the matter alone: it may have been the one who reported.
    """
    rows = attachments.shown(case.concern_id)
    came = tuple((str(row.number), _called(row)) for row in rows if row.later is None)
    later = tuple(
        (str(row.number), _called(row), date_and_time(row.later.at), row.later.by_name)
        for row in rows
        if row.later is not None
    )
    found: list[Piece] = [Heading("Vedlegg til meldingen"), Table(("Nr.", "Fil"), came)] if came else []
    if later:
        head = ("Nr.", "Fil", "Lagt ved", "Av")
        found += [Heading("Vedlegg som kom senere"), Table(head, later)]
    return found


def _called(row: Shown) -> str:
    return f"{row.kind} (feilført)" if row.mark else row.kind
