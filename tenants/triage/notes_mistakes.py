"""Notes from before a matter was a case can be marked as entered wrongly."""

from tenants.inbox.mistakes_queries import Kind, as_mistake
from tenants.triage import hooks
from tenants.triage.notes_models import Note
from varde.ui.dates import date_and_time
from varde.ui.gone import words


def _says(note: Note) -> list[tuple[str, str]]:
    return [("Skrevet", f"{date_and_time(note.at)} av {note.by_name}"), ("Notat", words(note, "text"))]


def _back(note: Note) -> str:
    home = hooks.homes([note.concern_id]).get(note.concern_id)
    return f"{home}#tidslinje" if home else f"/innboks/{note.concern_id}#avklaring"


NOTE = Kind("tidlig-notat", Note, "et notat", _says, _back, as_mistake("notatet"))
