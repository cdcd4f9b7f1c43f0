"""Tests: the demo's settings with a fast hasher, no files hashed and mail in memory."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of its own in it, made by mkdtemp)
# What a test writes is gone in moments: it waits for no disk where memory has room for the databases of a whole run.
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 6 * 2**30:
    os.environ.setdefault("VARDE_TEST_PLACE", str(MEMORY))

# pytest reads the settings before any conftest, so the throw-away home is chosen here.
os.environ["VARDE_HOME"] = tempfile.mkdtemp(prefix="varde-test-", dir=os.environ.get("VARDE_TEST_PLACE"))
os.environ["VARDE_DB_NAME"] = "varde_test"
os.environ["VARDE_MIGRATOR_PASSWORD"] = "test-migrator-password-that-is-long-enough"  # noqa: S105
os.environ.setdefault("VARDE_SECRET_KEY", "test-secret-key-that-is-long-enough-to-pass")
os.environ.setdefault("VARDE_LOGIN_KEY", "test-login-key-that-is-long-enough-to-pass")

from varde.settings.demo import *  # noqa: E402, F403

MODE = "test"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
