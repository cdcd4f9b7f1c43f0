"""What keeps a role with a person: the rooms know of work that would otherwise be left with nobody.

In a room's AppConfig.ready(): `leaving.before(why)`; why(user, role) -> a sentence, or None. An account can always be
closed, whatever the rooms say.
"""

from collections.abc import Callable

from varde.access.roles import Role
from varde.identity.models import User

type Why = Callable[[User, Role], str | None]
_asked: list[Why] = []


def before(why: Why) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if why not in _asked:
        _asked.append(why)


def why_not(user: User, role: Role) -> str | None:
    """The first reason why the person keeps the role, or None."""
    return next((said for ask in _asked if (said := ask(user, role)) is not None), None)
