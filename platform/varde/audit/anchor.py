"""The line that is put outside the office once a day: the day, the office, the log's last number and its digest.

Pure. Whoever can rewrite the whole log can make it fit itself again; they cannot make it fit a line that lies where
they do not reach: in the kommune's mail, with a time stamping authority, on a host of its own.
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) ([a-z0-9-]{1,63}) (\d{1,18}) ([0-9a-f]{64})(?: ([A-Za-z0-9+/=]+))?\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """An anchor as it is written down; `stamp` is the time stamping authority's answer (RFC 3161), or empty."""

    day: date
    slug: str
    number: int
    digest: str
    stamp: bytes = b""

    @property
    def text(self) -> str:
        """What is mailed and stamped."""
        return f"{self.day.isoformat()} {self.slug} {self.number} {self.digest}"

    @property
    def kept(self) -> str:
        """What stands in the file: the text, and the stamp behind it."""
        return f"{self.text} {base64.b64encode(self.stamp).decode()}" if self.stamp else self.text


def lines_in(text: str, slug: str) -> list[Line]:
    """The lines of an office in a file or a saved mail, oldest first; everything else there is passed over."""
    found = (_read(match) for match in map(_LINE.fullmatch, text.splitlines()) if match and match[2] == slug)
    return sorted((line for line in found if line is not None), key=lambda line: (line.number, line.day))


def _read(match: re.Match[str]) -> Line | None:
    try:
        stamp = base64.b64decode(match[5] or "", validate=True)
        return Line(date.fromisoformat(match[1]), match[2], int(match[3]), match[4], stamp)
    except (ValueError, binascii.Error):
        return None


@dataclass(frozen=True, slots=True)
class Against:
    """A log held against its anchors: those that fit up to the first that does not, and what is wrong with that one.

    `wrong`: "" nothing, "cut" the row is gone, "rewritten" another row stands there, "stamp" the stamp is of
    something else, "broken" the chain breaks before it.
    """

    sound: Line | None
    first_wrong: Line | None = None
    wrong: str = ""


def hold(
    lines: list[Line],
    digests: Mapping[int, str],
    breaks: tuple[tuple[int, str], ...],
    stamped: Callable[[Line], bool] = lambda _line: True,
) -> Against:
    """Compare; `digests` are those of the rows whose numbers the lines name."""
    broken_at = min((number for number, _ in breaks), default=None)
    sound = None
    for line in lines:
        wrong = _wrong(line, digests.get(line.number), broken_at, stamped)
        if wrong:
            return Against(sound, line, wrong)
        sound = line
    return Against(sound)


def _wrong(line: Line, digest: str | None, broken_at: int | None, stamped: Callable[[Line], bool]) -> str:
    if line.stamp and not stamped(line):
        return "stamp"
    if digest is None:
        return "cut"
    if digest != line.digest:
        return "rewritten"
    return "broken" if broken_at is not None and broken_at <= line.number else ""
