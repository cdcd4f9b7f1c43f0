"""Signing the declaration, and the host's own text of it."""

from datetime import date
from uuid import UUID

from django.db import transaction

from regional.phone import declaration_queries as queries
from regional.phone.access import me
from regional.phone.declaration_models import Declaration, DeclarationText
from shared.codes.declaration import print_of
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Refused, check_seen, overtaken
from varde.retention.rules import months_after
from varde.ui.dates import day_of

OTHER_TEXT = "Erklæringen er endret mens du leste. Les den nye teksten, og signer den."


@transaction.atomic
def sign(*, read: str, by: Reader) -> Declaration:
    """The reader signs the text in force. `read`: print of the text that the page showed. Raises Refused for another
    text, and for somebody who is no operator."""
    require(by, Permission.HOTLINE)
    text = queries.in_force()
    if read != text.sha256:
        raise Refused(OTHER_TEXT)
    user, moment = User.objects.get(pk=me(by)), now()
    row = Declaration(
        user=user, name=by.name[:200], title=text.title, text=text.text, sha256=text.sha256, signed_at=moment,
        valid_until=_until(day_of(moment), text.months),
    )  # fmt: skip
    row.save()
    record(by=by, action=Action.CREATE, what="phone.declaration", ids=[row.id])
    return row


def _until(day: date, months: int) -> date:
    return months_after(day, months)


@transaction.atomic
def set_text(*, title: str, text: str, months: int, by: Reader, seen: str | None = None) -> UUID:
    """The host's own text from now on, after the one that was `seen` (its id, "" for none); another text asks everybody
    for a new signature, the same text with other months asks nobody. Raises Overtaken."""
    require(by, Permission.HOTLINE_MANAGE)
    turn.wait_for("phone.declaration")
    newest = queries.newest()
    told = overtaken(newest.set_by_name, newest.set_at) if newest else overtaken()
    check_seen(seen, str(newest.pk) if newest else "", told)
    row = DeclarationText(
        title=title, text=text, sha256=print_of(title, text), months=months, set_at=now(), set_by_name=by.name[:200]
    )
    row.save()
    record(by=by, action=Action.CHANGE, what="phone.declaration_text", ids=[row.id])
    return row.id
