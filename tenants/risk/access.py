"""Who may see which assessment: those who see its case. The log's rows name the case, so the matter knows them."""

from uuid import UUID

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.http import Http404

from tenants.risk.models import Assessment, RiskTemplate, TemplateOffer
from varde.access import Permission, Reader
from varde.audit.actions import Action, record


def _there(assessment_id: UUID) -> RawSQL:
    """Asked before the row is looked for, so that hidden and absent take the same way and the same time."""
    return RawSQL("risk_there(%s)", [assessment_id], output_field=BooleanField())


def assessment_for(reader: Reader, assessment_id: UUID, action: Action = Action.VIEW) -> Assessment:
    """An assessment with its case, the look logged. Http404 (logged too) when it is hidden or absent."""
    rows = Assessment.objects.select_related("case__concern")
    found = rows.filter(_there(assessment_id), pk=assessment_id).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="risk.assessment", ids=[assessment_id])
        raise Http404
    record(by=reader, action=action, what="risk.assessment", ids=[found.case_id])
    return found


def signed_for(reader: Reader, assessment_id: UUID) -> Assessment:
    """A signed one for printing; Http404 for a draft too."""
    found = assessment_for(reader, assessment_id, Action.PRINT)
    if found.signed_at is None:
        raise Http404
    return found


def template_for(reader: Reader, template_id: UUID) -> RiskTemplate | TemplateOffer:
    """One that was loaded here or sent by the region; Http404, logged, when there is none."""
    own = RiskTemplate.objects.filter(pk=template_id).first()
    found = own or TemplateOffer.objects.filter(pk=template_id).first()
    if found is None:
        record(by=reader, action=Action.DENIED, what="risk.template", ids=[template_id])
        raise Http404
    return found


def note_templates(reader: Reader) -> None:
    """The page of templates was read; Http404 for those who may not."""
    if not reader.may(Permission.SETTINGS):
        raise Http404
    record(by=reader, action=Action.LIST, what="risk.template")
