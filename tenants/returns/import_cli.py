"""`varde import-cases FILE.csv --region …`: old registrations become real cases, and their quarters are sent."""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from shared.codes.periods import Quarter, bounds, parse, quarter_of
from shared.post.keys import NoKey
from shared.registry.queries import kommuner_of, office_by_slug
from tenants.returns.actions import CannotSend
from tenants.returns.drafts import is_over
from tenants.returns.import_file import BadFile, ImportedCase, match_kommuner, read_cases, read_map
from tenants.returns.importing import import_cases
from tenants.returns.sending import deliver, send_all
from varde.cli_errors import Complaint
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of


class _Parser(argparse.ArgumentParser):
    """Complains in one Norwegian sentence."""

    def error(self, message: str) -> NoReturn:
        named = re.search(r"--[a-z-]+", message)
        what = f"«{named.group()}» mangler eller har ikke en gyldig verdi" if named else "kommandoen kan ikke leses"
        raise Complaint(f"Import: {what}; se «varde import-cases --help».")


def main(argv: list[str]) -> int:
    """Import the whole file or nothing of it, kommune by kommune. Raises Complaint."""
    args = _parser().parse_args(argv)
    try:
        offices = _offices(args.region)
        wanted = parse(args.period) if args.period else None
        cases = _within(read_cases(_bytes(args.file)), wanted)
        by_office = _sorted_out(cases, offices, read_map(args.map))
        quarters = wanted or _spanned(cases)
        _check_over(cases, quarters)
    except (BadFile, ValueError) as error:
        raise Complaint(str(error)) from error
    for ref, own in by_office:
        new, known = import_cases(ref, own)
        print(f"{ref.name}: {new} saker importert" + (f", {known} var importert fra før" if known else ""))
    if not args.no_returns:
        _send([ref for ref, _ in by_office], quarters)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="varde import-cases", description="Importer registrerte saker", allow_abbrev=False)
    parser.add_argument("file", metavar="FIL.csv")
    parser.add_argument("--region", required=True, metavar="ADRESSE")
    parser.add_argument("--map", default="", metavar="Navn=adresse,…", help="kommuner i fila som skal til et kontor")
    parser.add_argument("--period", metavar="2018Q4..2019Q3", help="bare disse kvartalene")
    parser.add_argument("--no-returns", action="store_true", help="ikke send tallene til regionen etterpå")
    return parser


def _offices(slug: str) -> list[OfficeRef]:
    region = office_by_slug(slug)
    if region is None or region.kind != "region":
        raise BadFile(f"Regionen «{slug}» finnes ikke.")
    return kommuner_of(region.id)


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise BadFile(f"Fila «{name}» kan ikke leses: {error.strerror}.") from error


def _within(cases: list[ImportedCase], wanted: Sequence[Quarter] | None) -> list[ImportedCase]:
    kept = [case for case in cases if wanted is None or case.quarter in wanted]
    if not kept:
        raise BadFile("Ingen av sakene i fila er i perioden.")
    if len(kept) < len(cases):
        print(f"{len(cases) - len(kept)} saker utenfor perioden er ikke tatt med")
    return kept


def _sorted_out(
    cases: Sequence[ImportedCase], offices: Sequence[OfficeRef], chosen: dict[str, str]
) -> list[tuple[OfficeRef, list[ImportedCase]]]:
    """The cases of each office, in the order of the offices."""
    addresses: dict[str, list[str]] = {}
    for ref in offices:
        addresses.setdefault(ref.name, []).append(ref.slug)
    slugs = match_kommuner(list(dict.fromkeys(case.kommune for case in cases)), addresses, chosen)
    found = [(ref, [case for case in cases if slugs[case.kommune] == ref.slug]) for ref in offices]
    return [(ref, own) for ref, own in found if own]


def _spanned(cases: Sequence[ImportedCase]) -> tuple[Quarter, ...]:
    found = [case.quarter for case in cases]
    return parse(f"{min(found)}..{max(found)}")


def _check_over(cases: Sequence[ImportedCase], quarters: Sequence[Quarter]) -> None:
    today = day_of(now())
    for case in cases:
        if not is_over(case.quarter, today):
            raise BadFile(f"Linje {case.line}, kolonne kvartal: {case.quarter} er ikke over ennå.")
    if bounds(quarters)[1] >= today:
        raise BadFile(f"Perioden går lenger enn til siste hele kvartal før {quarter_of(today)}.")


def _send(offices: Sequence[OfficeRef], quarters: Sequence[Quarter]) -> None:
    """The quarters of the import are past, so they can be sent at once; nothing new is not sent again."""
    try:
        sent = [outcome for _, outcomes in send_all(offices, quarters) for outcome in outcomes if outcome.sent]
    except (CannotSend, NoKey) as error:
        raise Complaint(f"Sakene er importert, men tallene er ikke sendt. {error}") from error
    deliver(offices)  # the worker may have been first; then there is nothing left to open
    print(f"{len(sent)} kvartalstall sendt til regionen")
