"""Every row of two kommuner laid in the schema of the one that they become, and held against what it was.

As the owner of the tables, inside the new office's transaction, with the map of people laid (`merge_people`). The
rooms' own triggers judge what somebody writes; here nothing is written, so they are put aside for the copy and are back
before the commit. Row rights do not bind the owner, and none is changed.
"""

from collections import defaultdict
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from uuid import UUID

from django.db import connection
from psycopg import sql

from shared.merging.columns import ANEW, APART, GIVES_ACCESS, JOINED, LEFT_OUT, MARKED, PEOPLE, SERIAL
from varde.tenancy.door import OfficeRef

_COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, NULL) FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
 WHERE c.relkind = 'r' AND c.relnamespace = %s::regnamespace ORDER BY c.relname, a.attnum
"""
_KEYS = """
SELECT t.relname, a.attname, o.relname FROM pg_constraint k
  JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (k.conkey)
 WHERE k.contype = 'f' AND k.connamespace = %s::regnamespace
"""
_MAPPED = frozenset({"identity_user", "identity_provider"})
_ONCE = {"identity_user": "id", "identity_provider": "id", "mfa_authenticator": "user_id"}
LOG = (
    "id", "at", "user_id", "name", "role", "action", "what", "object_id", "reason", "ground", "request_id",
    "matter_id", "number", "previous", "digest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: 1 or 2."""

    number: int
    ref: OfficeRef


@dataclass(frozen=True, slots=True)
class Table:
    """A table, its columns with their types, and those that name a person or a provider."""

    name: str
    columns: tuple[tuple[str, str], ...]
    named: frozenset[str]

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """Without the number that the database gives."""
        return tuple(each for each in self.columns if each[0] != "id" or self.name not in SERIAL)


def tables(schema: str) -> list[Table]:
    """Those whose rows are carried as they are, each after what it points at."""
    columns: dict[str, list[tuple[str, str]]] = defaultdict(list)
    needs: dict[str, set[str]] = defaultdict(set)
    named = {table: set(names) for table, names in PEOPLE.items()}
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [schema])
        for table, column, kind in cursor.fetchall():
            columns[table].append((column, kind))
        cursor.execute(_KEYS, [schema])
        for table, column, other in cursor.fetchall():
            if other in _MAPPED:
                named.setdefault(table, set()).add(column)
            if other != table:
                needs[table].add(other)
    left = LEFT_OUT | APART | ANEW
    return [
        Table(name, tuple(columns[name]), frozenset(named.get(name, ())))
        for name in _ordered(columns, needs)
        if name not in left
    ]


def _ordered(columns: dict[str, list[tuple[str, str]]], needs: dict[str, set[str]]) -> list[str]:
    names = sorted(columns)
    try:
        order = TopologicalSorter({name: sorted(needs[name]) for name in names}).static_order()
        return [name for name in order if name in columns]
    except CycleError:  # the keys are asked at the end of the copy in any case
        return names


def _values(table: Table, side: Side, both: list[UUID]) -> sql.Composable:
    """What each column holds in the new office."""
    return sql.SQL(", ").join(_value(table, side, both, name, kind) for name, kind in table.carried)


def _value(table: Table, side: Side, both: list[UUID], name: str, kind: str) -> sql.Composable:
    column = sql.Identifier("t", name)
    if name in table.named:
        return sql.SQL("pg_temp.merged({}, {})").format(side.number, column)
    if kind == "jsonb":
        return sql.SQL("pg_temp.merged_json({}, {})").format(side.number, column)
    if name == "former" and table.name in MARKED:
        return sql.SQL("coalesce({}, {}::uuid)").format(column, str(side.ref.id))
    if name == "for_office" and table.name == "identity_user":
        # Whom one lent to the other is the new one's own.
        return sql.SQL("CASE WHEN {0} = ANY ({1}::uuid[]) THEN NULL ELSE {0} END").format(
            column, [str(x) for x in both]
        )
    return column


def _rows(table: Table, side: Side) -> sql.Composable:
    """Which of them: of an account or provider that is joined away there is no second row, nor its second factor, nor
    what it may where it was closed or lent and the one that stays is not."""
    place = sql.Identifier(side.ref.schema, table.name)
    column, only = ("user_id", "holds") if table.name in GIVES_ACCESS else (_ONCE.get(table.name), "stays")
    if column is None:
        return sql.SQL("{} t").format(place)
    return sql.SQL("{} t WHERE EXISTS (SELECT 1 FROM merge_map m WHERE m.side = {} AND m.{} AND m.old = t.{})").format(
        place, side.number, sql.Identifier(only), sql.Identifier(column)
    )


def empty(found: list[Table]) -> None:
    """The new office as it was born, but for what it is itself: an earlier try may have been cut short."""
    names = [*(table.name for table in found), *sorted(ANEW)]
    every = sql.SQL(", ").join(map(sql.Identifier, names))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(every).as_string())


def copy(found: list[Table], sides: tuple[Side, Side]) -> dict[str, int]:
    """Lay every row; how many each table got. An error (a key that is there twice) undoes everything."""
    both = [side.ref.id for side in sides]
    laid: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        _triggers("DISABLE", found)
        for table in found:
            into = sql.SQL(", ").join(sql.Identifier(name) for name, _ in table.carried)
            again = sql.SQL(" ON CONFLICT DO NOTHING" if table.name in JOINED else "")
            laid[table.name] = 0
            for side in sides:
                statement = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}{}").format(
                    sql.Identifier(table.name), into, _values(table, side, both), _rows(table, side), again
                )
                cursor.execute(statement.as_string())
                laid[table.name] += cursor.rowcount
        laid["audit_former"] += sum(_log(side) for side in sides)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _triggers("ENABLE", found)
    return laid


def _triggers(verb: str, found: list[Table]) -> None:
    with connection.cursor() as cursor:
        for table in found:
            statement = sql.SQL(f"ALTER TABLE {{}} {verb} TRIGGER USER").format(sql.Identifier(table.name))
            cursor.execute(statement.as_string())


def _log(side: Side) -> int:
    """The whole log, and where it ended."""
    names = sql.SQL(", ").join(map(sql.Identifier, LOG))
    schema, ref = sql.Identifier(side.ref.schema), side.ref
    with connection.cursor() as cursor:
        lay = sql.SQL("INSERT INTO audit_former (office, {0}) SELECT {1}, {0} FROM {2}.audit_entry")
        cursor.execute(lay.format(names, str(ref.id), schema).as_string())
        rows: int = cursor.rowcount
        end = sql.SQL(
            "INSERT INTO audit_formerlog (id, name, number, slug, last, digest, at)"
            " SELECT %s, %s, %s, %s, coalesce(max(h.number), 0), coalesce(max(h.digest), ''), clock_timestamp()"
            " FROM {}.audit_head h"
        )
        cursor.execute(end.format(schema).as_string(), [ref.id, ref.name, ref.number, ref.slug])
    return rows


def missing(found: list[Table], sides: tuple[Side, Side]) -> dict[str, int]:
    """Rows of the two that are not in the new office as they should be, per table; of those that may be joined as many
    as are left out. Everything is compared, column by column."""
    both = [side.ref.id for side in sides]
    lost: dict[str, int] = {}
    with connection.cursor() as cursor:
        for table in found:
            names = sql.SQL(", ").join(sql.Identifier(name) for name, _ in table.carried)
            gone = 0
            for side in sides:
                statement = sql.SQL("SELECT count(*) FROM (SELECT {} FROM {} EXCEPT ALL SELECT {} FROM {}) x").format(
                    _values(table, side, both), _rows(table, side), names, sql.Identifier(table.name)
                )
                cursor.execute(statement.as_string())
                gone += int(cursor.fetchone()[0])
            if gone:
                lost[table.name] = gone
    return lost


def editions_apart(sides: tuple[Side, Side], editions: dict[str, tuple[str, ...]]) -> list[str]:
    """Tables in which the two have something else under one name: that cannot stand in one office."""
    apart = []
    with connection.cursor() as cursor:
        for table, names in editions.items():
            one, two = (sql.Identifier(side.ref.schema, table) for side in sides)
            using = sql.SQL(", ").join(map(sql.Identifier, names))
            ask = sql.SQL("SELECT EXISTS (SELECT 1 FROM {} a JOIN {} b USING ({}) WHERE a.content <> b.content)")
            cursor.execute(ask.format(one, two, using).as_string())
            if cursor.fetchone()[0]:
                apart.append(table)
    return apart
