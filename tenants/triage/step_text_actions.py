"""Putting right what the next step says; what stood is kept."""

from django.db import transaction

from tenants.inbox.models import Concern
from tenants.triage import queries
from tenants.triage.models import NextStep
from tenants.triage.said import lay, take_going
from tenants.triage.step_text_models import StepWas
from varde.access import Reader
from varde.refusal import Overtaken, Refused, check_seen, overtaken, print_of

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


def as_done(step: NextStep) -> str:
    """What a step that is done says, for the page to send back."""
    return print_of(step, ("text", "came_of"))


@transaction.atomic
def put_done_right(*, step: NextStep, text: str, came_of: str, seen: str | None, by: Reader) -> None:
    """A step that is done says this from now on; who did it and when stays, and what stood is kept.

    `seen` is what the page showed (`as_done`). Raises Overtaken when somebody else was first, Refused for a step that
    is not done, without words where there were some, and for a matter that is over.
    """
    held = take_going(step.concern, by)
    fresh = NextStep.objects.select_for_update().get(pk=step.pk, concern=held)
    check_seen(seen, as_done(fresh), overtaken())
    if fresh.done_at is None:
        raise Refused("Steget er ikke gjort ennå. Rett teksten på siden til neste steg.")
    if not text or (fresh.came_of and not came_of):
        raise Refused("Skriv hva som er riktig. Det som sto før, blir stående i saken.")
    changed = [name for name, said in (("text", text), ("came_of", came_of)) if said != getattr(fresh, name)]
    for name in changed:
        was = StepWas(concern=held, step=fresh, was=getattr(fresh, name), outcome=name == "came_of")
        lay(was, what="triage.step", by=by, reason="rettet")
    fresh.text, fresh.came_of = text, came_of
    # What did not change keeps its seal too: the database compares the bytes.
    fresh.save(update_fields=changed)
