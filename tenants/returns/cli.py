"""`varde returns`: send counts to the region, and see who has sent what."""

import argparse
import re
from typing import NoReturn

from shared.codes.periods import parse
from shared.post.keys import NoKey
from shared.registry.queries import all_offices, kommuner_of, office_by_slug
from tenants.returns import queries
from tenants.returns.actions import CannotSend
from tenants.returns.sending import deliver, send_all
from varde.cli_errors import Complaint
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import date_and_time


class _Parser(argparse.ArgumentParser):
    """Complains in one Norwegian sentence."""

    def error(self, message: str) -> NoReturn:
        named = re.search(r"--[a-z-]+", message)
        what = f"«{named.group()}» mangler eller har ikke en gyldig verdi" if named else "kommandoen kan ikke leses"
        raise Complaint(f"Tall til regionen: {what}; se «varde returns --help».")


def main(argv: list[str]) -> int:
    """`varde returns send|status`. Raises Complaint."""
    args = _parser().parse_args(argv)
    return _send(args) if args.what == "send" else _status(args)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="varde returns", description="Tall fra kommunene til regionen", allow_abbrev=False)
    verbs = parser.add_subparsers(dest="what", required=True)
    send = verbs.add_parser("send", help="send et kvartal eller flere", allow_abbrev=False)
    who = send.add_mutually_exclusive_group(required=True)
    who.add_argument("--all", action="store_true", help="alle kommuner")
    who.add_argument("--office", metavar="ADRESSE", help="én kommune")
    send.add_argument("--period", required=True, metavar="2019Q3", help="også 2018Q4..2019Q3")
    send.add_argument("--again", action="store_true", help="også det som er som før, men mangler noe som er kommet til")
    status = verbs.add_parser("status", help="hvem har sendt hva, og er det levert", allow_abbrev=False)
    status.add_argument("--region", required=True, metavar="ADRESSE")
    return parser


def _send(args: argparse.Namespace) -> int:
    offices = all_offices("kommune") if args.all else [_office(args.office, "kommune")]
    try:
        quarters = parse(args.period)
        for ref, outcomes in send_all(offices, quarters, again=args.again):
            for outcome in outcomes:
                print(f"{ref.name}: {outcome.sentence}")
    except (CannotSend, NoKey, ValueError) as error:
        raise Complaint(str(error)) from error
    print(f"{deliver(offices)} brev levert")
    return 0


def _status(args: argparse.Namespace) -> int:
    region = _office(args.region, "region")
    for ref in kommuner_of(region.id):
        with work(ref, "returns"):
            found = queries.sendings()
        if not found:
            print(f"{ref.name:<20}  ikke sendt noe")
        for quarter in sorted(found):
            one = found[quarter]
            state = "levert" if one.delivered else "underveis"
            again = f", rettet {one.corrections} ganger" if one.corrections else ""
            print(f"{ref.name:<20}  {quarter}  {date_and_time(one.sent_at)}  {state}{again}")
    return 0


def _office(slug: str, kind: str) -> OfficeRef:
    ref = office_by_slug(slug)
    if ref is None or ref.kind != kind:
        name = "Kommunen" if kind == "kommune" else "Regionen"
        raise Complaint(f"{name} «{slug}» finnes ikke.")
    return ref
