"""What a person who asks for access is told beside the content, and the grounds on which something is kept back."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from shared.codes.data_files import read
from shared.codes.strict import rows, texts, unique

FILE = "insight.json"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something is kept back, and where in the law."""

    code: str
    label: str
    law: str

    @property
    def said(self) -> str:
        """«Skrevet bare for intern saksforberedelse (personopplysningsloven § 16 …)»"""
        return f"{self.label} ({self.law})"


@dataclass(frozen=True, slots=True)
class Texts:
    """The whole list: sentences by what they are about, and the grounds."""

    version: str
    purposes: tuple[str, ...]
    grounds: tuple[str, ...]
    rights: tuple[str, ...]
    nothing: tuple[str, ...]
    withheld: tuple[Ground, ...]

    def ground(self, code: str) -> Ground:
        """The ground with this code. Raises ValueError when there is none."""
        for found in self.withheld:
            if found.code == code:
                return found
        raise ValueError(f"Ukjent grunnlag «{code}».")


@cache
def insight_texts() -> Texts:
    """The shipped list."""
    return parse(read("insight"))


def parse(content: Any) -> Texts:
    """The list of a file's content. Raises BadList for a missing text or a code that stands there twice."""
    withheld = tuple(Ground(**texts(row, ("code", "label", "law"), FILE)) for row in rows(content, "withheld", FILE))
    unique([each.code for each in withheld], FILE)
    said = {name: _said(content, name) for name in ("purposes", "grounds", "rights", "nothing")}
    return Texts(version=content["version"], withheld=withheld, **said)


def _said(content: Any, name: str) -> tuple[str, ...]:
    found = [texts(row, ("code", "label"), FILE) for row in rows(content, name, FILE)]
    unique([each["code"] for each in found], FILE)
    return tuple(each["label"] for each in found)
