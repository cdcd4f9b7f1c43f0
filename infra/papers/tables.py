"""The table of every room: what, on what ground, where, how long, who."""

from typing import get_args

from django.conf import settings
from django.db.models import Model

from infra.papers.fields import (
    Missing,
    is_frozen,
    is_ours,
    is_sealed,
    models_of,
    named,
    privacy,
    rooms_in,
    table_name,
    telling,
    why_open,
    word,
)
from infra.papers.people import opens
from infra.papers.rooms import ROOMS, Room
from infra.papers.words import LIBRARY
from varde.access.reader import Purpose

PLACES = {
    "public": "Felles skjema (`public`): det alle kontorer deler",
    "all": "Hvert kontors skjema: kommune, region og drift",
    "kommune": "Kommunens skjema",
    "region": "Regionens skjema",
}
HEAD = "| tabell | personopplysninger | fritekst som kan si alt | ellers | lagring |\n|---|---|---|---|---|\n"
FROZEN = "rader kan ikke endres"


def rooms(missing: Missing) -> str:
    """All rooms, by the schema they lie in. Every installed app with tables is among them."""
    shared = set.intersection(*(set(rooms_in(kind)) for kind in ("kommune", "region", "drift")))
    text = []
    for place, title in PLACES.items():
        kind = "kommune" if place == "all" else place
        names = [name for name in rooms_in(kind) if (name in shared) == (place == "all")]
        text += [f"### {title}\n", *(_room(name, missing) for name in names)]
    return "\n".join(text)


def covered() -> set[str]:
    """Apps that the tables above show; a test compares with what is installed."""
    return {name for kind in settings.TENANT_TYPES for name in rooms_in(kind)}


def _room(app: str, missing: Missing) -> str:
    room = ROOMS.get(app)
    if room is None:
        missing.lines.append(f'rooms.ROOMS: "{app}": Room("tittel", "om hvem", "grunnlag", "hvor lenge", (P.…,)),')
        return ""
    unknown = set(room.purposes) - set(get_args(Purpose))
    missing.lines += [f'rooms.ROOMS["{app}"]: formålet «{name}» finnes ikke' for name in sorted(unknown)]
    said = [
        f"#### {room.title} (`{app}`)\n",
        f"* **Om hvem:** {room.about}.",
        f"* **Grunnlag (forslag):** {room.ground}.",
        f"* **Hvem:** {_who(room)}.{' ' + room.note if room.note else ''}",
        f"* **Hvor lenge:** {room.time}.\n",
        HEAD + "\n".join(_row(model, missing) for model in models_of(app)),
    ]
    return "\n".join(said) + "\n"


def _who(room: Room) -> str:
    roles = ", ".join(opens(room.readers)) or "ingen egen side"
    return roles + (f"; oppgaver: {', '.join(room.purposes)}" if room.purposes else "")


def _row(model: type[Model], missing: Missing) -> str:
    name = f"`{model._meta.db_table}` {table_name(model, missing)}"
    if not is_ours(model):
        held = LIBRARY.get(model._meta.db_table)
        if held is None:
            missing.lines.append(f'words.LIBRARY: "{model._meta.db_table}": "…"')
        return f"| {name} | {held} | – | – | fra et bibliotek |"
    own = privacy(model)
    cells = [named(model, getattr(own, kind), missing) for kind in ("personal", "free_text", "safe")]
    return f"| {name} | {' | '.join(cells)} | {_kept(model, missing)} |"


def _kept(model: type[Model], missing: Missing) -> str:
    """Sealed or open, with the model's own reasons; and whether rows can be changed."""
    sealed = [word(model, name, missing) for name in telling(model) if is_sealed(model, name)]
    parts = [f"**forseglet:** {', '.join(sealed)}"] if sealed else []
    reasons: dict[str, list[str]] = {}
    for name in telling(model):
        if not is_sealed(model, name):
            reasons.setdefault(why_open(model, name), []).append(word(model, name, missing))
    if reasons and not sealed and set(reasons) == {""}:
        parts.append("**åpent**")
    else:
        parts += [f"åpent: {', '.join(names)}{f' ({why})' if why else ''}" for why, names in reasons.items()]
    parts += [FROZEN] if is_frozen(model) else []
    return "; ".join(parts) or "–"
