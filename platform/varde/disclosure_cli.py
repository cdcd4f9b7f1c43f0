"""`varde disclosure`: `protect` makes a release that gives nobody away, `audit` checks one. JSON in and out."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from typing import Any

from varde.auditor.reading import Unreadable
from varde.auditor.verdict import audit
from varde.cli_errors import Complaint, Parser
from varde.protect.engine import LAST_SECONDS, Wish, protect
from varde.protect.problem import Refusal, plain
from varde.protect.progress import Progress, silence


def main(argv: Sequence[str]) -> int:
    """Read standard input, print the answer. Raises Complaint, and prints nothing then."""
    args = _arguments(argv)
    given = _read()
    try:
        answer = _audited(given, args) if args.verb == "audit" else _protected(given, args)
    except (Refusal, Unreadable) as error:
        raise Complaint(str(error)) from error
    _write(json.dumps(answer, ensure_ascii=False, sort_keys=True, allow_nan=False))
    return 0


def _write(text: str) -> None:
    """In UTF-8, whatever the terminal's own letters are: the same input gives the same bytes everywhere."""
    sys.stdout.flush()
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.buffer.flush()


def _protected(given: Any, args: argparse.Namespace) -> dict[str, Any]:
    """A release goes out only when the auditor, who shares no code with the engine, finds nothing in it."""
    rounds = args.method == "round"
    if rounds and not args.compare:
        raise Complaint("Avrunding er bare til sammenligning, og krever «--compare».")
    wish = Wish(seconds=args.seconds, base=args.base if rounds else None)
    tell = _tell if sys.stderr.isatty() else silence
    began = time.monotonic()
    release = protect(given, threshold=args.threshold, compare=args.compare, wish=wish, tell=tell)
    if tell is _tell:
        print(file=sys.stderr)
    made = time.monotonic()
    if not rounds:
        seconds = max(args.seconds, LAST_SECONDS)
        asked = {"threshold": args.threshold, "compare": args.compare, "seconds": seconds}
        if audit(given, release, **asked, strict=True, intervals=False)["safe"] is not True:
            raise Complaint("Revisjonen slapp ikke tallene gjennom; ingenting er gitt ut.")
    _spent(args.seconds, made - began, time.monotonic() - made)
    return release


def _spent(given: float, searched: float, audited: float) -> None:
    """Says so when what must be proved took longer than was asked for."""
    if searched + audited > max(2 * given, 1.0):
        words = f"Brukte {searched:.1f} s på utgivelsen og {audited:.1f} s på revisjonen".replace(".", ",")
        print(f"varde: {words}; det ble bedt om {given:g} s.", file=sys.stderr)


def _audited(given: Any, args: argparse.Namespace) -> dict[str, Any]:
    if not isinstance(given, dict) or not {"problem", "release"} <= given.keys():
        raise Complaint("Revisjonen trenger «problem» og «release».")
    return audit(given["problem"], given["release"], threshold=args.threshold, compare=args.compare)


def _read() -> Any:
    try:
        return json.loads(sys.stdin.buffer.read(), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Complaint("Det som kom inn, er ikke JSON.") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The same key twice is read differently by different programs. Raises Complaint."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Complaint(f"Nøkkelen «{plain(twice)}» står to ganger i det samme objektet.")
    return found


def _no_number(name: str) -> float:
    raise ValueError(name)


def _tell(seen: Progress) -> None:
    """One line that is written over, for somebody who sits and waits."""
    part = f"del {seen.part} av {seen.parts}: " if seen.parts > 1 else ""
    text = f"{part}runde {seen.rounds}, {seen.cuts} snitt, minst {seen.bound:g}, best {seen.best:g}"
    print(f"\r{text:<78}", end="", file=sys.stderr, flush=True)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = Parser(prog="varde disclosure", description="Tall som ikke røper noen: lag en utgivelse, eller prøv en.")
    verbs = parser.add_subparsers(dest="verb", required=True, parser_class=Parser, metavar="protect|audit")
    made = verbs.add_parser("protect", help="problem inn, utgivelse ut", description="Problem inn, utgivelse ut.")
    tried = verbs.add_parser("audit", help="problem og utgivelse inn, dom ut", description="Prøver en utgivelse.")
    for each in (made, tried):
        each.add_argument("--threshold", type=int, help="går foran regelen i filen")
        each.add_argument("--compare", action="store_true", help="sammenligning: lav terskel, avrunding, få eiere")
    made.add_argument("--method", choices=("suppress", "round"), default="suppress", help="skjul eller rund av")
    made.add_argument("--base", type=int, default=5, help="det avrunding går til (5)")
    spent = "så lenge det letes etter noe billigere (30); siste bevis og revisjon kan trenge inntil 30 hver"
    made.add_argument("--seconds", type=_seconds, default=30.0, help=spent)
    return parser.parse_args(argv)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 86_400:
        raise ValueError(text)
    return value
