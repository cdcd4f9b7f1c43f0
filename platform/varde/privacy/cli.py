"""`varde keys status|rotate|retire|seal|destroy|sweep`: the keys that everything told is sealed under."""

import argparse
from uuid import UUID

from varde.cli_errors import Complaint, Parser
from varde.privacy import actions, rotation, sealing, sweeping
from varde.privacy.errors import CannotOpen, KeeperAway
from varde.tenancy.directory import offices
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


def main(argv: list[str]) -> int:
    """Run one of the verbs; 1 from `status` when something needs doing."""
    chosen = _parser().parse_args(argv)
    refs = [ref for ref in offices() if chosen.office in (None, ref.slug)]
    if not refs:
        raise Complaint(f"Kontoret «{chosen.office}» finnes ikke.")
    try:
        return max(_VERBS[chosen.verb](ref, chosen) for ref in refs)
    except (KeeperAway, CannotOpen, rotation.StillUsed) as error:
        raise Complaint(str(error)) from error


def _parser() -> Parser:
    parser = Parser(prog="varde keys", description="Nøklene som innholdet er lukket med")
    verbs = parser.add_subparsers(dest="verb", required=True, parser_class=Parser)
    for name, text, needs_office in (
        ("status", "hvor langt nøklene er kommet", False),
        ("seal", "lukk rader fra før nøklene", False),
        ("sweep", "rydd nøkkelhalvdeler som ingenting kan åpne", False),
        ("rotate", "ny kontornøkkel, eller fullfør et bytte som ble avbrutt", True),
        ("retire", "slett en gammel kontornøkkel for godt", True),
        ("destroy", "slett én saks innhold for godt, også i sikkerhetskopier", True),
    ):
        verb = verbs.add_parser(name, help=text, description=text.capitalize())
        verb.add_argument("--office", required=needs_office, help="kontorets adresse (slug)")
        if name == "sweep":
            verb.add_argument("--yes", action="store_true", help="også når basen ser eldre ut enn nøklene")
        if name == "retire":
            verb.add_argument("--key", required=True, help="nøkkelens navn, se «varde keys status»")
        if name == "destroy":
            verb.add_argument("--matter", required=True, type=UUID, help="sakens id (bekymringens uuid)")
            verb.add_argument("--reason", required=True, help="hvorfor; står i loggen")
    return parser


def _status(ref: OfficeRef, _chosen: argparse.Namespace) -> int:
    found = rotation.standing(ref)
    state = "svarer" if found.healthy else "SVARER IKKE"
    under = ", ".join(f"{key_id}: {found.under.get(key_id, 0)}" for key_id in found.key_ids) or "ingen nøkkel"
    left = f"{found.left} gjenstår" if found.left else "alle under den nyeste"
    print(f"{ref.name:<24}{state:<13}{under}  ({left}, {found.destroyed} slettet)")
    return 0 if found.healthy and not found.left else 1


def _rotate(ref: OfficeRef, _chosen: argparse.Namespace) -> int:
    if rotation.standing(ref).left:
        print("Fortsetter et bytte som ikke var ferdig.")
    moved = sum(rotation.rotate(ref))
    found = rotation.standing(ref)
    print(f"{ref.name}: {moved} datanøkler ligger nå under {found.key_ids[-1]}.")
    return 0 if not found.left else 1


def _retire(ref: OfficeRef, chosen: argparse.Namespace) -> int:
    try:
        rotation.retire(ref, chosen.key)
    except ValueError as error:
        raise Complaint(f"«{chosen.key}» kan ikke slettes: den er den nyeste, eller finnes ikke.") from error
    print(f"{ref.name}: {chosen.key} er slettet.")
    return 0


def _seal(ref: OfficeRef, _chosen: argparse.Namespace) -> int:
    print(f"{ref.name}: {sum(sealing.seal_old(ref))} rader lukket")
    return 0


def _sweep(ref: OfficeRef, chosen: argparse.Namespace) -> int:
    with work(ref, "keys") as by:
        swept = sweeping.sweep(ref=ref, by=by, force=chosen.yes)
    print(f"{ref.name}: {swept.reason or 'ingenting å rydde'}")
    if swept.refused:
        print(
            f"{ref.name}: basen ser eldre ut enn nøklene. {swept.strays} av {swept.halves} halvdeler har ingen rad;"
            " ingen av dem er flyttet. Les om gjenoppretting i runbook, så «varde keys sweep --yes» om det er riktig."
        )
    return int(swept.refused)


def _destroy(ref: OfficeRef, chosen: argparse.Namespace) -> int:
    with work(ref, "keys") as by:
        actions.destroy(matter_id=chosen.matter, by=by, reason=chosen.reason)
    print(f"{ref.name}: innholdet i {chosen.matter} er slettet for godt.")
    return 0


_VERBS = {
    "status": _status,
    "seal": _seal,
    "sweep": _sweep,
    "rotate": _rotate,
    "retire": _retire,
    "destroy": _destroy,
}
