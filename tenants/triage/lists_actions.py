"""Loading another checklist."""

from django.db import IntegrityError, transaction

from shared.codes.checklists import Checklist, acute, load, load_data
from tenants.triage.lists_models import ChecklistVersion
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused


@transaction.atomic
def take_into_use(*, text: str, by: Reader) -> Checklist:
    """New decisions are asked by this list; what was answered keeps its own. Raises BadList, and Refused for a version
    that is there already."""
    require(by, Permission.SETTINGS)
    found = load(text)
    row = ChecklistVersion(
        version=found.version, content=load_data(text), loaded_at=now(), loaded_by_name=by.name[:200]
    )
    try:
        if found.version == acute().version:
            raise IntegrityError
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("Denne utgaven finnes fra før. Gi listen et nytt nummer («version») i filen.") from error
    record(by=by, action=Action.CREATE, what="triage.checklist_list", ids=[row.id])
    return found
