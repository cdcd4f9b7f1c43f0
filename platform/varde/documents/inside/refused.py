"""Why a file could not be made into a copy; the parent knows each code and the sentence that goes with it."""


class Refused(Exception):
    """`reason` is one of `varde.documents.outcome.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
