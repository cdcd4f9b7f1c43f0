"""Who at a provider is whom here: bound once through an administrator's link, loosed by an administrator."""

import datetime

from django.db import IntegrityError, transaction

from varde.access.reader import Reader
from varde.access.ticket import presented
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import Provider, Subject, User
from varde.identity.oidc import keys
from varde.identity.oidc.refusals import Refused, Why
from varde.identity.queries import reader_of
from varde.privacy.keyring import ready


def holder(issuer: str, subject: str) -> User:
    """The open account that this subject is bound to; Refused(UNKNOWN) for everybody else."""
    found = Subject.objects.select_related("user").filter(issuer=issuer, subject=subject, user__is_active=True).first()
    if found is None:
        raise Refused(Why.UNKNOWN)
    return found.user


@transaction.atomic
def bind(*, user: User, provider: Provider, subject: str, by: Reader) -> None:
    """Bind for good; Refused(OTHER) when the subject, or the person's place at this provider, is taken."""
    row = Subject(user=user, provider=provider, issuer=provider.issuer, subject=subject, bound_at=now())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(Why.OTHER) from error
    record(by=by, action=Action.CREATE, what="identity.subject", ids=[user.id], ground=f"login.{provider.kind}")


@transaction.atomic
def loose(*, user: User, by: Reader) -> None:
    """The person can no longer log in at any provider, and is out everywhere; a new link binds again."""
    Subject.objects.filter(user=user).delete()
    User.objects.filter(id=user.id).update(sessions_from=now())
    record(by=by, action=Action.CHANGE, what="identity.subject", ids=[user.id], reason="koblet fra")


@transaction.atomic
def end_sessions(*, issuer: str, subject: str, before: float, by: Reader) -> None:
    """The provider says that this person logged out there (at `before`, seconds): what began earlier has ended here."""
    until = datetime.datetime.fromtimestamp(before, datetime.UTC) + datetime.timedelta(seconds=1)
    user = User.objects.filter(subjects__issuer=issuer, subjects__subject=subject).first()
    if user is None or (user.sessions_from and user.sessions_from >= until):
        return
    with presented(reader_of(user, by.office)):  # the provider's signature says whose sessions these are
        User.objects.filter(id=user.id).update(sessions_from=until)
    record(by=by, action=Action.CHANGE, what="identity.session", ids=[user.id], reason="logget ut hos leverandøren")


@transaction.atomic
def set_up(*, provider: Provider, by: Reader) -> keys.SigningKey:
    """Store a new or changed provider and make its key when it has none. The key's public half is returned."""
    ready(("oidc",))  # the page that people come back to only reads
    key = keys.make(by.office.id, provider.id)
    provider.kid = key.kid
    provider.save()
    record(by=by, action=Action.CHANGE, what="identity.provider", ids=[provider.id], ground=provider.kind)
    return key
