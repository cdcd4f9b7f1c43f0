"""Who may see to a decision: anybody called to the meeting, and the kommuner that they come from."""

from regional.meetings.held_actions import Owner
from regional.meetings.shown import Seen, place_of
from varde.ui.gone import words


def owners(shown: Seen) -> dict[str, tuple[str, Owner]]:
    """What a form sends -> (label, owner)."""
    found: dict[str, tuple[str, Owner]] = {}
    for one in shown.people:
        name, where = words(one, "name"), place_of(one)
        label = f"{name} ({where})" if where else name
        found[f"p-{one.id}"] = (label, Owner(name, words(one, "email"), one.kommune_id))
    kommuner = sorted({(one.kommune, one.kommune_id) for one in shown.people if one.kommune_id}, key=str)
    for kommune, key in kommuner:
        found[f"k-{key}"] = (f"{kommune} kommune", Owner(f"{kommune} kommune", "", key))
    return found
