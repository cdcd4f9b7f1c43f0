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


def bare(made: str) -> str:
    """The same without what stands between the groups: it opens a pack too."""
    return made.replace("-", "")


def opens(typed: str, made: str) -> bool:
    """Would a pack that was locked with `made` open with what the person typed? It does so in capitals alone."""
    tried = typed.strip().encode()
    return any(hmac.compare_digest(tried, each.encode()) for each in (made, bare(made)))
