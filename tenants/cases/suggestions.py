"""What the case itself can answer of the registration form: nobody writes twice what stands there already. Pure."""

from collections.abc import Iterable, Mapping

from tenants.persons.card import Card
from tenants.triage.police import Police

type Suggested = dict[str, tuple[str, ...]]

# What a card calls the relation -> the form's code. A helper may work in housing or not, and whom somebody knows from
# the net may be anybody: of these nothing is said.
_RELATIONS: Mapping[str, str] = {
    "spouse": "partner", "ex": "partner", "parent": "family", "sibling": "family", "grandchild": "family",
    "in_law": "family", "family": "family", "friend": "acquaintance", "neighbour": "acquaintance",
    "resident": "co_resident", "volunteer": "other", "guardian": "guardian",
    "stranger": "stranger", "other": "other",
}  # fmt: skip
_REPORTED: Mapping[str, str] = {"yes": "reported", "no": "not_reported"}
# By these ways it came from another office or system, and whom it was told to first is not known.
_FROM_ELSEWHERE = frozenset({"transfer", "import"})


def suggested(
    *, category: str, channel: str, suspected: Iterable[Card], police: Police | None, first_teller: str = ""
) -> Suggested:
    """Question -> codes; what the case says nothing about is left out. So is who reported: that stays sealed, and
    whoever told it first may be somebody else."""
    found: Suggested = {"kategori": (category,), "handtert_av": ("tryggest_team",)}
    if channel not in _FROM_ELSEWHERE:
        found["meldt_til"] = ("tryggest",)
    if relations := tuple(dict.fromkeys(code for card in suspected if (code := _relation(card)))):
        found["relasjon"] = relations
    if police is not None and police.reported in _REPORTED:
        found["politi"] = (_REPORTED[police.reported],)
    if first_teller == "person":
        found["grunnlag"] = ("told_by_person",)
    return found


def _relation(card: Card) -> str:
    """One's own child is an answer of its own."""
    return "own_child" if card.own_child == "yes" else _RELATIONS.get(card.relation, "")
