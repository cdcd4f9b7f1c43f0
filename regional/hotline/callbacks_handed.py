"""A promise to ring back goes with the concern: the kommune is told of it, and rings when it has stored it.

Afterwards whom it was about is nobody's here, as with the call itself.
"""

from collections.abc import Mapping

from regional.hotline.callbacks_models import HANDED_OVER
from regional.hotline.models import Call, CallBack
from regional.hotline.queries import me
from regional.hotline.states import SERVICES
from shared.contracts import AcuteAction
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.actions import destroy
from varde.ui.dates import date_and_time

_SAID = (("who", ""), ("phone", ""), ("safe", "Trygt: "), ("unsaid", "Må ikke sies: "), ("about", ""))


def promised(call: Call, by: Reader) -> tuple[AcuteAction, ...]:
    """What was promised in this call and not kept yet, for the letter. The shift's own, that nobody has taken, comes to
    `by` with it, or nobody could say whom it was about."""
    waiting = CallBack.objects.filter(reference=call.reference, state="waiting")
    waiting.filter(owner=None).update(owner=me(by), owner_name=by.name)
    return tuple(
        AcuteAction(
            what=f"Lovet å ringe tilbake {date_and_time(row.due_at)}",
            at=row.made_at,
            by_service=dict(SERVICES)[call.service],
            note=_note(row.whom),
        )
        for row in waiting.filter(owner=me(by)).order_by("made_at")
    )


def _note(whom: Mapping[str, str]) -> str:
    return ". ".join(f"{label}{said}" for name, label in _SAID if (said := whom.get(name, "").strip()))


def hand_over(call: Call, by: Reader) -> None:
    """The kommune has stored the concern: what was promised in the call is the kommune's, whoever had it here."""
    for row in CallBack.objects.select_for_update().filter(reference=call.reference, state="waiting"):
        destroy(matter_id=row.id, by=by, reason="kommunen har lagret den")
        row.whom, row.state, row.outcome, row.done_at = {}, "done", HANDED_OVER, now()
        row.save(update_fields=["whom", "state", "outcome", "done_at"])
        record(by=by, action=Action.CHANGE, what="hotline.callback.handed", ids=[row.id])
