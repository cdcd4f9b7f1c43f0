"""One-time links to set a password: Django's signed token, so nothing is stored (not in the session
either: the page that shows it works it out) and nothing can be read out.

The token covers the present password, so it stops working when one is set; it lives PASSWORD_RESET_TIMEOUT seconds.
"""

from uuid import UUID

from django.contrib.auth.tokens import default_token_generator

from varde.identity.models import User
from varde.notify.mail import address
from varde.tenancy.door import OfficeRef


def link_for(user: User, office: OfficeRef) -> str:
    """The address to hand to the person."""
    return address(office, link_path(user))


def link_path(user: User) -> str:
    """The same without the host."""
    return f"/aktiver/{user.id.hex}/{default_token_generator.make_token(user)}"


def holder(uid: str, token: str) -> User | None:
    """Whose link this is; None for a wrong, used or old one, and for a closed account."""
    try:
        user_id = UUID(hex=uid)
    except ValueError:
        return None
    user = User.objects.filter(id=user_id, is_active=True).first()
    return user if user is not None and default_token_generator.check_token(user, token) else None
