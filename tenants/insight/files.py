"""Files beside a document: the cleaned copy of those that were decided to be given whole. The original is never given.

A file is known by what was found out about it: without a check for malware, or without a cleaned copy, it stays here.
"""

from collections.abc import Mapping

from tenants.inbox.attached import Attachment
from tenants.inbox.attachments import latest
from tenants.inbox.models import Concern
from tenants.insight.queries import Review
from varde.documents.scanner import may_open


def ready(concern: Concern) -> Mapping[str, Attachment]:
    """The files of a matter that can be given, by the id that an item names."""
    rows = list(Attachment.objects.filter(concern=concern).order_by("number"))
    findings = latest(rows)
    sure = {row.pk for row in rows if (found := findings.get(row.pk)) and found.copy_kind and may_open(found.virus)}
    return {str(row.pk): row for row in rows if row.pk in sure}


def given_with(concern: Concern, review: Review) -> Mapping[str, Attachment]:
    """Key of the item -> its file, of those that go with a document made now."""
    wanted = [each.found for each in review.items if each.found.file and each.whole]
    there = ready(concern) if wanted else {}
    return {found.key: there[found.file] for found in wanted if found.file in there}
