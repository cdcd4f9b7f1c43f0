"""Writing the words of an anonymous registration, and taking the registrations out of the house."""

from collections.abc import Mapping, Sequence
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from shared.codes.screening import Words
from tenants.cases.access import require_case
from tenants.cases.models import Case
from tenants.cases.queries import locked
from tenants.raising.register import words_for
from tenants.reporting import single, single_queries
from tenants.reporting.access import require_owner
from tenants.reporting.models import SingleText
from tenants.reporting.single import Held, Single
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen

Sheet = Literal["xlsx", "csv"]
LONGEST = 500


@transaction.atomic
def say(*, case: Case, said: Mapping[str, str], seen: str | None, by: Reader) -> SingleText:
    """Write the words of a case's registration anew. Raises Refused for a place that it does not have, Overtaken."""
    require(by, Permission.CASES)
    require_case(by, case)
    own = locked(case)
    known = {place.key for place in single.places(single_queries.single_of(own).answers)}
    if by.user_id is None or not said.keys() <= known or any(len(text) > LONGEST for text in said.values()):
        raise Refused("Det er bare åpne svar som er krysset av, og «noe å føye til», som kan ha tekst.")
    check_seen(seen, single_queries.as_seen(own))
    row = single_queries.text_row(own) or SingleText(case=own)
    row.case = own
    row.said = {key: text.strip() for key, text in said.items() if text.strip()}
    row.at, row.by_user, row.by_name = now(), by.user_id, by.name[:200]
    row.save()
    record(by=by, action=Action.CHANGE, what="reporting.single", ids=[case.id])
    return row


def screened(singles: Sequence[Single], by: Reader) -> list[Held]:
    """The texts that are held back, as the screening of this reader finds them; that the register was asked is
    logged."""
    texts = [text for each in singles for text in each.said.values()]
    # The register is asked about words with a capital: here also about those without.
    asked = [*texts, *(text.title() for text in texts)]
    return single.held_back(singles, words_for(asked, by) if texts else Words())


def table(singles: Sequence[Single], held: Sequence[Held], by: Reader) -> list[tuple[str, ...]]:
    """The heads and the rows of a file."""
    key = salted_hmac(f"reporting.single.{by.office.id}", "order", settings.SECRET_KEY, algorithm="sha256").digest()
    return [single.columns(), *single.rows(singles, held, key=key)]


@transaction.atomic
def take_out(*, singles: Sequence[Single], reason: str, by: Reader) -> list[tuple[str, ...]]:
    """The rows of a file, logged with the reason and every case in it. Raises Refused without a reason or a case."""
    require_owner(by)
    if not reason.strip():
        raise Refused("Skriv hvorfor registreringene tas ut.")
    if not singles:
        raise Refused("Ingen lukkede saker er registrert i perioden.")
    made = table(singles, screened(singles, by), by)
    record(by=by, action=Action.EXPORT, what="reporting.single", ids=[each.case_id for each in singles], reason=reason)
    return made
