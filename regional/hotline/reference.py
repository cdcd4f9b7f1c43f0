"""References of calls: short enough to read out on the phone, impossible to guess. Pure."""

from collections.abc import Callable, Sequence

# No 0/O, 1/I/L, 5/S, 8/B, U/V: what is heard or scribbled must come back as the same letter.
ALPHABET = "234679ACDEFGHJKMNPQRTWXYZ"


def new_reference(choose: Callable[[Sequence[str]], str]) -> str:
    """For example «V-7K3M-2Q»; `choose` picks one letter (`secrets.choice`)."""
    letters = [choose(ALPHABET) for _ in range(6)]
    return f"V-{''.join(letters[:4])}-{''.join(letters[4:])}"
