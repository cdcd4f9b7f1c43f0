"""Files beside a document: the cleaned copy of those that were decided to be given whole. The original is never given.

A file is known by what was found out about it: without a check for malware, or without a cleaned copy, it stays here,
as does one that was marked as laid wrongly.
"""

import base64
import io
import zipfile
from collections.abc import Mapping, Sequence

from tenants.inbox.attached import Attachment
from tenants.inbox.attachments import latest, wrongly_laid
from tenants.inbox.attachments_access import Given
from tenants.inbox.models import Concern
from tenants.insight.models import AccessCopy
from tenants.insight.queries import Review
from tenants.insight.states import file_name
from varde.documents.kinds import KINDS
from varde.documents.scanner import may_open

_NO_TIME = (1980, 1, 1, 0, 0, 0)  # what a zip says of a file when nobody says when


def ready(concern: Concern) -> Mapping[str, Attachment]:
    """The files of a matter that can be given, by the id that an item names."""
    rows = list(Attachment.objects.filter(concern=concern).order_by("number"))
    findings, wrong = latest(rows), wrongly_laid(rows)
    sure = {row.pk for row in rows if (found := findings.get(row.pk)) and found.copy_kind and may_open(found.virus)}
    return {str(row.pk): row for row in rows if row.pk in sure and row.pk not in wrong}


def given_with(concern: Concern, review: Review) -> Mapping[str, Attachment]:
    """Key of the item -> its file, of those that go with a document made now."""
    wanted = [each.found for each in review.items if each.found.file and each.whole]
    there = ready(concern) if wanted else {}
    return {found.key: there[found.file] for found in wanted if found.file in there}


def zipped(copy: AccessCopy, files: Sequence[tuple[Attachment, Given]]) -> bytes:
    """The document and the cleaned copies that were given with it, under names that we made. Raises Destroyed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"innsyn-{copy.number}.pdf", _NO_TIME), base64.b64decode(copy.pdf))
        for attachment, sent in files:
            name = f"{file_name(copy.number, attachment.number)}.{KINDS[sent.kind].ending}"
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), b"".join(sent.pieces))
    return held.getvalue()
