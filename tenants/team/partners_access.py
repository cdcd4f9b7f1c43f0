"""Who may look at the partner directory, and who may keep it."""

from uuid import UUID

from django.http import Http404

from tenants.team.partners_models import Partner
from varde.access import Permission, Reader
from varde.audit.actions import Action, record

KEEPING = (Permission.SETTINGS, Permission.CASES)


def may_keep(reader: Reader) -> bool:
    """Does this person write in the directory?"""
    return any(reader.may(permission) for permission in KEEPING)


def note_listed(reader: Reader, partners: list[Partner]) -> None:
    """Log which partners a page showed."""
    record(by=reader, action=Action.LIST, what="team.partner", ids=[row.id for row in partners])


def partner_for(reader: Reader, partner_id: UUID) -> Partner:
    """One partner, the look logged; Http404 for an absent one, or for those who may not see the team."""
    found = Partner.objects.filter(pk=partner_id).first() if reader.may(Permission.TEAM_READ) else None
    if found is None:
        record(by=reader, action=Action.DENIED, what="team.partner", ids=[partner_id])
        raise Http404
    record(by=reader, action=Action.VIEW, what="team.partner", ids=[found.id])
    return found
