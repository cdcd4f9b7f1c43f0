"""The product with faults planted in it: what gunicorn (`application`) and a worker (`app`) run in the tests.

PLANTED_WITHOUT in the environment takes one protection away, to see that the tests would notice.
"""

import logging
import os
import warnings
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varde.settings.demo")

from varde.exits import errors, lines


class Telling(logging.Formatter):
    """Sabotage: the usual formatter."""

    def __init__(self) -> None:
        super().__init__("%(name)s %(message)s")


WITHOUT = os.environ.get("PLANTED_WITHOUT", "")
if WITHOUT == "build_event":
    errors.build_event = lambda event, _hint: event
if WITHOUT == "formatter":
    lines.PlaceFormatter = Telling
if WITHOUT == "take_over":
    lines.take_over = lambda: None

from django.conf import settings  # noqa: E402  (after the sabotage)

warnings.simplefilter("always")  # also the second time
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.TENANT_TYPES["kommune"]["URLCONF"] = "tests.exits.planted_urls"

from celery.utils.log import get_task_logger  # noqa: E402

from varde.celery import app  # noqa: E402
from varde.wsgi import application  # noqa: E402

__all__ = ["app", "application"]


@app.task(name="planted.fail")
def fail(secret: str, **_kwargs: Any) -> None:
    """A task that carries more than keys, and fails with it."""
    kept_here = secret
    get_task_logger("tenants.inbox").warning("Fikk %s", kept_here)
    raise RuntimeError(f"Oppgaven gikk ikke: {kept_here}")
