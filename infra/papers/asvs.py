"""The table of OWASP ASVS 5.0 in asvs.md: numbers and levels checked against the standard's own, states counted."""

from collections import Counter

from infra.papers.fields import Missing
from infra.papers.regions import DOCS, rows_of

STATES = ("oppfylt", "delvis", "under arbeid", "drift", "ikke oppfylt", "ikke relevant")

# Requirements per section of version 5.0.0 (345 in all), so that none is left out.
SECTIONS = {
    1: (2, 10, 12, 3, 3), 2: (3, 3, 5, 2), 3: (1, 3, 5, 8, 8, 1, 5), 4: (5, 5, 2, 4), 5: (1, 6, 3, 3),
    6: (3, 12, 8, 6, 8, 4, 2, 4), 7: (3, 4, 2, 5, 3, 2), 8: (4, 4, 3, 2), 9: (3, 4), 10: (2, 3, 5, 16, 5, 2, 3),
    11: (4, 5, 5, 4, 2, 2, 2), 12: (5, 2, 5), 13: (4, 6, 4, 7), 14: (2, 8, 3), 15: (5, 5, 7, 4), 16: (1, 5, 4, 3, 4),
    17: (2, 8, 2),
}  # fmt: skip


def numbers() -> list[str]:
    """Every requirement number of the standard, in order: "1.1.1" …"""
    return [
        f"{chapter}.{section}.{item}"
        for chapter, sizes in SECTIONS.items()
        for section, size in enumerate(sizes, start=1)
        for item in range(1, size + 1)
    ]


def items() -> list[list[str]]:
    """Rows of the table: number, level, what it asks in short, state, where or why not."""
    rows = rows_of((DOCS / "asvs.md").read_text("utf-8"))
    return [row for row in rows if len(row) == 5 and row[0][:1].isdigit() and row[0].count(".") == 2]


def counts(_missing: Missing) -> str:
    """States by level."""
    found = Counter((row[3], row[1]) for row in items())
    lines = []
    for state in STATES:
        by_level = [found[state, level] for level in "123"]
        lines.append(f"| {state} | {' | '.join(map(str, by_level))} | {sum(by_level)} |")
    sums = [sum(count for (_, at), count in found.items() if at == level) for level in "123"]
    lines.append(f"| **i alt** | {' | '.join(map(str, sums))} | **{sum(sums)}** |")
    return "| tilstand | nivå 1 | nivå 2 | nivå 3 | i alt |\n|---|---|---|---|---|\n" + "\n".join(lines)
