"""The last look at a draft before it is given out: with those who hold the figures today, as if nothing were lost."""

from dataclasses import replace

from regional.releases.drafting import unsafe
from regional.releases.engines import Engines
from regional.releases.ledger import Said
from regional.releases.making import History
from regional.releases.other_actions import unsafe_cells
from regional.releases.release_actions import Stand
from varde.refusal import Refused

NEVER = (
    "Utkastet ville gjøre tall utrygge som ikke er det uten det. Det kan ikke gis ut, heller ikke etter at noe er tatt "
    "til etterretning."
)


def last_look(seen: Stand, said: Said, engines: Engines) -> None:
    """Raises Refused where what has been said is not safe, and where it is so only because what this draft tells has
    been settled: what two have seen alone is not public, and may not become so."""
    unsafe(seen.world, seen.history, seen.told.rule, engines)
    if not seen.history.settled:
        return
    lost = unsafe_cells(replace(seen, history=_without(seen, said)), engines)
    settled = (seen.history.settled & lost.keys()) | said.lost
    guarded = frozenset(cell for cell in settled if lost.get(cell, cell in seen.history.guarded))
    history = replace(seen.history, settled=settled, guarded=guarded)
    try:
        unsafe(seen.world, history, seen.told.rule, engines)
    except Refused as error:
        raise Refused(NEVER) from error


def _without(seen: Stand, said: Said) -> History:
    """What has been said but for this draft, with nothing settled."""
    others = [one for one in seen.told.said if one.number != said.number]
    statements = tuple(dict.fromkeys(one for each in others for one in each.statements))
    return History(statements, seen.history.facts)
