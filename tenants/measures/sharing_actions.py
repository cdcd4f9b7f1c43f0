"""Deciding to share, making the link, taking it back."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tenants.inbox.models import Concern
from tenants.inbox.queries import held_by_right
from tenants.measures.outward_access import hold
from tenants.measures.sharing_links import Link, hashes, make
from tenants.measures.sharing_models import Sharing
from tenants.measures.sharing_queries import standing_of, waiting_in
from tenants.measures.sharing_states import check_consent, check_lasting
from tenants.triage.models import Assessment
from tenants.triage.states import GOES_ON
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Refused


@dataclass(frozen=True, slots=True)
class Decision:
    """What is shared, with whom, why, on which ground, with or without consent, which way; `hours` for a link."""

    ground: str
    recipient: str
    why: str
    consent: str
    consent_why: str
    text: str
    way: str
    hours: int = 0


@transaction.atomic
def share(*, concern: Concern, decision: Decision, by: Reader) -> tuple[Sharing, Link | None]:
    """Keep the decision; for a link also make it. The link is known to the caller alone and shown once.

    Raises Refused without ground or text, for consent that does not fit, for somebody whom break-glass let in, and for
    a matter that is over.
    """
    hold(concern, by)
    _check(concern, decision)
    row = Sharing(concern=concern, made_at=now(), made_by=by.user_id, made_by_name=by.name)
    for name in ("ground", "recipient", "why", "consent", "consent_why", "text", "way"):
        setattr(row, name, getattr(decision, name))
    link = make() if decision.way == "link" else None
    if link is not None:
        row.link_hash, row.code_hash = hashes(link.secret, link.code)
        row.expires_at = row.made_at + check_lasting(decision.hours)
    row.save(force_insert=True)
    record(by=by, action=Action.SEND, what="measures.sharing", ids=[concern.id], ground=decision.ground)
    return row, link


def _check(concern: Concern, decision: Decision) -> None:
    if not held_by_right(concern.id):
        raise Refused("Du er sluppet inn ved nødåpning og kan ikke dele noe ut av teamet. Haster det, ring 112.")
    if not decision.ground:
        raise Refused("Velg grunnlaget. Uten grunnlag kan ingenting deles.")
    if not decision.text:
        raise Refused("Skriv det som skal deles.")
    check_consent(decision.ground, decision.consent, decision.consent_why)


@transaction.atomic
def revoke(*, sharing: Sharing, by: Reader) -> None:
    """Take a link back. Raises Refused when it has been opened, or works no more."""
    if not Concern.objects.filter(pk=sharing.concern_id).exists():
        raise PermissionDenied
    fresh = Sharing.objects.select_for_update().get(pk=sharing.pk)
    found = standing_of(fresh, now())
    if found == "opened":
        raise Refused("Lenken er alt åpnet. Det som er lest, kan ikke trekkes tilbake.")
    if found != "waiting":
        raise Refused("Lenken virker ikke lenger, så det er ingenting å trekke tilbake.")
    _revoke(fresh, by)


@transaction.atomic
def revoke_waiting(*, concern: Concern, but: Collection[UUID], by: Reader) -> None:
    """The matter ends here: links that nobody has opened are taken back, `but` for these."""
    kept = set(but)
    for row in waiting_in(concern, now(), held=True):
        if row.pk not in kept:
            _revoke(row, by)


@transaction.atomic
def matter_decided(*, assessment: Assessment, owner: User | None, by: Reader) -> None:
    """Triage has decided: when the matter ends with it, links that nobody has opened are taken back."""
    if assessment.outcome not in GOES_ON:
        revoke_waiting(concern=assessment.concern, but=(), by=by)


def _revoke(row: Sharing, by: Reader) -> None:
    row.revoked_at, row.revoked_by_name = now(), by.name
    row.save(update_fields=["revoked_at", "revoked_by_name"])
    record(by=by, action=Action.CHANGE, what="measures.sharing.revoked", ids=[row.concern_id])
