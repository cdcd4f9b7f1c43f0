"""Who works together right now, as SQL: read by the directory on the public host and by the view in every office.

The rule itself stands in `shared.registry.standing`; the two are held together by a test.
"""

# `{at}`: a time; `{kommune}`: a column or value with the kommune's id; `{words}`: the table or the view of the words.
# Both sides have said something that has begun, and the newest of each is yes, said after the last no that has begun of
# the other (a no that was taken back before it began never was). Of two agreements the newest counts.
_IN_FORCE = """
SELECT d.agreement, d.region AS region_id, bool_or(d.host AND d.said_by = d.region) AS host
  FROM (SELECT DISTINCT ON (s.agreement, s.region, s.said_by)
               s.agreement, s.region, s.said_by, s.host, s.said_at, CASE WHEN EXISTS (
               SELECT 1 FROM {words} o
                WHERE o.kommune = s.kommune AND (o.agreement, o.region) = (s.agreement, s.region)
                  AND o.said_by <> s.said_by AND o.word = 'out' AND o.at <= {at}
                  AND (s.at < o.at OR s.said_at <= o.said_at) AND NOT EXISTS (
                    SELECT 1 FROM {words} l
                     WHERE l.kommune = o.kommune
                       AND (l.agreement, l.region, l.said_by) = (o.agreement, o.region, o.said_by)
                       AND l.at <= o.at AND (l.said_at, l.id) > (o.said_at, o.id)))
               THEN 'out' ELSE s.word END AS word
          FROM {words} s WHERE s.kommune = {kommune} AND s.at <= {at}
         ORDER BY s.agreement, s.region, s.said_by, s.said_at DESC, s.id DESC) d
 GROUP BY d.agreement, d.region HAVING count(*) = 2 AND bool_and(d.word = 'in')
 ORDER BY max(d.said_at) DESC, d.agreement DESC LIMIT 1
"""


def in_force(*, words: str, kommune: str, at: str = "statement_timestamp()") -> str:
    """A query of at most one row: agreement, region_id and host of the agreement that a kommune is in."""
    return " ".join(_IN_FORCE.format(words=words, kommune=kommune, at=at).split())


def beside(table: str, words: str) -> str:
    """A join that gives each row of the offices (`table`: its alias) the columns of `w`, null outside agreements."""
    found = in_force(words=words, kommune=f"{table}.id")
    return f"LEFT JOIN LATERAL ({found}) w ON {table}.kind = 'kommune'"


def next_change(table: str, words: str) -> str:
    """When something next changes for an office by what is already said; null when nothing will."""
    return (
        f"(SELECT min(s.at) FROM {words} s WHERE {table}.id IN (s.kommune, s.region)"  # noqa: S608
        " AND s.at > statement_timestamp())"
    )
