"""Notes of a case can be marked as entered wrongly."""

from tenants.cases.models import Note
from tenants.inbox.mistakes_queries import Kind, as_mistake
from varde.ui.dates import date_and_time
from varde.ui.gone import words


def _says(note: Note) -> list[tuple[str, str]]:
    return [("Skrevet", f"{date_and_time(note.at)} av {note.by_name}"), ("Notat", words(note, "text"))]


NOTE = Kind(
    "notat", Note, "et notat", _says, lambda note: f"/saker/{note.case_id}#tidslinje", as_mistake("notatet")
)  # fmt: skip
