"""The settings of the tests: the real ones, on a disk of their own, with cheap passwords."""

import tempfile
from pathlib import Path

from opentusk.config.settings import *  # noqa: F403

VAR_DIR = Path(tempfile.mkdtemp(prefix="opentusk-test-"))
SEARCH_DIR = VAR_DIR / "search"
FEEDS_DIR = VAR_DIR / "feeds"
STATIC_ROOT = VAR_DIR / "static"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
