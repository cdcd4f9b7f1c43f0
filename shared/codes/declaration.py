"""The declaration of confidentiality that operators sign: the shipped text, and what tells one text from another."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from shared.codes.data_files import read


@dataclass(frozen=True, slots=True)
class DeclarationText:
    """What is signed, and for how many months a signature holds."""

    title: str
    text: str
    months: int

    @property
    def sha256(self) -> str:
        """Two texts with the same print are the same text; a new one asks for a new signature."""
        return print_of(self.title, self.text)


def print_of(title: str, text: str) -> str:
    """As the database works it out too."""
    return sha256(f"{title}\n{text}".encode()).hexdigest()


@cache
def shipped() -> DeclarationText:
    """The text that an office has until it writes its own."""
    data = read("phone_declaration")
    return DeclarationText(data["title"], data["text"], int(data["months"]))
