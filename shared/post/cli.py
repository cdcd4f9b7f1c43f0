"""`varde post`: what is under way anywhere, whether anything is missing, and sending again. Times and types, never
content."""

from collections.abc import Iterator

from shared.post import ledger_actions, ledger_queries
from shared.post.actions import open_mail
from shared.post.ledger_models import CODES
from shared.post.queries import UnderWay, under_way
from shared.registry.queries import all_offices
from varde.cli_errors import Complaint, Parser
from varde.tenancy.door import OfficeRef, office
from varde.tenancy.work import work


def main(argv: list[str]) -> int:
    """`varde post [list|sweep|round|again] [--office SLUG]`; 1 when `round` finds something, else 0."""
    parser = Parser(prog="varde post", description="Brev mellom kontorene")
    parser.add_argument(
        "what",
        nargs="?",
        choices=("list", "sweep", "round", "again"),
        default="list",
        help="list: underveis · sweep: lever alt · round: mangler noe? · again: lever på nytt det som mangler",
    )
    parser.add_argument("--office", default="", help="bare dette kontoret")
    chosen = parser.parse_args(argv)
    offices = [ref for ref in all_offices() if chosen.office in ("", ref.slug)]
    if not offices:
        raise Complaint(f"Det finnes ikke noe kontor som heter «{chosen.office}».")
    if chosen.what == "round":
        return _round(offices)
    if chosen.what == "again":
        return _again(offices)
    return _list(offices, sweep=chosen.what == "sweep")


def _list(offices: list[OfficeRef], *, sweep: bool) -> int:
    if sweep:
        print(f"{sum(open_mail(ref) for ref in offices)} brev levert")
    seen = {letter.id: letter for ref in offices for letter in _of(ref)}
    print(f"{len(seen)} brev underveis")
    for letter in sorted(seen.values(), key=lambda row: row.sent_at):
        minutes = int(letter.age.total_seconds() // 60)
        when = f"{letter.sent_at:%Y-%m-%d %H:%M}Z"
        print(f"{when}  {minutes:>6} min  {letter.kind:<18} {letter.sender} -> {letter.recipient}")
    return 0


def _of(ref: OfficeRef) -> list[UnderWay]:
    with office(ref):
        return under_way(ref)


def _round(offices: list[OfficeRef]) -> int:
    """Every office looks at its own letters; then what does not fit is listed."""
    for ref in offices:
        ledger_actions.make_round(ref)
    lines = [line for ref in offices for line in _findings(ref)]
    print(f"{len(lines)} ting stemmer ikke")
    print("\n".join(lines), end="\n" if lines else "")
    return 1 if lines else 0


def _findings(ref: OfficeRef) -> Iterator[str]:
    with work(ref, "ledger") as by:
        names = ledger_queries.names()
        for row in ledger_queries.open_findings(by):
            about = f"{row.kind} {row.letter_id}" if row.letter_id else ""
            yield f"{row.first_at:%Y-%m-%d %H:%M}Z  {ref.name}: {dict(CODES)[row.code]}, {names.get(row.other)} {about}"


def _again(offices: list[OfficeRef]) -> int:
    """What somebody misses is opened once more by its recipient; what is there stays one."""
    asked = 0
    for ref in offices:
        with work(ref, "ledger") as by:
            wanted = [row.letter_id for row in ledger_queries.open_findings(by) if row.letter_id]
            asked += ledger_actions.redeliver(letter_ids=wanted, by=by) if wanted else 0
    for ref in all_offices():
        open_mail(ref)
    print(f"{asked} brev levert på nytt")
    return 0
