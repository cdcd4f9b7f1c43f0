"""Log lines of every process: time, level, logger, and the type and place of an error.

Only our own loggers say a sentence, and of what is put into it only numbers, ids and names of errors are shown. The
sentences of others (frame, web server, worker, database client) can hold what a person wrote or where a person is, so
of those the place in the code is told instead: `gunicorn.error base.handle_error:274` can be looked up.
"""

import logging
import logging.config
import re
import sys
import threading
import warnings
from types import TracebackType
from typing import Any
from uuid import UUID

_OURS = "varde"
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FRAMES = 6
log = logging.getLogger("varde.exits")


class PlaceFormatter(logging.Formatter):
    """One line of what may be told."""

    def format(self, record: logging.LogRecord) -> str:
        """Never the message of somebody else's logger, nor the text of an error (but of a refusal to start)."""
        ours = record.name.split(".")[0] == _OURS
        told = _sentence(record) if ours else f"{record.module}.{record.funcName}:{record.lineno}"
        parts = [self.formatTime(record), record.levelname, record.name, told]
        if record.exc_info and record.exc_info[0]:
            parts += [record.exc_info[0].__name__, _place(record.exc_info[2]), _shown(record.exc_info[1])]
        return " ".join(part for part in parts if part)


def _sentence(record: logging.LogRecord) -> str:
    """The sentence as it stands in our code; what is put into it only when it is plain."""
    template = str(record.msg)
    args = record.args if isinstance(record.args, tuple) else ()
    try:
        return template % tuple(_plain(arg) for arg in args)
    except (TypeError, ValueError):
        return template


def _plain(arg: object) -> object:
    if isinstance(arg, int | float | UUID | _File):
        return arg
    return arg if isinstance(arg, str) and (_ID.fullmatch(arg) or _names_an_error(arg)) else "…"


class _File(str):
    """The name of a file of code."""

    __slots__ = ()


def _names_an_error(text: str) -> bool:
    """A surname looks like any other word; only what really is the name of an error passes."""
    kinds = [BaseException]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return any(kind.__name__ == text for kind in kinds)


def _place(trace: TracebackType | None) -> str:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}.{code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(places[-_FRAMES:]))


def _shown(error: BaseException | None) -> str:
    """A refusal to start is made of our own sentences, and somebody must read it."""
    return str(error) if getattr(error, "made_of_our_sentences", False) else ""


def configure(config: dict[str, Any]) -> None:
    """One handler to stderr with the careful formatter, for everybody, also for who set up its own before us."""
    formatter = {"place": {"()": PlaceFormatter}}
    nothing: dict[str, Any] = {"handlers": [], "propagate": True}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": formatter,
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "place"}},
            "root": {"handlers": ["stderr"], "level": config["level"]},
            "loggers": {
                "django": nothing,  # Django's own would mail an error with all its locals
                "django.server": nothing | {"level": "ERROR"},
                "django.request": {"level": "ERROR"},
            },
        }
    )
    # A handler that fails would print the message and its arguments beside the formatter.
    logging.raiseExceptions = False
    take_over()


def take_over() -> None:
    """The web server and the worker made handlers of their own before or after us: they get our formatter too."""
    for logger in list(logging.root.manager.loggerDict.values()):
        for handler in logger.handlers if isinstance(logger, logging.Logger) else ():
            handler.setFormatter(PlaceFormatter())


def catch_the_rest() -> None:
    """What nobody caught goes through the same formatter: Python itself would print the text of the error."""
    sys.excepthook = _uncaught
    threading.excepthook = _in_a_thread
    sys.unraisablehook = _unraisable
    warnings.showwarning = _warned  # type: ignore[assignment]


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("uncaught", exc_info=(kind, error, trace))


def _in_a_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
        log.critical("uncaught in a thread", exc_info=(args.exc_type, args.exc_value, args.exc_traceback))


def _unraisable(args: "sys.UnraisableHookArgs") -> None:
    if args.exc_value is not None:
        log.error("uncaught at the end", exc_info=(args.exc_type, args.exc_value, args.exc_traceback))


def _warned(_message: Warning | str, category: type[Warning], filename: str, lineno: int, *_rest: Any) -> None:
    log.warning("%s in %s line %d", category.__name__, _File(filename.rsplit("/", 1)[-1]), lineno)
