"""Every setting, with a default that needs no server: a complete platform on one disk.

Each value read from the environment is listed in docs/reference/settings.md (a test compares).
"""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from opentusk.config import env

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.text("OPENTUSK_VAR", str(BASE_DIR / "var")))
# The only folder the portal writes to. WhiteNoise warns of a folder that is not there, at every start.
(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)

# -- identity of the portal
SITE_URL = env.text("OPENTUSK_SITE_URL", "http://localhost:8000").rstrip("/")
# A portal of one's own machine: demonstration accounts and the known key are for it alone.
IS_LOCAL = urlsplit(SITE_URL).hostname in {"localhost", "127.0.0.1", "::1"}
PORTAL_TITLE = env.text("OPENTUSK_TITLE", "OpenTusk")
PORTAL_DESCRIPTION = env.text("OPENTUSK_DESCRIPTION", "Il catalogo dei dati aperti degli enti del territorio.")
PORTAL_PUBLISHER_IPA = env.text("OPENTUSK_PUBLISHER_IPA", "r_puglia")
PORTAL_PUBLISHER_NAME = env.text("OPENTUSK_PUBLISHER_NAME", "Regione Puglia")
PORTAL_EMAIL = env.text("OPENTUSK_EMAIL", "opendata@example.org")
PORTAL_ISSUED = env.text("OPENTUSK_ISSUED", "2026-01-01")

# -- Django
DEBUG = env.boolean("OPENTUSK_DEBUG", False)
DEMO_SECRET_KEY = "insecure-demo-key-for-one-machine-only-0123456789-0123456789"  # noqa: S105 - no secret: a check refuses it in public
SECRET_KEY = env.text("OPENTUSK_SECRET_KEY", DEMO_SECRET_KEY)
ALLOWED_HOSTS = env.words("OPENTUSK_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "opentusk.config.urls"
WSGI_APPLICATION = "opentusk.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "opentusk.ui",
    "opentusk.journal",
    "opentusk.outbound",
    "opentusk.people",
    "opentusk.bodies",
    "opentusk.catalog",
    "opentusk.quality",
    "opentusk.search",
    "opentusk.feeds",
    "opentusk.harvest",
    "opentusk.pages",
    "opentusk.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "opentusk.ui.middleware.ContentSecurityPolicy",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "opentusk.ui.context.portal",
            ],
        },
    }
]

# -- rows
DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'opentusk.sqlite3'}"), conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # One writer at a time and readers that never wait: IMMEDIATE takes the write lock when the transaction
    # starts, so that two writers queue on the busy timeout instead of failing half way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-65536;",
    }

# -- what follows from an event, and when
REACTIONS = "opentusk.config.reactions.REACTIONS"
SCHEDULE = "opentusk.config.schedule.SCHEDULE"

# -- places on the disk; everything below can be rebuilt
SEARCH_DIR = VAR_DIR / "search"
FEEDS_DIR = VAR_DIR / "feeds"
FEED_PAGE_SIZE = env.number("OPENTUSK_FEED_PAGE_SIZE", 100)
# Demonstration datasets must never reach a national catalogue; on a machine of its own a demo needs a feed to show.
DEMO_IN_FEEDS = env.boolean("OPENTUSK_DEMO_IN_FEEDS", IS_LOCAL)

# -- harvesting
HARVEST_SOURCES = [
    "opentusk.harvest.sources.dcat_rdf.DcatRdfSource",
    "opentusk.harvest.sources.ckan.CkanSource",
    "opentusk.harvest.sources.dcat_us.DcatUsSource",
]
HARVEST_VANISHED_LIMIT = 0.30
HARVEST_RUNS_BEFORE_WITHDRAWAL = 2

# -- the outbound client
OUTBOUND_USER_AGENT = env.text("OPENTUSK_USER_AGENT", f"OpenTusk/0.1 (+{SITE_URL})")
OUTBOUND_MAX_BYTES = env.number("OPENTUSK_OUTBOUND_MAX_BYTES", 50 * 1024 * 1024)
# Addresses a test or a closed network may name on purpose, as `host:port`; empty everywhere else.
OUTBOUND_ALLOWED_PRIVATE = env.words("OPENTUSK_OUTBOUND_ALLOWED_PRIVATE")

# -- language and time
LANGUAGE_CODE = "it"
LANGUAGES = [("it", "Italiano"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "opentusk" / "ui" / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Rome"
USE_TZ = True

# -- static files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    ("vendor/bootstrap-italia", BASE_DIR / "node_modules" / "bootstrap-italia" / "dist"),
    ("vendor/htmx", BASE_DIR / "node_modules" / "htmx.org" / "dist"),
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# -- mail
EMAIL_BACKEND = env.text("OPENTUSK_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = PORTAL_EMAIL

# -- security
# How many reverse proxies of ours stand before the portal: only their X-Forwarded-For is believed.
TRUSTED_PROXIES = env.number("OPENTUSK_TRUSTED_PROXIES", 0)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SITE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("OPENTUSK_LOG_LEVEL", "WARNING")},
}
