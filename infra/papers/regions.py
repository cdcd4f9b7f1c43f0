"""The part of a page between two markers, which a person does not edit."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "infra" / "docs"
_REGION = r"<!-- generated: {name} -->\n(.*?)<!-- /generated -->"


class NoRegion(LookupError):
    """The page lacks the markers of a part that should be written into it."""


def replace(text: str, name: str, content: str) -> str:
    """The page with the named part made anew. Raises NoRegion."""
    pattern = re.compile(_REGION.format(name=re.escape(name)), re.DOTALL)
    if not pattern.search(text):
        raise NoRegion(f"Siden mangler «<!-- generated: {name} -->».")
    made = f"<!-- generated: {name} -->\n\n{content.strip()}\n\n<!-- /generated -->"
    return pattern.sub(lambda _: made, text, count=1)


def rows_of(text: str) -> list[list[str]]:
    """Every row of every table of a page as its cells, without the rules between head and body."""
    lines = [line.strip() for line in text.splitlines() if line.strip().startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if not set("".join(row)) <= set("-: ")]
