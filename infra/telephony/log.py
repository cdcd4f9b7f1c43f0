"""The bridge's own log: fixed words, call ids and kinds of error. No number, not even out of somebody's exception."""

import logging
import sys

log = logging.getLogger("varde.telephony")


class Plain(logging.Formatter):
    """Our own lines as they are; of others' lines only where they stand, and of errors only their kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name == log.name
        said = record.getMessage() if ours else f"{record.name} {record.funcName}:{record.lineno}"
        return f"{self.formatTime(record)} {record.levelname} {said}{_kind(record)}"


def _kind(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return ""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" {place.tb_frame.f_code.co_name}:{place.tb_lineno}" if place else ""
    status = getattr(error, "status", None)
    number = f" {status}" if isinstance(status, int) else ""
    return f" ({type(error).__name__}{number}{where})"


def start() -> None:
    """To stderr, everything from INFO of ours and WARNING of others."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Plain())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    log.setLevel(logging.INFO)
