"""What those who watch over the log see first on the start page: whether something waits for them."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from varde.access.permissions import Permission
from varde.access.reader import Reader
from varde.audit import review
from varde.clock import now


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """Odd looks of this month and the last that nobody has judged; "" for whoever does not judge them."""
    if by.user_id is None or not by.may(Permission.AUDIT_REVIEW):
        return SafeString("")
    this = review.month_of(now())
    found = [row for month in (this, review.earlier(this, 1)) for row in review.findings_for(by, month)]
    waiting = [row for row in found if not row.reviews.all()]
    oldest = min((row.month for row in waiting), default=this)
    return render_to_string("audit/_waiting.html", {"waiting": len(waiting), "month": f"{oldest:%Y-%m}"}, request)
