"""Since the start: is what is registered now the same as what was sent, and if not, why? Pure.

Bufdir asks for the total each time because cases were forgotten: what was registered late, and what was counted once
and is gone, each quarter for itself and in words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from shared.codes.periods import Quarter, label
from shared.reporting.document import Table
from varde.ui.numbers import whole

_WHERE = "slått sammen med en annen, overført til en annen kommune eller datert om"


@dataclass(frozen=True, slots=True)
class Line:
    """A quarter: cases that were sent last (None: never), and those registered now. `before`: a kommune that has
    become part of this one sent it. `opened`: how many of those now were opened after it was sent: one that came and
    one that went must not hide each other."""

    quarter: Quarter
    sent: int | None
    now: int
    before: bool = False
    opened: int = 0

    @property
    def late(self) -> int:
        """Registered after the quarter was sent."""
        return 0 if self.sent is None else max(self.now - self.sent, self.opened)

    @property
    def gone(self) -> int:
        """Counted when the quarter was sent, and not any more."""
        return 0 if self.sent is None else self.sent + self.late - self.now

    @property
    def unsent(self) -> int:
        """Of a quarter that was never sent from here."""
        return self.now if self.sent is None and not self.before else 0

    @property
    def said(self) -> str:
        """The quarter in words; "" where nothing is to be said."""
        if self.before:
            return "sendt av en kommune som er blitt en del av denne" if self.now else ""
        if self.sent is None:
            return "ikke sendt" if self.now else "ikke sendt, og ingen saker"
        late = f"{_cases(self.late)} registrert etter at kvartalet ble sendt" if self.late else ""
        gone = f"{_cases(self.gone)} talt før, og borte nå" if self.gone else ""
        return "; ".join(filter(None, (late, gone))) or ("" if self.now else "ingen saker")


def _cases(number: int) -> str:
    return "1 sak" if number == 1 else f"{whole(number)} saker"


@dataclass(frozen=True, slots=True)
class Check:
    """Every quarter since the start, and the total since the start as it is counted for the report. `unanswered`:
    cases in which no question is answered. `outside`: cases dated before the kommune's registered first day, or later
    than the period in the report."""

    lines: tuple[Line, ...]
    total: int
    unanswered: int = 0
    early: int = 0
    ahead: int = 0

    @property
    def adds_up(self) -> bool:
        """Total = sent + late − gone + never sent + sent by others before."""
        return self.total == self._sum()

    def _sum(self) -> int:
        before = sum(line.now for line in self.lines if line.before)
        sent = sum(line.sent or 0 for line in self.lines if not line.before)
        return sent + self.late - self.gone + self.unsent + before

    @property
    def late(self) -> int:
        """Registered after their quarter was sent."""
        return sum(line.late for line in self.lines if not line.before)

    @property
    def gone(self) -> int:
        """Counted once, and not any more."""
        return sum(line.gone for line in self.lines if not line.before)

    @property
    def unsent(self) -> int:
        """In quarters that were never sent."""
        return sum(line.unsent for line in self.lines)

    @property
    def empty(self) -> list[Quarter]:
        """Quarters without a case."""
        return [line.quarter for line in self.lines if not line.now]

    def tables(self) -> tuple[Table, Table]:
        """The sum, and the quarters that it is made of."""
        before = sum(line.now for line in self.lines if line.before)
        rows: list[tuple[str, int]] = [
            ("Saker i tallene som er sendt", sum(line.sent or 0 for line in self.lines if not line.before)),
            ("Pluss: registrert etter at kvartalet ble sendt", self.late),
            ("Minus: talt før, og borte nå", self.gone),
            ("Pluss: i kvartaler som ikke er sendt", self.unsent),
        ]
        if before:
            rows.append(("Pluss: fra før kommunene ble slått sammen", before))
        rows.append(("Sum: saker siden start, som i rapporten", self.total))
        quarters = tuple(
            (label([line.quarter]), "–" if line.sent is None else line.sent, line.now, line.said) for line in self.lines
        )
        return (
            Table("Siden start, kontrollert", ("Hva", "Saker"), tuple(rows), key="check.sum"),
            Table("Kvartal for kvartal", ("Kvartal", "Sendt", "Registrert nå", "Merknad"), quarters, key="check.lines"),
        )

    def sentences(self) -> tuple[str, ...]:
        """What the check found, in plain words; one sentence where it found nothing."""
        return tuple(self._sentences()) or ("Kontrollen stemmer: alt som er registrert, er sendt.",)

    def _sentences(self) -> Iterator[str]:
        if not self.adds_up:
            yield f"Kontrollen går ikke opp: {_cases(self._sum())} etter kvartalene, {whole(self.total)} siden start."
        for number, said in (
            (self.late, "registrert etter at tallene for kvartalet ble sendt"),
            (self.gone, f"talt i tall som er sendt, og borte nå: {_WHERE}"),
            (self.unsent, "i kvartaler som ikke er sendt"),
            (self.early, "datert før kommunens registrerte startdato"),
            (self.ahead, "datert etter i dag, i et kvartal som ikke er begynt"),
            (self.unanswered, "uten ett svar i registreringsskjemaet"),
        ):
            if number:
                yield f"{_cases(number).capitalize()} er {said}."
        if self.empty:
            yield f"Kvartaler uten saker: {', '.join(label([quarter]) for quarter in self.empty)}."


def checked(
    quarters: Sequence[Quarter],
    sent: Mapping[Quarter, int],
    now: Mapping[Quarter, int],
    born: Quarter | None = None,
    opened: Mapping[Quarter, int] = MappingProxyType({}),
) -> tuple[Line, ...]:
    """A line for each quarter. `born`: the quarter in which the kommune was born of others. `opened`: cases opened
    after their quarter was sent."""
    return tuple(
        Line(each, sent.get(each), now.get(each, 0), born is not None and each < born, opened.get(each, 0))
        for each in quarters
    )
