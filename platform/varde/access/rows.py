"""Row rights, said beside the model: who may see and change which rows (M2). Rendered with the table's other rights.

    class Note(AppendOnly):
        row_rights = RowRights(people="case_open(case_id, (SELECT access_user()))", purposes={"returns": "SELECT"})

A condition is SQL over the table's own columns. `(SELECT access_user())` is worked out once per statement. A row that
no right covers is not there: not for a count, not for a sum, not for an update.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from varde.access.reader import Purpose

USER = "(SELECT access_user())"
# Who the ticket names, also one who is lent here no more: for the log and for how somebody logs in, nothing else.
SIGNED = "(SELECT access_signed())"
PURPOSE = "(SELECT access_purpose())"


def said_now(name: str = "by_name", at: str = "at") -> str:
    """For `may_insert`: the row carries the name of whoever lays it, and no time to come."""
    own = f"(SELECT left(u.name, 200) FROM identity_user u WHERE u.id = {USER})"  # noqa: S608
    return f"{name} = {own} AND {at} <= clock_timestamp() + interval '1 minute'"


@dataclass(frozen=True, slots=True)
class RowRights:
    """`people`: rows that are there for the person of the ticket. `purposes`: verbs of named purposes on all rows, or
    on those of `purpose_rows`. `deposit`: who may lay a row that they cannot see afterwards. `may_insert`: what a new
    row must fulfil for people, and `may_change` a row that they change or delete, where that differs from what they
    see; `may_delete` where deleting differs from changing."""

    people: str = "false"
    purposes: Mapping[Purpose, str] = field(default_factory=dict)
    purpose_rows: Mapping[Purpose, str] = field(default_factory=dict)
    deposit: str = ""
    may_insert: str = ""
    may_change: str = ""
    may_delete: str = ""

    def policies(self, table: str) -> Iterator[str]:
        """The statements; safe to say again."""
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;'
        # Named so that what costs nothing per row is asked first.
        for verb, wanted in sorted(self._by_verb().items()):
            yield from _policy(table, f"a_{verb.lower()}", verb, wanted)
        for verb in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            yield from _policy(table, f"people_{verb.lower()}", verb, self._people_to(verb))
        yield from _policy(table, "b_deposit", "INSERT", self.deposit or "false")

    def _people_to(self, verb: str) -> str:
        deletes = self.may_delete or self.may_change
        own = {"SELECT": "", "INSERT": self.may_insert, "DELETE": deletes}.get(verb, self.may_change)
        return own or self.people

    def _by_verb(self) -> dict[str, str]:
        verbs: dict[str, list[str]] = {verb: [] for verb in ("SELECT", "INSERT", "UPDATE", "DELETE")}
        for purpose, said in self.purposes.items():
            for verb in said.replace(",", " ").split():
                verbs[verb].append(f"WHEN '{purpose}' THEN ({self.purpose_rows.get(purpose, 'true')})")
        # One question for them all: each `(SELECT …)` would be worked out for itself.
        return {
            verb: f"CASE {PURPOSE} {' '.join(wanted)} ELSE false END" if wanted else "false"
            for verb, wanted in verbs.items()
        }


def _policy(table: str, name: str, verb: str, wanted: str) -> Iterator[str]:
    yield f'DROP POLICY IF EXISTS {name} ON "{table}";'
    check = f"WITH CHECK ({wanted})" if verb == "INSERT" else f"USING ({wanted})"
    yield f'CREATE POLICY {name} ON "{table}" FOR {verb} {check};'
