"""What people type, made safe to store without changing a word of it."""

import unicodedata
from collections.abc import Sequence

# Newline and tab are writing; every other control character is a mistake or an attack.
_WRITING = {"\n", "\t"}


def clean_text(value: str, max_length: int) -> str:
    """The text with one kind of line ending and no outer blanks.

    Raises ValueError with a Norwegian sentence: too long, NUL or other control characters, lone surrogates.
    """
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > max_length:
        raise ValueError(f"Teksten er for lang: {len(text)} tegn. Det er plass til {max_length}.")
    if any(unicodedata.category(char) == "Cs" for char in text):
        raise ValueError("Teksten inneholder et ødelagt tegn som ikke kan lagres. Skriv det på nytt.")
    if any(unicodedata.category(char) == "Cc" and char not in _WRITING for char in text):
        raise ValueError("Teksten inneholder et usynlig styretegn. Fjern det, for eksempel ved å lime inn uten format.")
    # Only blanks and invisible marks: nothing was written.
    return text if any(unicodedata.category(char)[0] not in "ZC" for char in text) else ""


def listed(names: Sequence[str], last: str = "og") -> str:
    """«Kari, Ola og Per»; "" of nobody."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


# Behind z in ASCII, in the order of the Norwegian alphabet; ä and ö sort as æ and ø.
_LAST = str.maketrans("æäøöå", "{{||}")


def norwegian(text: str) -> str:
    """A key that sorts æ, ø, å last."""
    return text.casefold().translate(_LAST)
