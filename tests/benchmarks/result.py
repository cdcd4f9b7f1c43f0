"""One comparison, the table for people and the file for machines."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal


class Missing(Exception):
    """Something that a comparison needs is not there. The text says what."""


@dataclass(frozen=True, slots=True)
class Result:
    """Medians of both sides. `ratio` is ours divided by the other's."""

    name: str
    ours: float
    other: float
    unit: str
    better: Literal["lower", "higher"]

    @property
    def ratio(self) -> float:
        """Ours divided by the other's; with `better` it says who is ahead."""
        return self.ours / self.other

    @property
    def row(self) -> dict[str, object]:
        """As it stands in bench.json."""
        rounded = {"ours": round(self.ours, 4), "other": round(self.other, 4), "ratio": round(self.ratio, 3)}
        return asdict(self) | rounded


def table(results: Sequence[Result]) -> str:
    """Columns: what, ours, the other's, unit, ratio and which way is better."""
    head = f"{'hva':<34}{'vi':>11}{'de andre':>11}  {'enhet':<10}{'forhold':>9}  best er"
    lines = [
        f"{r.name:<34}{r.ours:>11.3f}{r.other:>11.3f}  {r.unit:<10}{r.ratio:>9.3f}  "
        f"{'lavt' if r.better == 'lower' else 'høyt'}"
        for r in results
    ]
    return "\n".join([head, *lines])


def write(results: Sequence[Result], path: Path) -> None:
    """The file that the contract names."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([r.row for r in results], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
