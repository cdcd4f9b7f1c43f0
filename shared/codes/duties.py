"""The duties to weigh in every matter: each with its question, a help text and its place in the law."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from shared.codes import legal
from shared.codes.data_files import read
from shared.codes.strict import known, rows, texts, unique

FILE = "duties.json"
_FIELDS = ("code", "label", "legal", "question", "help")


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty. `legal` is a code of `shared.codes.legal`; `help` says when it applies and whom to tell."""

    code: str
    label: str
    legal: str
    question: str
    help: str

    @property
    def citation(self) -> str:
        """For example «straffeloven § 196»."""
        return legal.reference(self.legal).citation

    @property
    def url(self) -> str:
        """Where the section can be read."""
        return legal.reference(self.legal).url


@cache
def duties() -> tuple[Duty, ...]:
    """Every duty of the shipped list, in the order they are asked."""
    return parse(read("duties"))


def version() -> str:
    """The version of the list, kept beside every answer."""
    return str(read("duties")["version"])


def duty(code: str) -> Duty:
    """The duty with this code. Raises ValueError when there is none."""
    for found in duties():
        if found.code == code:
            return found
    raise ValueError(f"Ukjent plikt «{code}».")


def parse(content: Any) -> tuple[Duty, ...]:
    """The duties of a file's content. Raises BadList for a missing text, a code twice or an unknown legal reference."""
    found = tuple(Duty(**texts(row, _FIELDS, FILE)) for row in rows(content, "duties", FILE))
    unique([each.code for each in found], FILE)
    laws = {each.code for each in legal.references() if each.kind == "duty"}
    for each in found:
        known(each.legal, laws, "hjemmel", f"{FILE}, «{each.code}»")
    return found
