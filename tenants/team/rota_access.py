"""Who may look at the rota, and who may change what in it."""

from django.http import Http404

from varde.access import Permission, Reader
from varde.audit.actions import Action, record

# Those who set up the team, and those who have shifts and so absences and swaps of their own.
KEEPING = (Permission.SETTINGS, Permission.TRIAGE)


def sets_up(reader: Reader) -> bool:
    """Does this person plan for everybody?"""
    return reader.may(Permission.SETTINGS)


def keeps_own(reader: Reader) -> bool:
    """May this person note an absence or a swap of their own?"""
    return any(reader.may(permission) for permission in KEEPING)


def note_read(reader: Reader) -> None:
    """The rota was read; Http404 for those who may not."""
    if not reader.may(Permission.TEAM_READ):
        raise Http404
    record(by=reader, action=Action.LIST, what="team.shift")
