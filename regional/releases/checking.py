"""Each night: is the ledger whole, is what is frozen unchanged, and is all that was said still safe with those who hold
the figures today? A merger, a program that was mended or a hand in the database may have changed that."""

import logging
from dataclasses import dataclass

from regional.releases.drafting import unsafe
from regional.releases.engines import engines
from regional.releases.given import check_copy
from regional.releases.ledger import Broken
from regional.releases.marks import tie_key
from regional.releases.models import FrozenCopy
from regional.releases.queries import not_cut
from regional.releases.release_actions import stand
from regional.releases.worker import Make
from varde.access import Permission, roles_with
from varde.audit.actions import Action, record
from varde.identity.queries import people
from varde.notify.mail import tell
from varde.refusal import Refused
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

log = logging.getLogger("varde.releases")
WHAT = "releases.check"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check found: a sentence without a figure; "" when all is well."""

    said: str = ""


def check(ref: OfficeRef, make: Make = engines) -> Finding:
    """Look, and alarm those who run the installation and those who may give out. What it found is in the log."""
    found = Finding(_found(ref, make))
    with work(ref, "returns") as by:
        record(by=by, action=Action.VIEW, what=WHAT, ids=[], reason=found.said)
    if found.said:
        log.error("releases are not safe or not whole")
        tell("released", to=sorted(_whom(ref)), ref=ref)
    return found


def _found(ref: OfficeRef, make: Make) -> str:
    try:
        with work(ref, "verify"):
            not_cut()
        with work(ref, "returns") as by:
            seen, key = stand(by), tie_key()
            _same_copies()
            settled = seen.told.facts[: seen.told.known]
        # What is claimed and not settled is left out: an alarm would answer whether it is so.
        history = seen.history.with_facts([each for each in seen.history.facts if each in settled])
        unsafe(seen.world, history, seen.told.rule, make(key))
    except (Broken, Refused) as error:
        return str(error)
    return ""


def _same_copies() -> None:
    """Raises Broken where a copy is not the bytes that the ledger says were given out."""
    for copy in FrozenCopy.objects.select_related("entry"):
        check_copy(copy)


def _whom(ref: OfficeRef) -> set[str]:
    with work(ref, "returns"):
        return {each.email for each in people(*roles_with(Permission.STATISTICS_RELEASE))}
