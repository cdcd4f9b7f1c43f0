"""`varde retention --office SLUG [--dry-run]`: how many of each class are due, and the end of what is confirmed."""

from varde.cli_errors import Complaint, Parser
from varde.privacy.errors import CannotOpen, KeeperAway
from varde.retention import registry
from varde.tenancy.directory import offices
from varde.tenancy.door import OfficeRef


def main(argv: list[str]) -> int:
    """0 when nothing is left that should have gone, 1 when something could not go. Raises Complaint."""
    chosen = _parser().parse_args(argv)
    ref = next((ref for ref in offices() if ref.slug == chosen.office), None)
    if ref is None:
        raise Complaint(f"Kontoret «{chosen.office}» finnes ikke.")
    try:
        return _look(ref) if chosen.dry_run else _run(ref)
    except (KeeperAway, CannotOpen) as error:
        raise Complaint(str(error)) from error


def _parser() -> Parser:
    parser = Parser(
        prog="varde retention",
        description="Oppbevaring: tell opp, og slett det som er bekreftet og der angrefristen er ute",
        allow_abbrev=False,
    )
    parser.add_argument("--office", required=True, help="kontorets adresse (slug)")
    parser.add_argument("--dry-run", action="store_true", help="bare tell opp, slett ingenting")
    return parser


def _look(ref: OfficeRef) -> int:
    lines = registry.lines_of(ref)
    if not lines:
        print(f"{ref.name}: ingenting med oppbevaringstid")
        return 0
    print(f"{'':<44}{'avsluttet':>10}{'klare':>10}{'bekreftet':>10}{'slettet':>10}")
    for line in lines:
        name = line.name if line.decided else f"{line.name} (ikke vedtatt)"
        print(f"{name:<44}{line.over:>10}{line.due:>10}{line.confirmed:>10}{line.gone:>10}")
    return 0


def _run(ref: OfficeRef) -> int:
    done = registry.run_all(ref)
    print(f"{ref.name}: {done.gone} slettet, {done.left} kunne ikke slettes")
    for reason in done.reasons:
        print(f"  {reason}")
    return int(done.left > 0)
