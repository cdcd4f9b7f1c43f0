"""Cases whose name is the same by chance, once two kommuner have become one."""

from django.db import connection

_NAME = """
UPDATE cases_case c SET twin = n.place FROM (
  SELECT id, row_number() OVER (PARTITION BY extract(year FROM counted_from), left(replace(id::text, '-', ''), 6)
                                ORDER BY opened_at, id) AS place FROM cases_case) n
 WHERE n.id = c.id AND n.place > c.twin
"""


def name_twins() -> None:
    """The later one is shown with «-2» from now on, and found under both. As the owner of the tables."""
    with connection.cursor() as cursor:
        cursor.execute(_NAME)
