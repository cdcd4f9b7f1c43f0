"""The categories of the record of processing (art. 30), counted from the privacy classes."""

from infra.papers.fields import Missing, all_fields, is_ours, is_sealed, models_of, named, rooms_in, telling
from infra.papers.people import opens
from infra.papers.rooms import ROOMS


def table(missing: Missing) -> str:
    """One row per room that says something of somebody."""
    head = "| rom | registrerte | opplysninger | mottakere i kontoret | slettefrist |\n|---|---|---|---|---|\n"
    seen: dict[str, None] = {}
    for kind in ("kommune", "region"):
        seen |= dict.fromkeys(name for name in rooms_in(kind) if name in ROOMS)
    return head + "\n".join(row for name in seen if (row := _row(name, missing)))


def _row(app: str, missing: Missing) -> str:
    models = [model for model in models_of(app) if is_ours(model) and telling(model)]
    if not models:
        return ""
    room = ROOMS[app]
    held = "; ".join(named(model, telling(model), missing) for model in models)
    return f"| {room.title} | {room.about} | {held} | {', '.join(opens(room.readers)) or 'ingen'} | {room.time} |"


def sums() -> dict[str, int]:
    """How many fields of each class there are, and how many of those that tell are sealed."""
    found = {"personal": 0, "free_text": 0, "safe": 0, "sealed": 0}
    for model, name, kind in all_fields():
        found[kind] += 1
        found["sealed"] += kind != "safe" and is_sealed(model, name)
    return found
