"""A bundle from beginning to end: that it may say who reported is noted first, then it is drawn, then noted."""

from tenants.inbox.models import Concern
from tenants.inbox.reporter_actions import look
from tenants.inbox.reporter_queries import is_given
from tenants.kept import actions, bundle
from varde.access import Reader
from varde.clock import now

_WHY = "Arkivpakken er laget, og hvem som meldte, er med i den."


def made_for(concern: Concern, by: Reader) -> bundle.Made:
    """Raises Refused for a matter that is open or whose end is confirmed, Destroyed when its content is gone."""
    found, began = actions.closed(concern=concern, by=by), now()
    if is_given(concern):
        look(concern=concern, reason="other", text=_WHY, by=by)
    made = bundle.make(concern, found, by)
    actions.note_bundle(
        concern=concern, files=made.files, sha256=made.sha256, made_at=began, without=made.without, by=by
    )
    return made
