"""Asking about lends that the kommune has a say in: what the agreement says, and who has said yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from shared.contracts import AgreementLend, AgreementNotice
from shared.registry.lends import Lend
from shared.registry.lends_queries import Known, about
from shared.registry.models import Office
from tenants.starting import agreement_queries
from varde.access import Reader
from varde.access.roles import ROLES, Role
from varde.clock import now
from varde.ui.dates import day_of
from varde.worktime import moment as at_clock

type Story = list[tuple[datetime, bool]]


@dataclass(frozen=True, slots=True)
class Row:
    """A lend as it is shown. `asked`: the agreement says it, and we have not said yes to all of it; `ours`: our yes
    stands now or later; `waits`: those who have not said yes; `holds`: people may be lent by it now."""

    lend: Lend
    key: str
    lender: str
    borrower: str
    role: str
    starts_on: date | None
    ends_on: date | None
    story: Story
    asked: bool
    ours: bool
    waits: list[str]
    holds: bool

    @property
    def ahead(self) -> bool:
        """Is it to begin later?"""
        return bool(self.starts_on and self.starts_on > day_of(now()))


def rows(by: Reader) -> list[Row]:
    """What the newest letter with the agreement says of us, and what we have said yes to beside it."""
    found = agreement_queries.notices()
    text = agreement_queries.text_of(found, agreement_queries.holds(by))
    known, moment = about(by.office.id), now()
    agreed = {} if text is None else dict(_of_us(text.letter, text.row.region, by))
    over = {lend for lend, said in agreed.items() if not _lasts(said, moment)}
    beside = {word.lend for word in known.said if word.said_by == by.office.id} - agreed.keys()
    ours = {lend for lend in beside if _says_ever(known, lend, by.office.id, moment)}
    names = _names(key for lend in {*agreed, *ours} for key in lend.voices)
    made = [_row(lend, agreed.get(lend), known, names, moment, by) for lend in (*(agreed.keys() - over), *ours)]
    return sorted(made, key=lambda row: (row.borrower, row.lender, row.role))


def waiting(by: Reader) -> int:
    """How many lends wait for our answer."""
    return sum(row.asked for row in rows(by))


def stories(letter: AgreementNotice, region: UUID, since: datetime, by: Reader) -> list[tuple[Lend, Story]]:
    """What a yes to a letter says of each lend in it that is about us, from then on."""
    return [(lend, story(said, since)) for lend, said in _of_us(letter, region, by) if _lasts(said, since)]


def story(said: AgreementLend, since: datetime) -> Story:
    """Yes from the first day, at the earliest from `since`, and no after the last."""
    first = max(since, at_clock(said.starts_on, time(0))) if said.starts_on else since
    return [(first, True)] + ([(_after(said.ends_on), False)] if said.ends_on else [])


def _lasts(said: AgreementLend, since: datetime) -> bool:
    return said.ends_on is None or _after(said.ends_on) > since


def _after(last: date) -> datetime:
    return at_clock(last + timedelta(days=1), time(0))


def _of_us(letter: AgreementNotice, region: UUID, by: Reader) -> Iterable[tuple[Lend, AgreementLend]]:
    for said in letter.lending:
        if by.office.id in (said.lender, said.borrower):
            yield Lend(letter.agreement, region, said.lender, said.borrower, said.role), said


def _says_ever(known: Known, lend: Lend, side: UUID, moment: datetime) -> bool:
    return any(known.says_yes(lend, side, at) for at in (moment, *known.changes(lend, side, moment)))


def _row(
    lend: Lend, said: AgreementLend | None, known: Known, names: dict[UUID, str], moment: datetime, by: Reader
) -> Row:  # fmt: skip
    told = story(said, moment) if said else []
    begins = told[0][0] if told else moment
    ends = _after(said.ends_on) if said and said.ends_on else datetime.max.replace(tzinfo=moment.tzinfo)
    times = [begins, *(at for at in known.changes(lend, by.office.id, begins) if at < ends)] if said else []
    return Row(
        lend=lend,
        key=f"{lend.lender}:{lend.borrower}:{lend.role}",
        lender=names.get(lend.lender, ""),
        borrower=names.get(lend.borrower, ""),
        role=ROLES[Role(lend.role)].label if lend.role in Role else lend.role,
        starts_on=said.starts_on if said else None,
        ends_on=said.ends_on if said else None,
        story=told,
        asked=any(not known.says_yes(lend, by.office.id, at) for at in times),
        ours=_says_ever(known, lend, by.office.id, moment),
        waits=sorted(names.get(each, "") for each in lend.voices if not known.says_yes(lend, each, begins)),
        holds=lend in known.in_force(moment),
    )


def _names(keys: Iterable[UUID]) -> dict[UUID, str]:
    return dict(Office.objects.filter(id__in=set(keys)).values_list("id", "name"))
