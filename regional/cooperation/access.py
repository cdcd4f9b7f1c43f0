"""Who may see and hand out the region's templates. Reading is logged."""

from uuid import UUID

from django.http import Http404

from regional.cooperation.models import SharedTemplate
from varde.access import Permission, Reader
from varde.audit.actions import Action, record


def note_templates(by: Reader) -> None:
    """The page of templates was read; Http404 for those who may not."""
    if not by.may(Permission.TEMPLATES_SHARE):
        raise Http404
    record(by=by, action=Action.LIST, what="cooperation.template")


def template_for(by: Reader, template_id: UUID) -> SharedTemplate:
    """One that the region has handed out. Http404, logged, when there is none."""
    found = SharedTemplate.objects.filter(pk=template_id).first() if by.may(Permission.TEMPLATES_SHARE) else None
    if found is None:
        record(by=by, action=Action.DENIED, what="cooperation.template", ids=[template_id])
        raise Http404
    return found
