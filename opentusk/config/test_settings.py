"""The settings of the tests: the real ones, on a disk of their own, with cheap passwords."""

import tempfile
from pathlib import Path

from opentusk.config.settings import *  # noqa: F403

VAR_DIR = Path(tempfile.mkdtemp(prefix="opentusk-test-"))
SEARCH_DIR = VAR_DIR / "search"
FEEDS_DIR = VAR_DIR / "feeds"
STATIC_ROOT = VAR_DIR / "static"
# WhiteNoise warns of a folder that is not there, and a warning fails a test.
STATIC_ROOT.mkdir()
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file, as in production: the in-memory database of Django's tests has another way of locking.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}  # noqa: F405
