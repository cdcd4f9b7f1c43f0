"""Putting right what the next step says; what stood is kept."""

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.triage import queries
from tenants.triage.models import NextStep
from tenants.triage.said import lay, take_going
from tenants.triage.step_text_models import StepWas
from varde.access import Reader
from varde.refusal import Overtaken, check_seen, overtaken, print_of

DONE = "Noen andre har alt meldt steget som gjort. Det du skrev, står her fortsatt."


def as_seen(step: NextStep | None) -> str:
    """Which step, and what it says, for the page to send back."""
    return f"{step.pk} {print_of(step, ('text',))}" if step else ""


@transaction.atomic
def put_right(*, concern: Concern, text: str, seen: str, by: Reader) -> None:
    """The next step says this from now on.

    `seen` is what the page showed (`as_seen`). Raises Overtaken when it is done or somebody else was first, Refused for
    a matter that is over.
    """
    step = queries.open_step(take_going(concern, by))
    if step is None or not seen.startswith(str(step.pk)):
        raise Overtaken(DONE)
    fresh = NextStep.objects.select_for_update().get(pk=step.pk)
    check_seen(seen, as_seen(fresh), overtaken())
    if text == fresh.text:
        return
    lay(StepWas(concern_id=fresh.concern_id, step=fresh, was=fresh.text), what="triage.step", by=by, reason="rettet")
    fresh.text = text
    fresh.save(update_fields=["text"])
