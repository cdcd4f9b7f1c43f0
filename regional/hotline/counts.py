"""What waits at the phone, as numbers, for the note from shift to shift. As far as the reader's rights go."""

from regional.hotline.models import Call, CallBack
from regional.hotline.queries import left
from varde.access import Reader
from varde.clock import now


def waiting(by: Reader) -> int:
    """Calls that ring, or that somebody offers."""
    ringing = Call.objects.filter(state="ringing").count()
    return ringing + Call.objects.filter(state="open", offered_at__isnull=False).count()


def missed(by: Reader) -> int:
    """Calls that nobody has rung back."""
    return Call.objects.filter(state="missed", answered_at=None).count()


def left_open(by: Reader) -> int:
    """Calls that somebody began and nobody goes on with."""
    return Call.objects.filter(left(now())).count()


def callbacks(by: Reader) -> int:
    """Call-backs that wait: one's own, and the shift's."""
    return CallBack.objects.filter(state="waiting").count()


def undelivered(by: Reader) -> int:
    """The operator's own that no kommune has stored yet."""
    return Call.objects.filter(state="sent", operator=by.user_id).count()
