"""`varde report`: the region's report on stdout. What has not come is told on stderr, so that stdout stays whole."""

import argparse
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from regional.dashboard.report import report
from regional.dashboard.report_files import FORMATS
from regional.releases.by_command import table_for_period
from regional.statistics.choices import Missing
from regional.statistics.queries import pool
from regional.statistics.reports import RawRefused, unprotected_for_check
from shared.codes.periods import Quarter, parse
from shared.registry.queries import office_by_slug
from varde.audit.actions import Action, record
from varde.cli_errors import Complaint
from varde.refusal import Refused
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


class _Parser(argparse.ArgumentParser):
    """Complains in one Norwegian sentence."""

    def error(self, message: str) -> NoReturn:
        named = re.search(r"--[a-z-]+", message)
        if named and named.group() == "--format":
            raise Complaint("Rapport: «--format» kan være json, xlsx, pdf eller csv.")
        what = f"«{named.group()}» mangler eller har ikke en gyldig verdi" if named else "kommandoen kan ikke leses"
        raise Complaint(f"Rapport: {what}; se «varde report --help».")


def main(argv: list[str]) -> int:
    """Print the report; 0 also when returns are missing. Raises Complaint."""
    args = _parser().parse_args(argv)
    region = office_by_slug(args.region)
    if region is None or region.kind != "region":
        raise Complaint(f"Regionen «{args.region}» finnes ikke.")
    make = _raw if args.unprotected_for_check else _released
    try:
        content, late = make(region, parse(args.period), args.period)
    except (ValueError, RawRefused, Refused) as error:
        raise Complaint(str(error)) from error
    _warn(late)
    sys.stdout.flush()
    sys.stdout.buffer.write(FORMATS[args.format](content, region.name))
    sys.stdout.buffer.flush()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="varde report", description="Regionens rapport", allow_abbrev=False)
    parser.add_argument("--region", required=True, metavar="ADRESSE")
    parser.add_argument("--period", required=True, metavar="2018Q4..2019Q3")
    parser.add_argument("--format", choices=sorted(FORMATS), default="json")
    parser.add_argument("--unprotected-for-check", action="store_true", help="rå tall, bare der VARDE_ALLOW_RAW=1")
    return parser


def _released(region: OfficeRef, quarters: Sequence[Quarter], period: str) -> tuple[Any, list[Missing]]:
    """From a release; where none holds the period, one is made the same way as by people."""
    release, table = table_for_period(region, quarters)
    with work(region, "returns") as by:
        record(by=by, action=Action.EXPORT, what="releases.release", ids=[str(release.number)])
        return report(release, table, period=period), pool(quarters, by).missing


def _raw(region: OfficeRef, quarters: Sequence[Quarter], period: str) -> tuple[Any, list[Missing]]:
    with work(region, "returns") as by:
        found = unprotected_for_check(quarters, by)
    return found.content | {"period": period}, found.missing


def _warn(late: Sequence[Missing]) -> None:
    if late:
        listed = ", ".join(f"{one.kommune} {one.quarter}" for one in late)
        print(f"varde: Tall som ikke er kommet inn: {listed}.", file=sys.stderr)
