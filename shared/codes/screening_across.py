"""The last pass of the screening: weak signs of one person that lie spread over a whole matter. Pure."""

import re
from collections.abc import Mapping

from shared.codes.screening import Hit, Words
from shared.codes.screening_fold import folded
from shared.codes.screening_rules import as_written, signs

_SOMEBODY = re.compile(r"\b(?:hun|han|hen|henne|ham|hennes|hans)\b", re.IGNORECASE)


def hits_across(texts: Mapping[str, str], found: Mapping[str, tuple[Hit, ...]], words: Words) -> dict[str, list[Hit]]:
    """Weak signs of one person spread over several sentences or texts: a small place, and something uncommon or an age.

    Only those that no other rule has found.
    """
    read_as = {name: folded(text) for name, text in texts.items()}
    spread = [(name, *sign) for name, one in read_as.items() for sign in signs(one.text, 0, words)]
    sorts = {sort for _, sort, _ in spread}
    of_one = "person" in sorts or any(_SOMEBODY.search(one.text) for one in read_as.values())
    told: dict[str, list[Hit]] = {name: [] for name in texts}
    if "place" in sorts and sorts & {"uncommon", "age"} and of_one:
        for name, sort, hit in spread:
            taken = [*found[name], *told[name]]
            new = as_written(Hit(hit.start, hit.end, "small_place", ""), read_as[name], texts[name])
            if sort != "person" and not any(new.start < one.end and one.start < new.end for one in taken):
                told[name].append(new)
    return told
