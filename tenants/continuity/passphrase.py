"""The passphrase of a pack: made by a machine, written down by a person. Pure but for the dice."""

import hmac
import secrets

# Without what looks alike on paper: 0 and O, 1, I and L, 5 and S, 8 and B, 2 and Z, U and V.
_SIGNS = "34679ACDEFGHJKMNPQRTWXY"
_GROUPS, _EACH = 6, 5


def make() -> str:
    """«ACD3E-…»: 30 signs out of 23, more than 130 bits."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_EACH)) for _ in range(_GROUPS))
    return "-".join(groups)


def as_made(typed: str) -> str:
    """What a person typed, as it was made: capitals, in groups, whatever stood between them."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return "-".join(signs[at : at + _EACH] for at in range(0, len(signs), _EACH))


def same(typed: str, made: str) -> bool:
    """Did the person type the one that was made?"""
    return hmac.compare_digest(as_made(typed).encode(), made.encode())
