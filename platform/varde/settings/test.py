"""Tests: the demo's settings with a fast hasher, no files hashed and mail in memory."""

import os
import tempfile

# pytest reads the settings before any conftest, so the throw-away home is chosen here.
os.environ["VARDE_HOME"] = tempfile.mkdtemp(prefix="varde-test-")
os.environ["VARDE_DB_NAME"] = "varde_test"
os.environ["VARDE_MIGRATOR_PASSWORD"] = "test-migrator-password-that-is-long-enough"  # noqa: S105
os.environ.setdefault("VARDE_SECRET_KEY", "test-secret-key-that-is-long-enough-to-pass")
os.environ.setdefault("VARDE_LOGIN_KEY", "test-login-key-that-is-long-enough-to-pass")

from varde.settings.demo import *  # noqa: F403

MODE = "test"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
