"""`varde rotation`: names in, the leader team's table out. No database."""

import argparse
import io
import json
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from regional.leaders.proof import proof
from regional.leaders.rotation import Rotation, change, rotate
from regional.leaders.rotation_file import HELP, Changes, Substitute, read_changes
from varde.cli_errors import Complaint
from varde.exits.sheets import Writer

PROOF = "proof"


class _Parser(argparse.ArgumentParser):
    """Complains in one Norwegian sentence instead of printing the usage in English."""

    def error(self, message: str) -> NoReturn:
        named = re.search(r"--[a-z]+", message)
        what = f"«{named.group()}» har ikke en gyldig verdi" if named else "kommandoen kan ikke leses"
        raise Complaint(f"Rullering: {what}; se «varde rotation --help».")


def main(argv: Sequence[str]) -> int:
    """Print the table that the arguments describe. Raises Complaint for anything that cannot be read."""
    args = _arguments(argv)
    changes = read_changes(args.change) if args.change else Changes()
    try:
        rotation = rotate(
            _names(args.kommuner),
            _names(args.seats),
            first_year=args.first_year,
            years=args.years,
            periods=args.periods,
        )
        rotation = change(rotation, changes.moves)
        substitutes = [_placed(rotation, found) for found in changes.substitutes]
    except ValueError as error:
        raise Complaint(str(error)) from error
    made = _proof(rotation, changes) if args.format == PROOF else _FORMATS[args.format](rotation, substitutes)
    sys.stdout.write(made)
    return 0


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    args, unknown = _parser().parse_known_args(argv)
    if unknown:
        raise Complaint(f"Rullering: «{unknown[0]}» er ukjent; se «varde rotation --help».")
    for name, value in (("kommuner", args.kommuner), ("seats", args.seats), ("from", args.first_year)):
        if value is None:
            raise Complaint(f"Rullering: «--{name}» mangler.")
    return args


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="varde rotation",
        description="Hvem som sitter i lederteamet, periode for periode.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--kommuner", metavar="A,B,…", help="kommunene, i rekkefølge")
    parser.add_argument("--seats", metavar="A,B,…", help="plassene i lederteamet, i rekkefølge")
    parser.add_argument("--from", dest="first_year", type=_number, metavar="ÅR", help="første år")
    parser.add_argument("--years", default=2, type=_number, metavar="N", help="år i hver periode (ellers 2)")
    parser.add_argument("--periods", type=_number, metavar="N", help="antall perioder (ellers en full runde)")
    parser.add_argument("--format", choices=[*sorted(_FORMATS), PROOF], default="json")
    parser.add_argument(
        "--change",
        metavar="FIL",
        help="JSON: kommuner inn, ut og sammen, kortere perioder, ønsker, unntak og vara; se under",
    )
    return parser


def _number(text: str) -> int:
    if not (text.isascii() and text.removeprefix("-").isdigit() and len(text) <= 9):
        raise argparse.ArgumentTypeError(f"«{text}» er ikke et helt tall")
    return int(text)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]


def _placed(rotation: Rotation, found: Substitute) -> dict[str, str]:
    number = rotation.period_of(found.year)
    if found.seat not in rotation.holders:
        raise ValueError(f"Plassen {found.seat} finnes ikke i lederteamet.")
    if found.kommune not in rotation.kommuner:
        raise ValueError(f"{found.kommune} er ikke med i rulleringen.")
    if found.kommune == rotation.holders[found.seat][number]:
        raise ValueError(f"{found.kommune} har selv plassen {found.seat} i {rotation.periods[number]}.")
    place = {"seat": found.seat, "period": rotation.periods[number], "kommune": found.kommune}
    return place | {"for": rotation.holders[found.seat][number]} | dict(found.words)


def _as_json(rotation: Rotation, substitutes: list[dict[str, str]]) -> str:
    shown: dict[str, object] = {"periods": list(rotation.periods), "table": rotation.table()}
    if substitutes:
        shown["substitutes"] = substitutes
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def _grid(rotation: Rotation) -> list[list[str]]:
    head = ["Plass", *rotation.kommuner]
    rows = [[seat, *(", ".join(periods) for periods in row.values())] for seat, row in rotation.table().items()]
    return [head, *rows]


def _apart(substitutes: list[dict[str, str]]) -> list[list[str]]:
    rows = [[found["seat"], found["period"], found["kommune"], found["for"]] for found in substitutes]
    return [["Vara for plass", "Periode", "Kommune", "I stedet for"], *rows] if rows else []


def _as_table(rotation: Rotation, substitutes: list[dict[str, str]]) -> str:
    parts = [_columns(rows) for rows in (_grid(rotation), _apart(substitutes)) if rows]
    return "\n".join(parts)


def _columns(rows: list[list[str]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines) + "\n"


def _as_csv(rotation: Rotation, substitutes: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = Writer(out)
    writer.writerows(_grid(rotation))
    if substitutes:
        writer.writerow([])
        writer.writerows(_apart(substitutes))
    return out.getvalue()


def _proof(rotation: Rotation, changes: Changes) -> str:
    """Why the table is fair, a sentence on each line, from the check that shares nothing with the engine."""
    origin = rotation.origin
    decided = {
        "kommuner": origin.kommuner,
        "seats": origin.seats,
        "first_year": origin.first_year,
        "years": origin.years,
        "changes": [changes.said],
    }
    return "".join(f"{said.about}: {said.text}\n" for said in proof(decided, rotation))


_FORMATS = {"json": _as_json, "table": _as_table, "csv": _as_csv}
