"""What a shipped or loaded code list must keep to; a list that does not is refused whole, with a sentence."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any


class BadList(ValueError):
    """A code list that cannot be used; the text says which file, which line of it, and what is wrong."""


def rows(content: Any, name: str, file: str) -> list[Mapping[str, Any]]:
    """The rows under a name, of a list that says its version and its source. Raises BadList."""
    if not isinstance(content, dict):
        raise BadList(f"{file}: filen må være et JSON-objekt.")
    for said in ("version", "source"):
        if not isinstance(content.get(said), str) or not content[said].strip():
            raise BadList(f"{file}: «{said}» mangler.")
    found = content.get(name)
    if not isinstance(found, list) or not found or not all(isinstance(row, dict) for row in found):
        raise BadList(f"{file}: «{name}» må være en liste med minst én rad.")
    return found


def texts(row: Mapping[str, Any], names: Collection[str], file: str, *, empty: Collection[str] = ()) -> dict[str, str]:
    """A row that has exactly these names, each a text; only those in `empty` may be "". Raises BadList."""
    where = f"{file}, «{row.get('code', '?')}»"
    if unknown := sorted(set(row) - set(names)):
        raise BadList(f"{where}: ukjent felt «{unknown[0]}».")
    for name in names:
        if not isinstance(row.get(name), str) or not (row[name].strip() or name in empty):
            raise BadList(f"{where}: «{name}» mangler.")
    return {name: row[name] for name in names}


def unique(codes: Iterable[str], file: str) -> None:
    """Raises BadList for a code that stands there twice."""
    twice = [code for code, count in Counter(codes).items() if count > 1]
    if twice:
        raise BadList(f"{file}: koden «{twice[0]}» står to ganger.")


def known(code: str, among: Collection[str], what: str, where: str) -> str:
    """The code, when it is one of these. Raises BadList."""
    if code not in among:
        raise BadList(f"{where}: ukjent {what} «{code}».")
    return code
