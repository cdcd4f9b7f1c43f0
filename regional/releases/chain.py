"""Is the ledger whole? Every digest is worked out anew where the rows lie, and the last row is the end of the chain."""

from dataclasses import dataclass

from django.db import connection

from regional.releases.models import LedgerEntry
from varde.access.reader import Purpose
from varde.audit.models import Action, Entry

WORKER: Purpose = "returns"
_NUMBER = "Nr. "

_BREAKS = r"""
SELECT number, wrong FROM (
  SELECT e.number,
    CASE WHEN e.number <> coalesce(lag(e.number) OVER w, 0) + 1 THEN 'gap'
         WHEN e.previous <> coalesce(lag(e.digest) OVER w, '') THEN 'link'
         WHEN e.digest <> encode(sha256(convert_to(releases_text(e), 'UTF8')), 'hex') THEN 'content'
         WHEN strpos(e.by_name, E'\x1f') > 0 THEN 'content' END AS wrong
  FROM releases_entry e WINDOW w AS (ORDER BY e.number)) checked
WHERE wrong IS NOT NULL ORDER BY number LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The number and digest at the end, and the first breaks (number, kind)."""

    number: int
    digest: str
    breaks: tuple[tuple[int, str], ...]

    @property
    def whole(self) -> bool:
        """No break, and the last row is the end."""
        return not self.breaks


def said_in_log(row: LedgerEntry) -> str:
    """What the office's log says of a row."""
    return f"{_NUMBER}{row.number}, {row.digest}"


def agrees_with_log() -> bool:
    """Is everything that the log says was entered still there? As the purpose "verify", which reads both.

    Rows of the worker alone: anybody may say anything in the log in their own name, and could stop everything for good.
    """
    here = {said_in_log(row) for row in LedgerEntry.objects.defer("content")}
    mine = Entry.objects.filter(user_id__isnull=True, name=WORKER)
    said = mine.filter(what__startswith="releases.", action=Action.CREATE, reason__startswith=_NUMBER)
    return set(said.values_list("reason", flat=True)) <= here


def verify() -> Verdict:
    """Walk the ledger of this office, as somebody who may read all of it."""
    with connection.cursor() as cursor:
        cursor.execute(_BREAKS)
        found = [(int(number), str(kind)) for number, kind in cursor.fetchall()]
        cursor.execute("SELECT number, digest FROM releases_end()")
        number, digest = cursor.fetchone() or (0, "")
        cursor.execute("SELECT coalesce(max(number), 0), coalesce(max(digest) FILTER (WHERE number = %s), '')"
                       " FROM releases_entry", [number])  # fmt: skip
        last, own = cursor.fetchone() or (0, "")
    if last != number or own != digest:
        found.append((number, "tail"))
    return Verdict(number, digest, tuple(found))
