"""What has been said: a cell and its value, or that it is not told. As the ledger holds it. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regional.releases.cells import Cell
from regional.releases.problem import Json, Stated

KINDS = ("codes", "any", "answered", "blank", "ticks", "multi", "calls", "cross", "of", "rest")


class BadStatement(ValueError):
    """A ledger row or a release that cannot be read; the text says what is wrong, never a figure."""


@dataclass(frozen=True, slots=True)
class Statement:
    """`value` is None for what was withheld, whatever it is."""

    cell: Cell
    value: int | None

    def as_json(self) -> Json:
        """The cell as the atoms it adds up (question, answers, periods), and the value."""
        cell = self.cell
        return {
            "question": cell.question,
            "kind": cell.kind,
            "codes": list(cell.codes),
            "periods": list(cell.periods),
            "value": self.value,
        }


def read(content: Any) -> Statement:
    """A statement as it stands in the ledger. Raises BadStatement."""
    if not isinstance(content, dict) or content.keys() != {"question", "kind", "codes", "periods", "value"}:
        raise BadStatement("En utsagnsrad har feil felt.")
    kind, value = content["kind"], content["value"]
    whole = type(value) is int and value >= 0
    lists = all(isinstance(each, str) for name in ("codes", "periods") for each in content[name])
    if kind not in KINDS or not (value is None or whole) or not lists or not content["periods"]:
        raise BadStatement("En utsagnsrad har en verdi som ikke kan leses.")
    cell = Cell(str(content["question"]), kind, tuple(content["codes"]), tuple(content["periods"]))
    return Statement(cell, value)


def of_release(problem: Json, stated: Sequence[Stated], release: Json) -> list[Statement]:
    """What a protected release says of the open cells, each of them once.

    Raises BadStatement for a release that does not say of each whether it is shown.
    """
    shown, hidden = list(release["show"]), list(release["hide"])
    open_ = {one.cell.id: one.cell for one in stated if one.state == "open"}
    if sorted(shown + hidden) != sorted(open_):
        raise BadStatement("Utgivelsen svarer ikke på de tallene det ble spurt om.")
    counts = {atom["id"]: atom["count"] for atom in problem["atoms"]}
    atoms = {cell["id"]: cell["atoms"] for cell in problem["cells"]}
    visible = set(shown)
    return [
        Statement(cell, sum(counts[atom] for atom in atoms[name]) if name in visible else None)
        for name, cell in open_.items()
    ]


def canonical(content: Any) -> bytes:
    """The bytes of a frozen copy: the same content gives the same bytes."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(content: bytes) -> str:
    """The bytes' fingerprint."""
    return hashlib.sha256(content).hexdigest()


def by_id(statements: Iterable[Statement]) -> Mapping[str, int | None]:
    """Values by cell."""
    return {each.cell.id: each.value for each in statements}
