"""Whom at the phone a mail goes to; what it may say is `varde.notify`'s, and never what, about whom, or from where."""

from regional.phone.queries import answering
from varde.access import Role
from varde.clock import now
from varde.identity.queries import people


def addresses() -> list[str]:
    """Those on shift (every operator where nobody is), and who runs the phone."""
    on_shift = answering(now()) or people(Role.OPERATOR)
    return sorted({person.email for person in [*on_shift, *people(Role.HOST_ADMINISTRATOR)]})
