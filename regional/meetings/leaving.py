"""When the region leaves the platform: the minutes of each meeting as a paper, with what lay beside the agenda.

Called by the provisioner as the owner of the tables.
"""

from collections.abc import Iterator

from regional.meetings.models import Meeting, MeetingPaper
from regional.meetings.papers import minutes_paper
from regional.meetings.papers_actions import opened
from regional.meetings.shown import seen
from shared.orders.leaving import Part
from varde.access import Reader
from varde.clock import now
from varde.documents.kinds import KINDS
from varde.documents.paper import pdf
from varde.privacy.errors import CannotOpen
from varde.ui.dates import day_of, long_date

_HELD = ("held", "sent", "approved")


def parts(by: Reader) -> Iterator[Part]:
    """A folder per meeting, in the order that they were held."""
    rows = Meeting.objects.filter(state__in=_HELD).order_by("starts_at", "id")
    for number, meeting in enumerate(rows, start=1):
        folder, name = f"moter/{number:03}", f"Møtet {long_date(day_of(meeting.starts_at))}"
        try:
            paper = pdf(minutes_paper(meeting, seen(meeting), office=by.office.name, now=now()))
            yield Part(f"{folder}/referat.pdf", "Referat", name, paper)
            yield from _beside(meeting, folder, name)
        except CannotOpen:
            said = "Innholdet i dette møtet er slettet etter reglene, eller kan ikke åpnes.".encode()
            yield Part(f"{folder}/LES.txt", "Innholdet finnes ikke lenger", name, said)


def _beside(meeting: Meeting, folder: str, name: str) -> Iterator[Part]:
    rows = MeetingPaper.objects.filter(meeting=meeting, gone_at=None).order_by("at", "id")
    for number, row in enumerate(rows, start=1):
        yield Part(f"{folder}/vedlegg-{number}.{KINDS[row.kind].ending}", str(row.title), name, opened(row))
