"""What can go wrong with a key, each with a Norwegian sentence that tells nothing of the content."""


class CannotOpen(ValueError):
    """Changed, moved to another place, closed under another key, or the key is hidden from this reader."""

    def __init__(self, message: str = "Innholdet kan ikke åpnes her.") -> None:
        super().__init__(message)


class Destroyed(CannotOpen):
    """The key is gone for good, and with it the content, here and in every backup."""

    def __init__(self, message: str = "Innholdet er slettet for godt. Nøkkelen finnes ikke lenger.") -> None:
        super().__init__(message)


class NotSealed(CannotOpen):
    """A value from before it was sealed: `varde keys seal` has not reached it."""

    def __init__(self, message: str = "Innholdet er ikke lukket ennå. Kjør «varde keys seal».") -> None:
        super().__init__(message)


class KeeperAway(OSError):
    """The keeper of the office keys cannot be reached or does not know the office; nothing was stored or read."""


class CannotKeep(OSError):
    """A new key could not be put on the disk; what it was to seal is refused, not half stored."""


class PlainRefused(TypeError):
    """Somebody tried to store, search or show a sealed field without going through the row."""
