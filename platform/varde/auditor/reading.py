"""A problem and a release as the auditor reads them. What it cannot read, it refuses in one sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

LEAST_THRESHOLD = 5
STATES = ("open", "published", "withheld")
MOST = 10_000_000
"""No count, coefficient or limit is above this: beyond it the solver's numbers are no longer each whole number."""
HEAVIEST = 1e9
"""No weight is above this."""
SAID = 80
"""So much of an id is said in a sentence."""


class Unreadable(ValueError):
    """The input cannot be audited; the message is a sentence in Norwegian."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A sum of atoms. `weight` is what hiding it costs."""

    name: str
    atoms: tuple[str, ...]
    weight: float
    state: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What every reader knows besides: low <= sum of coefficient times atom <= high; None is no limit."""

    atoms: Mapping[str, int]
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Problem:
    """The true counts, who holds them, what is or may be printed, and the rule."""

    threshold: int
    coalition: int
    zeros_harmless: bool
    truth: Mapping[str, int]
    holder: Mapping[str, str]
    cells: Mapping[str, Cell]
    facts: tuple[Fact, ...] = ()

    def value(self, cell: str) -> int:
        """The true value of a cell."""
        return sum(self.truth[atom] for atom in self.cells[cell].atoms)


def read_problem(raw: Any, threshold: int | None, compare: bool) -> Problem:
    """Raises Unreadable. `threshold` stands before the one in the file; `compare` lifts the platform's own limits."""
    if not isinstance(raw, Mapping):
        raise Unreadable("Problemet må være et objekt med regel, atomer og celler.")
    rule = _mapping(raw.get("rule", {}), "Regelen")
    truth, holder = _atoms(raw.get("atoms"))
    found = Problem(
        threshold=_threshold(rule, threshold, compare),
        coalition=_natural(rule.get("coalition", 1), "Antallet som legger sammen det de vet,"),
        zeros_harmless=_zeros(rule.get("zeros", "hide")),
        truth=truth,
        holder=holder,
        cells=_cells(raw.get("cells"), truth),
        facts=tuple(_fact(each, truth) for each in _list(raw.get("rows", []), "Opplysningene under «rows»")),
    )
    needed = _natural(rule.get("min_contributors", 3), "Minste antall bidragsytere")
    if holder and not compare and (given := len(set(holder.values()))) < needed:
        raise Unreadable(f"Tallene har {given} bidragsytere; regelen krever minst {needed}.")
    return found


def _mapping(raw: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise Unreadable(f"{what} må være et objekt.")
    return raw


def _list(raw: Any, what: str) -> list[Any]:
    if not isinstance(raw, list):
        raise Unreadable(f"{what} må være en liste.")
    return raw


def _whole(raw: Any, what: str, most: int | None = MOST) -> int:
    if isinstance(raw, bool) or not (isinstance(raw, int) or (isinstance(raw, float) and raw.is_integer())):
        raise Unreadable(f"{what} må være et helt tall.")
    if most is not None and abs(raw) > most:
        raise Unreadable(f"{what} er for stort; det kan høyst være {most}.")
    return int(raw)


def _natural(raw: Any, what: str, most: int | None = MOST) -> int:
    number = _whole(raw, what, most)
    if number < 0:
        raise Unreadable(f"{what} kan ikke være negativt.")
    return number


def _name(raw: Any, what: str) -> str:
    if not isinstance(raw, str) or not raw:
        raise Unreadable(f"{what} må ha en id som er tekst.")
    if not raw.isprintable() and any("\ud800" <= sign <= "\udfff" for sign in raw):
        raise Unreadable(f"{what} har en id med halve tegn, som ikke er tekst.")
    return raw


def bare(name: str) -> str:
    """A name in a sentence: on one line, nothing that steers a terminal, and not longer than can be read."""
    seen = "".join(sign if sign.isprintable() else "�" for sign in name)
    return seen if len(seen) <= SAID else f"{seen[:SAID]}…"


def quoted(name: str) -> str:
    """An id in a sentence."""
    return f"«{bare(name)}»"


def _threshold(rule: Mapping[str, Any], given: int | None, compare: bool) -> int:
    threshold = _whole(rule.get("threshold", LEAST_THRESHOLD) if given is None else given, "Terskelen")
    least = 1 if compare else LEAST_THRESHOLD
    if threshold < least:
        raise Unreadable(f"Terskelen er {threshold}; den kan ikke være under {least}.")
    return threshold


def _zeros(raw: Any) -> bool:
    if not isinstance(raw, str) or raw not in ("hide", "show"):
        raise Unreadable("«zeros» må være «hide» eller «show».")
    return bool(raw == "show")


def _atoms(raw: Any) -> tuple[dict[str, int], dict[str, str]]:
    truth: dict[str, int] = {}
    holder: dict[str, str] = {}
    for each in _list(raw, "Atomene"):
        name = _name(_mapping(each, "Et atom").get("id"), "Et atom")
        if name in truth:
            raise Unreadable(f"Atomet {quoted(name)} står to ganger.")
        truth[name] = _natural(each.get("count"), f"Antallet i atomet {quoted(name)}")
        if each.get("holder") is not None:
            holder[name] = _name(each["holder"], f"Holderen av atomet {quoted(name)}")
    return truth, holder


def _cells(raw: Any, truth: Mapping[str, int]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for each in _list(raw, "Cellene"):
        cell = _cell(_mapping(each, "En celle"), truth)
        if cell.name in cells:
            raise Unreadable(f"Cellen {quoted(cell.name)} står to ganger.")
        cells[cell.name] = cell
    return cells


def _cell(raw: Mapping[str, Any], truth: Mapping[str, int]) -> Cell:
    name = _name(raw.get("id"), "En celle")
    atoms = _list(raw.get("atoms"), f"Atomene i cellen {quoted(name)}")
    if not atoms:
        raise Unreadable(f"Cellen {quoted(name)} har ingen atomer.")
    for atom in atoms:
        if not isinstance(atom, str):
            raise Unreadable(f"Cellen {quoted(name)} bruker et atom som ikke har en id som er tekst.")
        if atom not in truth:
            raise Unreadable(f"Cellen {quoted(name)} bruker atomet {quoted(atom)}, som ikke finnes.")
    if len(set(atoms)) < len(atoms):
        raise Unreadable(f"Cellen {quoted(name)} har samme atom to ganger.")
    state = raw.get("state", "open")
    if not isinstance(state, str) or state not in STATES:
        raise Unreadable(f"Cellen {quoted(name)} har en ukjent tilstand; den må være open, published eller withheld.")
    return Cell(name, tuple(atoms), _weight(raw.get("weight", 1.0), name), state)


def _weight(raw: Any, name: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 <= raw <= HEAVIEST:
        raise Unreadable(f"Vekten til cellen {quoted(name)} må være et tall fra 0 til {HEAVIEST:.0f}.")
    return float(raw)


def _cost(raw: Any) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 <= raw < 1e300:
        raise Unreadable("Kostnaden må være et tall som ikke er negativt.")
    return float(raw)


def _fact(raw: Any, truth: Mapping[str, int]) -> Fact:
    atoms = _mapping(_mapping(raw, "En opplysning under «rows»").get("atoms"), "Atomene i en opplysning under «rows»")
    if not atoms:
        raise Unreadable("En opplysning under «rows» har ingen atomer.")
    for atom in atoms:
        if atom not in truth:
            raise Unreadable(f"En opplysning under «rows» bruker atomet {quoted(atom)}, som ikke finnes.")
    coefficients = {atom: _whole(number, "Et tall i en opplysning under «rows»") for atom, number in atoms.items()}
    low, high = (
        None if raw.get(end) is None else _whole(raw[end], "En grense under «rows»") for end in ("low", "high")
    )
    value = sum(number * truth[atom] for atom, number in coefficients.items())
    if (low is not None and value < low) or (high is not None and value > high):
        raise Unreadable("En opplysning under «rows» stemmer ikke med tallene.")
    return Fact(coefficients, low, high)


@dataclass(frozen=True, slots=True)
class Release:
    """What is shown and hidden of the open cells, and what is offered as proof."""

    method: str
    show: frozenset[str]
    hide: frozenset[str]
    values: Mapping[str, int] | None = None
    base: int = 5
    witnesses: tuple[Mapping[str, Any], ...] = ()
    cost: float | None = None
    digest: Any = None
    raw: Mapping[str, Any] = field(default_factory=dict)


def read_release(raw: Any, problem: Problem, compare: bool) -> Release:
    """Raises Unreadable for a release that contradicts itself or the problem."""
    body = _mapping(raw, "Utgivelsen")
    method = body.get("method", "suppress")
    if method not in ("suppress", "round"):
        raise Unreadable("Metoden må være «suppress» eller «round».")
    if method == "round" and not compare:
        raise Unreadable("Avrunding oppfyller ikke regelen og kan bare brukes til sammenligning (--compare).")
    values = _values(body["values"], problem) if body.get("values") is not None else None
    show, hide = _pattern(body, problem, values, method)
    return Release(
        method, show, hide, values,
        base=_base(body.get("base", 5)),
        witnesses=tuple(_mapping(each, "Et vitne") for each in _list(body.get("witnesses", []), "Vitnene")),
        cost=_cost(body["cost"]) if body.get("cost") is not None else None,
        digest=body.get("hash"),
        raw=body,
    )  # fmt: skip


def _base(raw: Any) -> int:
    base = _whole(raw, "Avrundingstallet")
    if base < 2:
        raise Unreadable("Avrundingstallet må være minst 2.")
    return base


def _values(raw: Any, problem: Problem) -> dict[str, int]:
    values = _mapping(raw, "Verdiene")
    _known(values, problem)
    return {name: _natural(value, f"Verdien av cellen {quoted(name)}", None) for name, value in values.items()}


def _pattern(
    body: Mapping[str, Any], problem: Problem, values: Mapping[str, int] | None, method: str
) -> tuple[frozenset[str], frozenset[str]]:
    open_ = frozenset(cell.name for cell in problem.cells.values() if cell.state == "open")
    if method == "round":
        shown = frozenset(values or {})
        if shown - open_:
            raise Unreadable(
                f"Cellen {quoted(min(shown - open_))} er utgitt eller holdt tilbake før og kan ikke avrundes nå."
            )
        return shown, open_ - shown
    show = _names(body.get("show", []), problem)
    hide = _names(body["hide"], problem) if "hide" in body else open_ - show
    _fits(problem, show, hide, open_)
    show, hide = show & open_, hide & open_
    _same_values(problem, values or {}, show)
    return show, hide


def _names(raw: Any, problem: Problem) -> frozenset[str]:
    names = _list(raw, "Listene over viste og skjulte celler")
    _known(names, problem)
    if len(set(names)) < len(names):
        raise Unreadable("Utgivelsen nevner samme celle to ganger.")
    return frozenset(names)


def _known(names: Iterable[Any], problem: Problem) -> None:
    for name in names:
        if not isinstance(name, str):
            raise Unreadable("Utgivelsen nevner en celle som ikke har en id som er tekst.")
        if name not in problem.cells:
            raise Unreadable(f"Utgivelsen nevner cellen {quoted(name)}, som ikke finnes.")


def _fits(problem: Problem, show: frozenset[str], hide: frozenset[str], open_: frozenset[str]) -> None:
    if show & hide:
        raise Unreadable(f"Utgivelsen både viser og skjuler cellen {quoted(min(show & hide))}.")
    was = {name: problem.cells[name].state for name in show | hide}
    changed = {name for name, state in was.items() if state == ("withheld" if name in show else "published")}
    if changed:
        raise Unreadable(f"Cellen {quoted(min(changed))} hører til en tidligere utgivelse og kan ikke endres.")
    if missing := open_ - show - hide:
        raise Unreadable(f"Utgivelsen sier ikke om cellen {quoted(min(missing))} vises eller skjules.")


def _same_values(problem: Problem, values: Mapping[str, int], show: frozenset[str]) -> None:
    for name, value in values.items():
        if name not in show and problem.cells[name].state != "published":
            raise Unreadable(f"Utgivelsen skjuler cellen {quoted(name)}, men oppgir verdien.")
        if value != problem.value(name):
            raise Unreadable(f"Utgivelsen oppgir {value} for cellen {quoted(name)}; tallet er et annet.")
