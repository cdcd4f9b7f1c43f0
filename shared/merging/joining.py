"""What rooms say about two kommuner that become one: what must be done first, what lies in files, what is made anew.

The registry knows no room. Checks are asked in the old office, what is made anew in the new one, both as the owner of
the tables; files are carried by nobody in particular.
"""

from collections.abc import Callable

from varde.tenancy.door import OfficeRef

# A sentence that says why not yet, or "".
Check = Callable[[OfficeRef], str]
# The first one's files are the second one's from now on; may be said again after a start that was cut short.
Carry = Callable[[OfficeRef, OfficeRef], None]
# What was worked out with a key of the old office is worked out again; may be said again too.
Anew = Callable[[], None]
_checks: list[Check] = []
_carries: list[Carry] = []
_anew: list[Anew] = []


def before(check: Check) -> None:
    """The room says what must be done before its kommune becomes part of another."""
    _register(_checks, check)


def carries(carry: Carry) -> None:
    """The room keeps something in files that the new office needs."""
    _register(_carries, carry)


def makes_anew(anew: Anew) -> None:
    """The room keeps blind indexes, which are the old office's."""
    _register(_anew, anew)


def _register[T](known: list[T], new: T) -> None:
    if new not in known:
        known.append(new)


def why_not(ref: OfficeRef) -> list[str]:
    """Every reason why it cannot be yet; inside `leaving.as_owner_of`."""
    return [sentence for check in _checks if (sentence := check(ref))]


def carry(former: OfficeRef, heir: OfficeRef) -> None:
    """Everything that lies in files."""
    for each in _carries:
        each(former, heir)


def make_anew() -> None:
    """Every index; inside `leaving.as_owner_of`."""
    for each in _anew:
        each()
