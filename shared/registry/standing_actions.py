"""Saying yes or no to an agreement. What follows is worked out; nobody opens or closes anything beside it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from shared.registry.models import Office
from shared.registry.standing_models import Standing
from varde.access.reader import Reader
from varde.audit.actions import Action, record
from varde.clock import wall
from varde.refusal import Refused
from varde.tenancy import directory

# How long somebody may have sat with the page on which the time was chosen.
SLACK = timedelta(minutes=2)
_TICK = timedelta(microseconds=1)
# The database judges, since two may speak at once; this is how it is told.
_WHY = {
    "registry_one_region": "Kommunen er med i en annen region i dette tidsrommet. Den må gå ut av den avtalen først.",
    "registry_one_host": "Regionen har alt en vertskommune i dette tidsrommet. Ta rollen fra den først.",
    "registry_in_order": "Noen andre svarte samtidig. Se over avtalen og prøv igjen.",
    "registry_two_sides": "Bare kommunen og regionen selv kan svare på avtalen mellom dem.",
}


@transaction.atomic
def say(
    *, agreement: UUID, region: UUID, kommune: UUID, word: str, at: datetime, by: Reader, host: bool = False
) -> None:
    """The word ("in" or "out") of the reader's office, from `at` (aware; now at the earliest).

    In force while both sides say yes. `host` counts in the region's word: the kommune is the host. Raises Refused when
    the office is not a side, the time has passed, or it would put a kommune in two regions or two hosts in one.
    """
    if by.office.id not in (region, kommune):
        raise Refused(_WHY["registry_two_sides"])
    if word not in Standing.Said.values:
        raise ValueError(word)
    moment = wall()
    if at < moment - SLACK:
        raise Refused("Avtalen kan ikke begynne eller slutte bakover i tid. Velg nå eller senere.")
    _refuse_unknown(region, kommune)
    row = Standing(
        agreement=agreement, region=region, kommune=kommune, said_by=by.office.id, word=word, at=max(at, moment),
        said_at=_after_the_last(agreement, region, kommune, by, moment), host=host and by.office.id == region,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused(_why(error)) from error
    record(by=by, action=Action.CHANGE, what="registry.standing", ids=[agreement], reason=row.get_word_display())
    transaction.on_commit(directory.forget, robust=True)


def _refuse_unknown(region: UUID, kommune: UUID) -> None:
    kinds = dict(Office.objects.filter(id__in=[region, kommune], active=True).values_list("id", "kind"))
    if kinds != {region: "region", kommune: "kommune"}:
        raise Refused("Kontoret finnes ikke eller er stengt.")


def _after_the_last(agreement: UUID, region: UUID, kommune: UUID, by: Reader, moment: datetime) -> datetime:
    """Two words of one side in the same instant still have an order."""
    rows = Standing.objects.filter(agreement=agreement, region=region, kommune=kommune, said_by=by.office.id)
    last = rows.order_by("-said_at").values_list("said_at", flat=True).first()
    return max(moment, last + _TICK) if last else moment


def _why(error: IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    if name not in _WHY:
        raise error
    return _WHY[name]
