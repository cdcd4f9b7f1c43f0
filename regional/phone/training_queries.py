"""Asking for the operators, their training and their declarations."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from regional.phone import declaration, declaration_queries, training
from regional.phone.declaration import Signed
from regional.phone.plan import operators
from regional.phone.training import Line
from regional.phone.training_models import Course, CourseList
from shared.codes import courses as codes
from varde.identity.models import User


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator: what is learnt, and the signature that holds (`signs`: missing, soon or ok)."""

    user: User
    lines: list[Line]
    signed: Signed | None
    signs: str

    @property
    def lacks(self) -> list[str]:
        """What is missing or has run out, in words."""
        unsigned = ["taushetserklæringen er ikke signert"] if self.signed is None else []
        return unsigned + training.lacking(self.lines)

    @property
    def soon(self) -> list[str]:
        """What ends soon, in words."""
        ends = f"taushetserklæringen går ut {self.signed.until:%d.%m.%Y}" if self.signed else ""
        return ([ends] if self.signs == "soon" else []) + training.ending(self.lines)


def newest_list() -> CourseList | None:
    """The host's own list, if there is one."""
    return CourseList.objects.order_by("-loaded_at", "-id").first()


def courses() -> tuple[codes.Course, ...]:
    """The list in force."""
    own = newest_list()
    return codes.listed(own.courses) if own else codes.shipped()


def everybody(today: date) -> list[Operator]:
    """Every operator, by name."""
    return of_users(operators(), today)


def of_users(users: list[User], today: date) -> list[Operator]:
    """These people, as far as the reader sees what they have; a constant number of queries."""
    listed, signed = courses(), declaration_queries.holding_of(users)
    done: dict[UUID, list[tuple[str, date, date | None]]] = defaultdict(list)
    for row in Course.objects.filter(user__in=users, gone_at=None):
        done[row.user_id].append((row.code, row.done_on, row.until))
    return [
        Operator(
            user, training.lines(listed, done[user.id], today), signed[user.id],
            declaration.standing(signed[user.id], today),
        )
        for user in users
    ]  # fmt: skip


def warnings(found: Iterable[Operator]) -> list[str]:
    """Sentences for the host: who lacks what, then what ends soon."""
    known = list(found)
    lacks = [f"{one.user.name}: {', '.join(one.lacks)}." for one in known if one.lacks]
    return lacks + [f"{one.user.name}: {', '.join(one.soon)}." for one in known if one.soon]


def courses_of(user: User) -> list[Course]:
    """Everything that was entered of a person, also by mistake, the newest first."""
    return list(Course.objects.filter(user=user).order_by("-done_on", "-made_at"))
