"""Handing templates of risk assessment out to the region's kommuner."""

import uuid
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from regional.cooperation import queries
from regional.cooperation.models import SharedTemplate, TemplateSent
from shared.codes.template_file import load_data
from shared.codes.templates import shipped
from shared.contracts import TemplateOffer
from shared.post.actions import send
from shared.post.keys import NoKey
from shared.registry.models import Office
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Overtaken, Refused

KNOWN = "Denne utgaven er sendt før. Gi malen et nytt versjonsnummer i filen."
MEANWHILE = "Noen andre sendte malen samtidig. Se hvor langt den er kommet."


@transaction.atomic
def share_template(*, text: str, by: Reader) -> SharedTemplate:
    """Lay a template down and send it to every kommune of the region.

    Raises BadTemplate with every fault, and Refused for a version that was sent before.
    """
    require(by, Permission.TEMPLATES_SHARE)
    content = load_data(text)
    known = {(row.key, row.version) for row in queries.templates()} | {(shipped().key, shipped().version)}
    if (content["key"], content["version"]) in known:
        raise Refused(KNOWN)
    row = SharedTemplate(
        **{name: content[name] for name in ("key", "version", "title")},
        text=text,
        made_at=now(),
        made_by=by.user_id,
        made_by_name=by.name,
    )
    _saved(row, KNOWN)
    record(by=by, action=Action.CREATE, what="cooperation.template", ids=[row.id])
    _send(row, queries.members(by), by)
    return row


@transaction.atomic
def send_to_the_rest(*, template: SharedTemplate, by: Reader) -> int:
    """Send it to those who have not been sent it; how many were. Raises Overtaken when somebody does so meanwhile."""
    require(by, Permission.TEMPLATES_SHARE)
    return _send(template, queries.missing(template, queries.members(by)), by)


def _send(template: SharedTemplate, kommuner: Iterable[Office], by: Reader) -> int:
    return sum(_sent(template, kommune, by) for kommune in kommuner)


def _sent(template: SharedTemplate, kommune: Office, by: Reader) -> bool:
    """False for a kommune that is so new that it has no key to seal a letter with."""
    at, letter_id = now(), uuid.uuid4()
    try:
        send(TemplateOffer(text=template.text, sent_at=at), to=kommune.ref, by=by, id=letter_id)
    except NoKey:
        return False
    row = TemplateSent(template=template, kommune=kommune.id, letter_id=letter_id, sent_at=at, sent_by_name=by.name)
    _saved(row, MEANWHILE)
    return True


def _saved(row: SharedTemplate | TemplateSent, sentence: str) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Overtaken(sentence) from error
