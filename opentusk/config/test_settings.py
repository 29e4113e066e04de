"""The settings of the tests: the real ones, on a disk of their own, with cheap passwords."""

import tempfile
from pathlib import Path

from opentusk.config.settings import *  # noqa: F403

VAR_DIR = Path(tempfile.mkdtemp(prefix="opentusk-test-"))
SEARCH_DIR = VAR_DIR / "search"
FEEDS_DIR = VAR_DIR / "feeds"
TABLES_DIR = VAR_DIR / "tables"
SPARQL_DIR = VAR_DIR / "sparql"
VISITS_DIR = VAR_DIR / "visits"
EXPORTS_DIR = VAR_DIR / "exports"
FILES_DIR = VAR_DIR / "files"
STORES_DIR = VAR_DIR / "stores"
CALLERS_DIR = VAR_DIR / "callers"
WORDS_DIR = VAR_DIR / "words"
BODIES_DIR = VAR_DIR / "bodies"
STATIC_ROOT = VAR_DIR / "static"
# WhiteNoise warns of a folder that is not there, and a warning fails a test.
STATIC_ROOT.mkdir()
FILLING_SECONDS = 0  # tests fill forms in at once
TRIALS = 0  # every test has the same address
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file, as in production: the in-memory database of Django's tests has another way of locking.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}  # noqa: F405
