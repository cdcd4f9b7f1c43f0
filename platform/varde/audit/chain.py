"""Is the log whole? Recomputes every digest where the rows lie, and follows the chain from the first to the head."""

from dataclasses import dataclass
from uuid import UUID

from varde.tenancy.fleet import Connection

# One pass in number order: gaps, a previous digest that is not the one before, and a digest that is not the row's.
_BREAKS = r"""
SELECT number, wrong FROM (
  SELECT e.number,
    CASE WHEN e.number <> coalesce(lag(e.number) OVER w, 0) + 1 THEN 'gap'
         WHEN e.previous <> coalesce(lag(e.digest) OVER w, '') THEN 'link'
         WHEN e.digest <> encode(sha256(convert_to({text}(e), 'UTF8')), 'hex') THEN 'content'
         WHEN strpos(concat(e.name, e.role, e.what, e.object_id, e.reason, e.ground, e.request_id), E'\x1f') > 0
           THEN 'content' END AS wrong  -- the sign between the columns inside one: text moved from column to column
  FROM {rows} e WINDOW w AS (ORDER BY e.number)) checked
WHERE wrong IS NOT NULL ORDER BY number LIMIT 20
"""
BREAKS = _BREAKS.format(text="audit_text", rows="audit_entry")
# The log of an office that has become part of this one: a chain of its own.
_FORMER = _BREAKS.format(
    text="audit_former_text",
    rows="(SELECT * FROM audit_former f WHERE f.office = current_setting('varde.former')::uuid)",
).replace("audit_former_text(e)", "audit_former_text(ROW(e.*)::audit_former)")


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


@dataclass(frozen=True, slots=True)
class Former:
    """Whose log stands beside this office's own, and what was found of it."""

    id: UUID
    name: str
    slug: str
    verdict: Verdict


def formers(connection: Connection) -> list[Former]:
    """The logs of offices that have become part of this one, in the schema that `verify` went to, each checked."""
    logs = connection.execute("SELECT id, name, slug, last, digest FROM audit_formerlog ORDER BY name, id").fetchall()
    return [Former(office, name, slug, _former(connection, office, last, digest)) for office, name, slug, last, digest
            in logs]  # fmt: skip


def _former(connection: Connection, office: UUID, last: int, digest: str) -> Verdict:
    connection.execute("SELECT set_config('varde.former', %s, true)", [str(office)])
    found = [(int(number), str(kind)) for number, kind in connection.execute(_FORMER.encode())]
    asked = "SELECT count(*), coalesce(max(number), 0) FROM audit_former WHERE office = %s"
    rows, most = connection.execute(asked, [office]).fetchone() or (0, 0)
    ends = former_digests(connection, office, [last]).get(last, "")
    if most != last or (last and ends != digest):
        found.append((last, "tail"))
    return Verdict(rows, last, digest, tuple(found))


def former_digests(connection: Connection, office: UUID, numbers: list[int]) -> dict[int, str]:
    """As `digests_of`, of the log of an office that has become part of this one."""
    asked = "SELECT number, digest FROM audit_former WHERE office = %s AND number = ANY(%s)"
    return {int(number): str(digest) for number, digest in connection.execute(asked, [office, numbers])}


def digests_of(connection: Connection, numbers: list[int]) -> dict[int, str]:
    """The digests of the rows with these numbers, in the schema that `verify` went to."""
    rows = connection.execute("SELECT number, digest FROM audit_entry WHERE number = ANY(%s)", [numbers])
    return {int(number): str(digest) for number, digest in rows}
