"""The one place that asks what time it is; pure rules are handed the answer."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


def now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)
