"""`varde post`: what is under way anywhere, and how old it is. Times and types, never content."""

from shared.post.actions import open_mail
from shared.post.queries import UnderWay, under_way
from shared.registry.queries import all_offices
from varde.cli_errors import Parser
from varde.tenancy.door import OfficeRef, office


def main(argv: list[str]) -> int:
    """`varde post [list|sweep]`; 0 also when nothing waits."""
    parser = Parser(prog="varde post", description="Brev mellom kontorene")
    parser.add_argument("what", nargs="?", choices=("list", "sweep"), default="list")
    chosen = parser.parse_args(argv)
    if chosen.what == "sweep":
        opened = sum(open_mail(ref) for ref in all_offices())
        print(f"{opened} brev levert")
    seen = {letter.id: letter for ref in all_offices() for letter in _of(ref)}
    print(f"{len(seen)} brev underveis")
    for letter in sorted(seen.values(), key=lambda row: row.sent_at):
        minutes = int(letter.age.total_seconds() // 60)
        when = f"{letter.sent_at:%Y-%m-%d %H:%M}Z"
        print(f"{when}  {minutes:>6} min  {letter.kind:<18} {letter.sender} -> {letter.recipient}")
    return 0


def _of(ref: OfficeRef) -> list[UnderWay]:
    with office(ref):
        return under_way(ref)
