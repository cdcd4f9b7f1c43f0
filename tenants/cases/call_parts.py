"""What is said in a call about a case becomes a note in it."""

from tenants.cases.actions import write_note
from tenants.cases.models import Case
from tenants.inbox.models import Concern
from varde.access import Permission, Reader


def write(concern: Concern, text: str, by: Reader) -> bool:
    """For `calls_known`: False where there is no case. Raises Refused in one that is closed."""
    case = Case.objects.select_related("concern").filter(concern=concern).first()
    if case is None or not by.may(Permission.CASES):
        return False
    write_note(case=case, text=text, by=by)
    return True
