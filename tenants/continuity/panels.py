"""What the start page says of packs: one that was not made, and somebody who has none yet."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.continuity import queries
from varde.access import Permission, Reader
from varde.clock import now


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """For those who may have a pack, and for those who set them up; "" while all is well."""
    leads, sets = by.may(Permission.INBOX_READ), by.may(Permission.SETTINGS)
    if not (leads or sets) or by.office.kind != "kommune" or not queries.rule().active:
        return SafeString("")
    late = queries.late(now())
    able = {one.id for one in queries.able()} if leads else set()
    context = {
        "own": any(one.user_id == by.user_id for one in late),
        "others": sets and any(one.user_id != by.user_id for one in late),
        "none": by.user_id in able and not any(one.user_id == by.user_id for one in queries.holders()),
    }
    if not any(context.values()):
        return SafeString("")
    return SafeString(render_to_string("continuity/_start.html", context, request))
