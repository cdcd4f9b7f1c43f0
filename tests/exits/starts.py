"""Runs many starts of Django quickly: libraries are loaded once, then each start is a forked process of its own.

stdin: JSON list of {"env": {…}, "override": {…}, "without": "name of a question"}; stdout: what each start says ("").
"""

import gc
import importlib
import json
import os
import sys
import types
from typing import Any

LIBRARIES = (
    "django", "django.db", "django.forms", "django.http", "django.template", "django.contrib.auth.hashers", "psycopg",
    "psycopg_pool", "celery", "celery.signals", "kombu", "nacl.public", "cryptography.hazmat.primitives.ciphers.aead",
    "redis", "holidays", "joserfc.jwt", "phonenumbers", "PIL.Image", "qrcode", "sqlparse", "stdnum", "xlsxwriter",
)  # fmt: skip


def main() -> None:
    """Answer for all."""
    gc.disable()  # none of them lives for longer than its start
    for name in LIBRARIES:
        importlib.import_module(name)
    print(json.dumps([outcome(case) for case in json.load(sys.stdin)]))


def outcome(case: dict[str, Any]) -> str:
    """What one start says; "" when it starts."""
    told, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(told)
        os.write(tell, start(case).encode())
        os._exit(0)
    os.close(tell)
    with os.fdopen(told, encoding="utf-8") as answer:
        said = answer.read()
    os.waitpid(pid, 0)
    return said


def start(case: dict[str, Any]) -> str:
    """In the child: the environment, the settings, perhaps one question fewer, and Django's start."""
    for name in [name for name in os.environ if name.startswith(("VARDE_", "PGSSL", "DJANGO_"))]:
        del os.environ[name]
    os.environ.update(case["env"])
    try:
        settings(case["override"])
        fewer(case["without"])
        import django

        django.setup()
    except BaseException as error:
        return str(error) or type(error).__name__
    return ""


def settings(override: dict[str, Any]) -> None:
    """Production's settings with some that a person has changed in the file."""
    production = importlib.import_module("varde.settings.production")
    changed = types.ModuleType("changed_by_hand")
    vars(changed).update({name: value for name, value in vars(production).items() if name.isupper()} | override)
    sys.modules["changed_by_hand"] = changed
    os.environ["DJANGO_SETTINGS_MODULE"] = "changed_by_hand"


def fewer(without: str) -> None:
    """Sabotage: nobody asks this question."""
    from varde.tenancy import guard

    guard.SETTINGS = tuple(question for question in guard.SETTINGS if question.name != without)


if __name__ == "__main__":
    main()
