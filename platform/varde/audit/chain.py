"""Is the log whole? Recomputes every digest where the rows lie, and follows the chain from the first to the head."""

from dataclasses import dataclass

from varde.tenancy.fleet import Connection

# One pass in number order: gaps, a previous digest that is not the one before, and a digest that is not the row's.
BREAKS = r"""
SELECT number, wrong FROM (
  SELECT e.number,
    CASE WHEN e.number <> coalesce(lag(e.number) OVER w, 0) + 1 THEN 'gap'
         WHEN e.previous <> coalesce(lag(e.digest) OVER w, '') THEN 'link'
         WHEN e.digest <> encode(sha256(convert_to(audit_text(e), 'UTF8')), 'hex') THEN 'content'
         WHEN strpos(concat(e.name, e.role, e.what, e.object_id, e.reason, e.ground, e.request_id), E'\x1f') > 0
           THEN 'content' END AS wrong  -- the sign between the columns inside one: text moved from column to column
  FROM audit_entry e WINDOW w AS (ORDER BY e.number)) checked
WHERE wrong IS NOT NULL ORDER BY number LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: rows in the log, the head's number and digest, and the first breaks (number, kind)."""

    rows: int
    number: int
    digest: str
    breaks: tuple[tuple[int, str], ...]

    @property
    def whole(self) -> bool:
        """No break, and the last row is the head."""
        return not self.breaks


def verify(connection: Connection, schema: str) -> Verdict:
    """Check the log of one schema, in the caller's transaction."""
    connection.execute("SELECT set_config('search_path', %s, true)", [schema])
    found = [(int(number), str(kind)) for number, kind in connection.execute(BREAKS.encode())]
    last = connection.execute("SELECT count(*), coalesce(max(number), 0) FROM audit_entry").fetchone() or (0, 0)
    head = connection.execute("SELECT number, digest FROM audit_head WHERE id = 1").fetchone() or (0, "")
    ends = connection.execute("SELECT digest FROM audit_entry WHERE number = %s", [head[0]]).fetchone()
    if head[0] != last[1] or (ends and ends[0] != head[1]):
        found.append((head[0], "tail"))
    return Verdict(last[0], head[0], head[1], tuple(found))


def digests_of(connection: Connection, numbers: list[int]) -> dict[int, str]:
    """The digests of the rows with these numbers, in the schema that `verify` went to."""
    rows = connection.execute("SELECT number, digest FROM audit_entry WHERE number = ANY(%s)", [numbers])
    return {int(number): str(digest) for number, digest in rows}
