"""«Legg ved»: a file that comes after the report, laid beside a matter that goes on, by somebody who sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tenants.inbox.attached import Attachment, AttachmentLater
from tenants.inbox.attachments import print_of, room, stored
from tenants.inbox.models import Concern
from varde.access import Permission, Reader, require
from varde.clock import now
from varde.documents.intake import NotTaken, judge, shown_name
from varde.documents.uploads import SentFile
from varde.refusal import Refused

UNOPENED = "Ingen har åpnet bekymringen ennå. Åpne den før du legger ved noe."
CLOSED = "Saken er lukket, så det kan ikke legges ved noe. Gjenåpne den først."
SENT_BACK = "Bekymringen er sendt tilbake til vakttelefonen, så det kan ikke legges ved noe."


@dataclass(frozen=True, slots=True)
class Laid:
    """How many files of the form lie in the matter now, and those that were not taken."""

    count: int
    left_out: list[NotTaken]


def check_goes_on(progress: str) -> None:
    """Raise Refused for a matter that nobody has opened and for one that is over."""
    if progress == "received":
        raise Refused(UNOPENED)
    if progress == "returned":
        raise Refused(SENT_BACK)
    if progress == "closed":
        raise Refused(CLOSED)


@transaction.atomic
def lay(*, concern: Concern, files: Sequence[SentFile], came_from: str, key: str, by: Reader) -> Laid:
    """Lay the files beside the matter, each with who laid it and from whom it came. The report as received is not
    touched. `key` is the form's: sent once more, also with some files left out or added, nothing is stored twice.

    Raises Refused without files and in a matter that does not go on, PermissionDenied for whoever does not see it.
    """
    require(by, Permission.INBOX_READ)
    held = Concern.objects.select_for_update().filter(pk=concern.pk).first()
    if held is None or by.user_id is None:
        raise PermissionDenied
    check_goes_on(held.progress)
    if not files:
        raise Refused("Velg minst én fil.")
    numbers = dict(Attachment.objects.filter(concern=held).values_list("id", "number"))
    count, left_out = 0, []
    for one in judge(files, room()):
        said = AttachmentLater(
            # The matter is in the id: the same key in another matter is another file, and tells nothing of this one.
            attachment_id=uuid5(held.pk, f"{key} {print_of([one.file])}"),
            concern=held,
            at=now(),
            came_from=came_from,
            by_user=by.user_id,
            by_name=by.name[:200],
        )
        number = numbers.get(said.attachment_id) or max(numbers.values(), default=0) + 1
        if said.attachment_id in numbers or (not one.refused and stored(held.pk, number, one, by, later=said)):
            numbers[said.attachment_id] = number
            count += 1
        else:
            left_out.append(NotTaken(shown_name(one.file.name), one.refused or "failed"))
    return Laid(count, left_out)
