"""Which returns count for whom: a kommune's own, and those of the kommuner that it has become of. Pure."""

from collections.abc import Collection, Mapping, Sequence

from regional.releases.areas import holder, parents
from regional.releases.closing import Sending, Sent
from regional.releases.offered import half_of
from regional.releases.problem import Closed
from shared.codes.periods import Quarter

type Presence = Mapping[str, Collection[Quarter]]
"""The quarters in which a kommune was in the region, as is known today."""


def sent_by(
    sendings: Mapping[str, Sequence[Sending]], presence: Presence, closed: Sequence[Closed], became: Mapping[str, str]
) -> dict[str, Sent]:
    """What everybody has sent, by the one that holds it today; by itself where the holder has never been here.

    A return counts for a quarter in which its sender, or one that it has become of, was in the region; also where that
    has been corrected since and something of the sender was frozen then. Any other is set aside.
    """
    home = {
        one: holder(one, became) if one in became and presence.get(holder(one, became)) else one
        for one in {*sendings, *presence}
    }
    frozen = {(each.id, kommune) for each in closed for kommune in each.kommuner}
    above = {one: _above(one, home[one], presence, became) for one in home if home[one] != one}

    def counts(one: str, quarter: Quarter) -> bool:
        kin = [one, *parents(one, became)]
        here = any(quarter in presence.get(each, ()) for each in kin)
        return here or any((half_of(quarter), each) in frozen for each in kin)

    def of(one: str) -> Sent:
        told = sendings.get(one, ())
        own = [each for each in told if counts(one, each.quarter)]
        aside = [each for each in told if not counts(one, each.quarter)]
        return Sent(own, {each: of(each) for each in sorted(above) if above[each] == one}, aside)

    return {one: of(one) for one in sorted(home) if home[one] == one}


def _above(one: str, head: str, presence: Presence, became: Mapping[str, str]) -> str:
    """The one that a kommune first became part of. The registry may name the last in the row alone: then it is the
    first that came as this one went."""
    if became[one] != head:
        return became[one]
    last = max(presence.get(one, ()), default=None)
    first = {each: min(presence[each]) for each in parents(head, became) if each != one and presence.get(each)}
    own = min(presence.get(one, ()), default=None)
    after = [each for each, began in first.items() if last and own and began >= last and began > own]
    return min(after, key=lambda each: (first[each], each), default=head)
