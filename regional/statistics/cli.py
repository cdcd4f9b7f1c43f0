"""`varde report`: the region's report on stdout. What has not come is told on stderr, so that stdout stays whole."""

import argparse
import json
import re
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

from regional.statistics.choices import Missing
from regional.statistics.reports import RawRefused, protected, unprotected_for_check
from shared.codes.periods import parse
from shared.registry.queries import office_by_slug
from varde.cli_errors import Complaint
from varde.exits.sheets import Writer
from varde.tenancy.work import work

HIDDEN = ":"


class _Parser(argparse.ArgumentParser):
    """Complains in one Norwegian sentence."""

    def error(self, message: str) -> NoReturn:
        named = re.search(r"--[a-z-]+", message)
        if named and named.group() == "--format":
            raise Complaint("Rapport: «--format» kan være json eller csv.")
        what = f"«{named.group()}» mangler eller har ikke en gyldig verdi" if named else "kommandoen kan ikke leses"
        raise Complaint(f"Rapport: {what}; se «varde report --help».")


def main(argv: list[str]) -> int:
    """Print the report; 0 also when returns are missing. Raises Complaint."""
    args = _parser().parse_args(argv)
    region = office_by_slug(args.region)
    if region is None or region.kind != "region":
        raise Complaint(f"Regionen «{args.region}» finnes ikke.")
    try:
        quarters = parse(args.period)
        make = unprotected_for_check if args.unprotected_for_check else protected
        with work(region, "returns") as by:
            report = make(quarters, by)
    except (ValueError, RawRefused) as error:
        raise Complaint(str(error)) from error
    _warn(report.missing)
    _FORMATS[args.format](report.content)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="varde report", description="Regionens rapport", allow_abbrev=False)
    parser.add_argument("--region", required=True, metavar="ADRESSE")
    parser.add_argument("--period", required=True, metavar="2018Q4..2019Q3")
    parser.add_argument("--format", choices=sorted(_FORMATS), default="json")
    parser.add_argument("--unprotected-for-check", action="store_true", help="rå tall, bare der VARDE_ALLOW_RAW=1")
    return parser


def _warn(missing: list[Missing]) -> None:
    if missing:
        listed = ", ".join(f"{one.kommune} {one.quarter}" for one in missing)
        print(f"varde: Tall som ikke er kommet inn: {listed}.", file=sys.stderr)


def _as_json(content: Mapping[str, Any]) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))


def _as_csv(content: Mapping[str, Any]) -> None:
    writer = Writer(sys.stdout)
    writer.writerow(["question", "answer", "count", "share", "share_answered"])
    writer.writerow(["", "cases", _shown(content["cases"]), "", ""])
    for key, question in content["questions"].items():
        for name in ("asked", "answered", "ticks", "multi"):
            if name in question:
                writer.writerow([key, f"({name})", _shown(question[name]), "", ""])
        for label, row in question["answers"].items():
            writer.writerow([key, label, *(_shown(row.get(name)) for name in ("count", "share", "share_answered"))])


def _shown(value: float | None) -> str:
    return HIDDEN if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)


_FORMATS = {"json": _as_json, "csv": _as_csv}
