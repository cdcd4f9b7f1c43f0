"""The provisioner as a process of its own, killed outright; and that nothing which serves people holds its code."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from shared.registry.queries import office_by_slug
from tests.shared.orders import FIRST, approved, newborns, state, work_off
from varde.identity.models import User
from varde.tenancy.work import work

assert newborns
# It is gone the moment a stage is done and before that is noted: the worst moment there is.
KILLED = """
import django, os, signal, sys
django.setup()
from shared.orders import work as order_work
from varde.cli import main
real = order_work.note
def doomed(order_id, state, **told):
    if sys.argv[1] in (told.get("code"), state):
        os.kill(os.getpid(), signal.SIGKILL)
    real(order_id, state, **told)
order_work.note = doomed
main(["provisioner", "--once"])
"""
SERVES = """
import django, importlib, sys
django.setup()
from django.conf import settings
for spec in settings.TENANT_TYPES.values():
    importlib.import_module(spec["URLCONF"])
import varde.wsgi, varde.celery
varde.celery.app.loader.import_default_modules()
import json
print(json.dumps(sorted(name for name in sys.modules if "shared." in name or "export" in name)))
"""


def child(*argv: str) -> subprocess.CompletedProcess[str]:
    database = settings.DATABASES["default"]
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "varde.settings.demo", "VARDE_HOME": str(settings.HOME),
        "VARDE_DB_NAME": database["NAME"], "VARDE_DB_HOST": database["HOST"], "VARDE_DB_PORT": str(database["PORT"]),
        "VARDE_SECRET_KEY": settings.SECRET_KEY, "VARDE_LOGIN_KEY": settings.LOGIN_KEY,
        "VARDE_BROKER_URL": settings.BROKER_URL,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }  # fmt: skip
    return subprocess.run([sys.executable, "-c", *argv], env=env, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("stage", ["begun", "office", "person", "mail", "done"])
def test_killed_at_any_stage_the_next_one_finishes_it(newborns, stage):
    order_id = approved()
    ended = child(KILLED, stage)
    assert ended.returncode == -9, ended.stderr
    assert state(order_id) in ("approved", "working")
    work_off()
    assert state(order_id) == "done"
    born = office_by_slug("nykommune")
    assert born is not None
    with work(born, "setup"):
        assert User.objects.filter(email=FIRST).count() == 1


def test_what_serves_people_never_loads_what_carries_orders_out(newborns):
    loaded = child(SERVES)
    assert loaded.returncode == 0, loaded.stderr
    carries_out = {f"shared.orders.{name}" for name in ("work", "birth", "close", "export", "cli")}
    carries_out |= {"shared.merging.rows", "shared.merging.accounts", "shared.merging.opening"}
    assert carries_out.isdisjoint(json.loads(loaded.stdout.strip().splitlines()[-1]))
