"""From what was decided to who sits where. Pure.

A segment is the time between two changes of who takes part; its rounds are counted from its first period, and each
period has an offset round the ring. Wishes and exclusions move whole periods within a round, which costs nobody a turn;
only an exclusion that no such move can hold makes two kommuner trade within a period.

What comes out before period p depends on no move from p on, so a change never rewrites what lies before it. For the
same reason a round is finished behind the table's last period before it is cut off.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from regional.leaders.rotation_fit import order_of, trade
from regional.leaders.rotation_moves import Excluded, Joins, Leaves, Merges, Origin, Placed, Rotation, Wishes, name_of


@dataclass(slots=True)
class _Drawing:
    """`rings`, `offsets` and `begins` (of the segment) for each period; `rows[p]` holds a kommune for each seat."""

    origin: Origin
    total: int
    rings: list[tuple[str, ...]]
    offsets: list[int]
    begins: list[int]
    rows: list[list[str]] = field(default_factory=list)
    asked: list[Placed] = field(default_factory=list)


def draw(origin: Origin) -> Rotation:
    """Return the table. Raises ValueError with a sentence for a move that cannot be."""
    most = len(origin.kommuner) + sum(isinstance(each.move, Joins) for each in origin.moves)
    total = origin.count + most
    made = _Drawing(origin, total, [origin.kommuner] * total, list(range(total)), [0] * total)
    made.rows = [_dealt(made, number) for number in range(total)]
    ever = list(origin.kommuner)
    for start in sorted({each.at for each in origin.moves}):
        moves = [each for each in origin.moves if each.at == start]
        _turn(made, start, moves)
        ever += [name for name in made.rings[start] if name not in ever]
        _ask(made, start, moves)
        _fit(made, start)
    times = origin.times(origin.count)
    return Rotation(
        tuple(name_of(*time) for time in times),
        tuple(first for first, _ in times),
        tuple(last for _, last in times),
        tuple(ever),
        {seat: tuple(row[at] for row in made.rows[: origin.count]) for at, seat in enumerate(origin.seats)},
        tuple(made.rings[: origin.count]),
        origin,
    )


def _dealt(made: _Drawing, number: int) -> list[str]:
    ring, offset = made.rings[number], made.offsets[number]
    return [ring[(offset + seat) % len(ring)] for seat in range(len(made.origin.seats))]


def _turn(made: _Drawing, start: int, moves: Iterable[Placed]) -> None:
    """Who takes part changes: a new segment begins."""
    turning = [each.move for each in moves if isinstance(each.move, Joins | Leaves | Merges)]
    if not turning:
        return
    ring, became = _turned(made.rings[start], turning)
    offset = _next_up(made, ring, became, start)
    for number in range(start, made.total):
        made.rings[number], made.begins[number] = ring, start
        made.offsets[number] = offset + number - start


def _turned(members: Sequence[str], moves: Iterable[object]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The new ring, and what merged kommuner became."""
    ring, became = list(members), dict[str, str]()
    # Leaving is done first, so that kommuner that merge may leave and join under a new name in one change.
    for move in sorted(moves, key=lambda move: (isinstance(move, Joins), isinstance(move, Merges))):
        if isinstance(move, Leaves):
            if move.kommune not in ring:
                raise ValueError(f"{move.kommune} kan ikke gå ut, for den er ikke med i rulleringen.")
            ring.remove(move.kommune)
        elif isinstance(move, Merges):
            _merge(ring, move)
            became |= dict.fromkeys(move.of, move.kommune)
        elif isinstance(move, Joins):
            if move.kommune in ring:
                raise ValueError(f"{move.kommune} er allerede med i rulleringen.")
            ring.append(move.kommune)
    if not ring:
        raise ValueError("Det må være minst én kommune igjen i rulleringen.")
    return tuple(ring), became


def _merge(ring: list[str], move: Merges) -> None:
    if len(set(move.of)) < 2:
        raise ValueError("Det må være minst to kommuner som slås sammen.")
    for name in move.of:
        if name not in ring:
            raise ValueError(f"{name} kan ikke slås sammen med noen, for den er ikke med i rulleringen.")
    if move.kommune in ring and move.kommune not in move.of:
        raise ValueError(f"{move.kommune} er allerede med i rulleringen.")
    there = move.of[0]
    ring[:] = [move.kommune if name == there else name for name in ring if name == there or name not in move.of]


def _next_up(made: _Drawing, ring: Sequence[str], became: dict[str, str], start: int) -> int:
    """Return where the new round begins: where fewest keep the seat they had, and the queue goes on."""
    planned = became.get(made.rows[start][0], made.rows[start][0])
    wanted = ring.index(planned) if planned in ring else 0
    if start == 0:
        return wanted
    before = [became.get(name, name) for name in made.rows[start - 1]]

    def kept(offset: int) -> int:
        return sum(ring[(offset + number) % len(ring)] == who for number, who in enumerate(before))

    return min(range(len(ring)), key=lambda offset: (kept(offset), (offset - wanted) % len(ring)))


def _ask(made: _Drawing, start: int, moves: Iterable[Placed]) -> None:
    """Wishes and exclusions are known from here on; those of a kommune that is out rest."""
    for each in moves:
        if isinstance(each.move, Excluded | Wishes):
            if each.move.seat not in made.origin.seats:
                raise ValueError(f"Plassen {each.move.seat} finnes ikke i lederteamet.")
            if each.move.kommune not in made.rings[start]:
                raise ValueError(f"{each.move.kommune} er ikke med i rulleringen.")
            made.asked.append(each)


def _fit(made: _Drawing, start: int) -> None:
    """Lay the periods from `start` on so that what was asked for holds, and deal them."""
    for numbers in _rounds(made, start):
        unlike = [(_offsets(made, number, Excluded), _offsets(made, number, Wishes)) for number in numbers]
        if any(banned or wished for banned, wished in unlike):
            size = len(made.rings[start])
            there = [made.offsets[number] % size for number in numbers]
            for number, at in zip(numbers, order_of(there, unlike), strict=True):
                made.offsets[number] = there[at]
    for number in range(start, made.total):
        made.rows[number] = _dealt(made, number)
    for number in range(start, made.total):
        banned = {(each.kommune, each.seat) for each in _live(made, number, Excluded)}
        if banned:
            _hold(made, number, banned)


def _rounds(made: _Drawing, start: int) -> Iterator[list[int]]:
    """The periods that may change places with each other, round by round."""
    size, begins = len(made.rings[start]), made.begins[start]
    first = begins + (start - begins) // size * size
    for at in range(first, made.total - size + 1, size):
        yield list(range(max(at, start), at + size))


def _live[M: (Excluded, Wishes)](made: _Drawing, number: int, kind: type[M]) -> list[M]:
    """What is asked about this period, by kommuner that take part in it."""
    return [
        each.move
        for each in made.asked
        if isinstance(each.move, kind)
        and each.first <= number
        and (each.last is None or number <= each.last)
        and each.move.kommune in made.rings[number]
    ]


def _offsets(made: _Drawing, number: int, kind: type[Excluded] | type[Wishes]) -> Counter[int]:
    """Offset -> how many of this kind it would meet (wishes) or break (exclusions) in this period."""
    ring, seats = made.rings[number], made.origin.seats
    asked: Sequence[Excluded | Wishes] = (
        _live(made, number, Excluded) if kind is Excluded else _live(made, number, Wishes)
    )
    return Counter((ring.index(each.kommune) - seats.index(each.seat)) % len(ring) for each in asked)


def _hold(made: _Drawing, number: int, banned: set[tuple[str, str]]) -> None:
    """Hold exclusions by trading within the period, where the whole period could not be moved."""
    seats, row, ring = made.origin.seats, made.rows[number], made.rings[number]
    if not any((name, seat) in banned for seat, name in zip(seats, row, strict=True)):
        return
    size, begins = len(ring), made.begins[number]
    ends = min(begins + ((number - begins) // size + 1) * size, made.total)
    held = Counter((name, seat) for each in made.rows[begins:ends] for seat, name in zip(seats, each, strict=True))
    kept = {(each.kommune, each.seat) for each in _live(made, number, Wishes)}
    near = [each for each in (number - 1, number + 1) if 0 <= each < made.total]
    beside = {(name, seat) for each in near for seat, name in zip(seats, made.rows[each], strict=True)}
    period = name_of(*made.origin.times(number + 1)[number])
    made.rows[number] = trade(row, seats, ring, banned=banned, held=held, kept=kept, beside=beside, period=period)
