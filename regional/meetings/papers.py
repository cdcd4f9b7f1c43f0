"""What leaves of a meeting as PDF: the call with its agenda, and the minutes."""

from datetime import datetime

from regional.meetings.minutes_actions import OFFICES
from regional.meetings.models import Decision, Item, Meeting
from regional.meetings.shown import Point, Seen, came, is_quorate, place_of
from varde.documents.paper import Facts, Heading, Items, Note, Paper, Part, Piece, Table, Text
from varde.ui.dates import clock_time, date_and_time, long_date, short_date
from varde.ui.gone import words

# About work in common, and open as the region's other papers are: nothing of any case stands here.
MARK = "Referat fra lederteamet. Skal ikke inneholde personopplysninger fra saker"


def call_paper(meeting: Meeting, seen: Seen, *, office: str, now: datetime) -> Paper:
    """The call: when, where, who leads, who is called, and the agenda with its texts."""
    return Paper(
        title="Innkalling til møte i lederteamet",
        office=office,
        made_at=now,
        lead=_when(meeting),
        mark="",
        pieces=(
            *([Note("Møtet er avlyst.")] if meeting.state == "cancelled" else []),
            *_facts(meeting),
            Heading("Saklisten"),
            *(piece for point in seen.points for piece in _ahead(point)),
            *_called(seen),
        ),
    )


def _called(seen: Seen) -> list[Piece]:
    """Who is called; which point somebody is called to stands where anybody is called to one alone."""
    rows = [(one.name, place_of(one), _called_to(one.only_item)) for one in seen.people]
    if any(to for _, _, to in rows):
        return [Heading("Innkalt"), Table(("Navn", "Plass", "Gjelder"), tuple(rows))]
    return [Heading("Innkalt"), Table(("Navn", "Plass"), tuple(row[:2] for row in rows))] if rows else []


def _called_to(item: Item | None) -> str:
    return f"Punkt: {words(item, 'title')}" if item else ""


def minutes_paper(meeting: Meeting, seen: Seen, *, office: str, now: datetime) -> Paper:
    """The minutes. Approved ones are made as of the day they were approved, so that they are the same each time."""
    return Paper(
        title="Referat fra møte i lederteamet",
        office=office,
        made_at=meeting.approved_at or now,
        lead=_when(meeting),
        mark="",
        pieces=(
            *([] if meeting.approved_at else [Note("Referatet er ikke godkjent ennå.")]),
            *_facts(meeting),
            Heading("Hvem møtte"),
            *_attendance(meeting, seen),
            Heading("Saker"),
            *(piece for point in seen.points for piece in _said(point)),
            *([Text(seen.in_silence)] if seen.in_silence else []),
            *_all_decisions(seen),
            *_end(meeting, seen),
        ),
        foot=MARK,
    )


def _when(meeting: Meeting) -> str:
    return f"{long_date(meeting.starts_at).capitalize()} {clock_time(meeting.starts_at)}"


def _facts(meeting: Meeting) -> list[Piece]:
    return [
        Facts(
            (
                ("Varighet", f"{meeting.minutes} minutter"),
                ("Sted", words(meeting, "place")),
                ("Video", words(meeting, "link")),
                ("Møteleder", words(meeting, "chair_name")),
                ("Referent", words(meeting, "taker_name")),
                ("Ført inn etterpå", _entered(meeting)),
                ("Rapporteringsfrist", long_date(meeting.deadline) if meeting.deadline else ""),
            )
        )
    ]


def _entered(meeting: Meeting) -> str:
    if meeting.entered_at is None:
        return ""
    return f"{short_date(meeting.entered_at)}, møtet var ikke kalt inn i Varde. {words(meeting, 'entered_why')}"


def _ahead(point: Point) -> list[Piece]:
    text = words(point.item, "text")
    enclosed = tuple(f"Vedlegg: {words(one, 'title')}" for one in point.papers)
    return [
        Part(f"{point.number}. {words(point.item, 'title')}"),
        *([Text(text)] if text else []),
        *([Items(enclosed)] if enclosed else []),
    ]


def _attendance(meeting: Meeting, seen: Seen) -> list[Piece]:
    rows = tuple((one.name, place_of(one), came(one)) for one in seen.people)
    enough = "Møtet var beslutningsdyktig." if is_quorate(meeting, seen) else "Møtet var ikke beslutningsdyktig."
    return [
        Table(("Navn", "Plass", "Oppmøte"), rows),
        Text(f"{enough} Kravet er {meeting.quorum} prosent av de innkalte."),
    ]


def _said(point: Point) -> list[Piece]:
    said = words(point.item, "said")
    decided = tuple(_decided(one) for one in point.decisions)
    return [
        Part(f"{point.number}. {words(point.item, 'title')}"),
        *([Text(said)] if said else []),
        *([Items(decided)] if decided else []),
    ]


def _decided(one: Decision) -> str:
    said = words(one, "text").rstrip(" .")
    return f"Besluttet: {said}. Ansvarlig: {words(one, 'owner')}, frist {short_date(one.due)}."


def _all_decisions(seen: Seen) -> list[Piece]:
    rows = tuple(
        (str(point.number), words(one, "text"), words(one, "owner"), short_date(one.due))
        for point in seen.points
        for one in point.decisions
    )
    return [Heading("Beslutninger"), Table(("Punkt", "Hva", "Ansvarlig", "Frist"), rows)] if rows else []


def _list(heading: str, said: tuple[str, ...]) -> list[Piece]:
    return [Heading(heading), Items(said)] if said else []


def _end(meeting: Meeting, seen: Seen) -> list[Piece]:
    said = tuple(
        f"{OFFICES[one.office]} {words(one, 'name')} godkjente {date_and_time(one.at)}"
        + (f" ({words(one, 'how')}, ført av {one.by_name})." if words(one, "how") else ".")
        for one in seen.approvals
    )
    corrected = tuple(f"{short_date(one.at)}, {one.by_name}: {words(one, 'text')}" for one in seen.addenda)
    return [
        *_list("Godkjenning", said),
        *_list("Tillegg etter godkjenningen", corrected),
    ]
