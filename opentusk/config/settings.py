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
# Former keys: sessions and sealed secrets of theirs are still read.
SECRET_KEY_FALLBACKS = env.words("OPENTUSK_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("OPENTUSK_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "opentusk.config.urls"
WSGI_APPLICATION = "opentusk.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/benvenuto"
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
    "opentusk.joining",
    "opentusk.files",
    "opentusk.catalog",
    "opentusk.editorial",
    "opentusk.quality",
    "opentusk.tables",
    "opentusk.querying",
    "opentusk.search",
    "opentusk.notices",
    "opentusk.subscriptions",
    "opentusk.feeds",
    "opentusk.harvest",
    "opentusk.feeding",
    "opentusk.publishing",
    "opentusk.bulk",
    "opentusk.comments",
    "opentusk.programme",
    "opentusk.community",
    "opentusk.demand",
    "opentusk.datalab",
    "opentusk.reuse",
    "opentusk.consultation",
    "opentusk.hackathon",
    "opentusk.jury",
    "opentusk.insights",
    "opentusk.sparql",
    "opentusk.ckan",
    "opentusk.ckan_search",
    "opentusk.migration",
    "opentusk.ckan_directory",
    "opentusk.datastore",
    "opentusk.federation",
    "opentusk.pages",
    "opentusk.demo",
]

MIDDLEWARE = [
    "opentusk.federation.noting.NoteVisits",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "opentusk.people.coming_back.BackToTheForm",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "opentusk.ui.middleware.ContentSecurityPolicy",
    "opentusk.ui.middleware.Gates",
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
                "opentusk.subscriptions.context.unread",
                "opentusk.comments.context.moderation",
                "opentusk.community.context.membership",
                "opentusk.datalab.context.leading",
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
SUBJECTS = "opentusk.config.subjects.SUBJECTS"
PERSONAL_DATA = "opentusk.config.personal_data.PERSONAL_DATA"
CKAN_ACTIONS = "opentusk.config.ckan_actions.CKAN_ACTIONS"

# -- places on the disk; everything below can be rebuilt
SEARCH_DIR = VAR_DIR / "search"
FEEDS_DIR = VAR_DIR / "feeds"
TABLES_DIR = VAR_DIR / "tables"
SPARQL_DIR = VAR_DIR / "sparql"
CALLERS_DIR = VAR_DIR / "callers"  # about how many clients asked for each table
WORDS_DIR = VAR_DIR / "words"  # of tables in which somebody looked for a word
FEED_PAGE_SIZE = env.number("OPENTUSK_FEED_PAGE_SIZE", 100)
# Demonstration datasets must never reach a national catalogue; on a machine of its own a demo needs a feed to show.
DEMO_IN_FEEDS = env.boolean("OPENTUSK_DEMO_IN_FEEDS", IS_LOCAL)

# -- files that people give: the originals, which nothing can rebuild
FILES_DIR = VAR_DIR / "files"
# the rows that programs write: originals too
STORES_DIR = VAR_DIR / "stores"
FILE_UPLOAD_HANDLERS = ["opentusk.files.upload_handler.GuardedUpload"]
# All files of one body together, with what is being uploaded; 0: no limit but the disk.
BODY_QUOTA = env.number("OPENTUSK_BODY_QUOTA", 200 * 1024 * 1024 * 1024)
MAX_UPLOAD = env.number("OPENTUSK_MAX_UPLOAD", 2 * 1024 * 1024 * 1024)

# -- reading files into tables, in a process of its own
TABLES_MEMORY = env.number("OPENTUSK_TABLES_MEMORY", 1024)  # megabytes
TABLES_SECONDS = env.number("OPENTUSK_TABLES_SECONDS", 900)
TABLES_KEPT_VERSIONS = env.number("OPENTUSK_TABLES_KEPT_VERSIONS", 12)

# -- people of a body are confirmed anew after so many days
MEMBERSHIP_DAYS = env.number("OPENTUSK_MEMBERSHIP_DAYS", 365)

# -- joining: acts and signed schemes of bodies, private, never under an address of their own
BODIES_DIR = VAR_DIR / "bodies"
JOINING_MAX_BYTES = env.number("OPENTUSK_JOINING_MAX_BYTES", 20 * 1024 * 1024)

# -- questions to tables, answered in the process that is asked
QUERY_MEMORY = env.number("OPENTUSK_QUERY_MEMORY", 512)  # megabytes, half of it for the tables asked most
QUERY_THREADS = env.number("OPENTUSK_QUERY_THREADS", 2)
QUERY_CACHE = env.number("OPENTUSK_QUERY_CACHE", 128)  # megabytes of answers kept
# What one client may ask of the data API; 0 turns a limit off. With a key it is ten times as much.
QUERY_RATE = env.number("OPENTUSK_QUERY_RATE", 10)  # requests a second
QUERY_BURST = env.number("OPENTUSK_QUERY_BURST", 60)
QUERY_EXPORTS = env.number("OPENTUSK_QUERY_EXPORTS", 5)  # files a minute
QUERY_AT_ONCE = env.number("OPENTUSK_QUERY_AT_ONCE", 2)
QUERY_QUEUE = env.number("OPENTUSK_QUERY_QUEUE", 4)
# What makes the portal call an address that a visitor typed: so many in ten minutes for each (0: no limit), so many
# at once in each web process.
# A form that comes back sooner than this was filled in by a program, or by nobody; 0: never asked.
FILLING_SECONDS = env.number("OPENTUSK_FILLING_SECONDS", 2)
TRIALS = env.number("OPENTUSK_TRIALS", 10)
TRIALS_AT_ONCE = env.number("OPENTUSK_TRIALS_AT_ONCE", 3)
# Readers of the stream of events, each with a thread of a web process; those of one client.
STREAMS = env.number("OPENTUSK_STREAMS", 20)
STREAMS_OF_ONE = env.number("OPENTUSK_STREAMS_OF_ONE", 4)
EXPORT_SECONDS = env.number("OPENTUSK_EXPORT_SECONDS", 30)
EXPORTS_DIR = VAR_DIR / "exports"
EXPORTS_CEILING = env.number("OPENTUSK_EXPORTS_CEILING", 2048)  # megabytes
# SQL of others runs in processes of its own, so many for each web process.
SQL_PROCESSES = env.number("OPENTUSK_SQL_PROCESSES", 1)
SQL_MEMORY = env.number("OPENTUSK_SQL_MEMORY", 256)  # megabytes for each
SQL_SECONDS = env.number("OPENTUSK_SQL_SECONDS", 2)
SQL_QUEUE = env.number("OPENTUSK_SQL_QUEUE", 4)

# SPARQL of others too, over snapshots of the catalogue.
SPARQL_PROCESSES = env.number("OPENTUSK_SPARQL_PROCESSES", 1)
SPARQL_MEMORY = env.number("OPENTUSK_SPARQL_MEMORY", 256)  # megabytes for each
SPARQL_SECONDS = env.number("OPENTUSK_SPARQL_SECONDS", 10)
SPARQL_QUEUE = env.number("OPENTUSK_SPARQL_QUEUE", 4)

# -- maps: without an address of tiles the background is empty and nothing is asked of others
MAP_TILES = env.text("OPENTUSK_MAP_TILES", "")
MAP_TILES_CREDIT = env.text("OPENTUSK_MAP_TILES_CREDIT", "")

# -- harvesting
HARVEST_SOURCES = [
    "opentusk.harvest.sources.dcat_rdf.DcatRdfSource",
    "opentusk.harvest.sources.ckan.CkanSource",
    "opentusk.harvest.sources.dcat_us.DcatUsSource",
    "opentusk.harvest.sources.csw.CswSource",
    "opentusk.harvest.sources.rndt.RndtSource",
    "opentusk.harvest.sources.udata.UdataSource",
    "opentusk.harvest.sources.opendatasoft.OpendatasoftSource",
    "opentusk.harvest.sources.socrata.SocrataSource",
    "opentusk.harvest.sources.sparql.SparqlSource",
    "opentusk.harvest.sources.sheet.SheetSource",
]
HARVEST_VANISHED_LIMIT = 0.30
HARVEST_RUNS_BEFORE_WITHDRAWAL = 2

# -- federation: what readers of our feeds call themselves, noted in files first
VISITS_DIR = VAR_DIR / "visits"
# Where the national catalogue answers, e.g. https://www.dati.gov.it/opendata/api/3/action; empty: it is not asked.
NATIONAL_API = env.text("OPENTUSK_NATIONAL_API", "")

# -- the outbound client
OUTBOUND_USER_AGENT = env.text("OPENTUSK_USER_AGENT", f"OpenTusk/0.1 (+{SITE_URL})")
OUTBOUND_MAX_BYTES = env.number("OPENTUSK_OUTBOUND_MAX_BYTES", 50 * 1024 * 1024)
# Addresses a test or a closed network may name on purpose, as `host:port`; empty everywhere else.
OUTBOUND_ALLOWED_PRIVATE = env.words("OPENTUSK_OUTBOUND_ALLOWED_PRIVATE")

# -- automatic feeding
# The largest file that is fetched from an address that somebody else keeps.
FEEDING_MAX_BYTES = env.number("OPENTUSK_FEEDING_MAX_BYTES", 500 * 1024 * 1024)
# Whether tables are made of the files that datasets only link to, so that they can be explored here too.
WATCH_LINKS = env.boolean("OPENTUSK_WATCH_LINKS", True)

# -- notices to those who follow
NOTICE_CHANNELS = [
    "opentusk.subscriptions.channels.mail.MailChannel",
    "opentusk.subscriptions.channels.inbox.InboxChannel",
]
# Rooms that tell events of things of their own (`notices/speakers.py`): one line each.
NOTICE_SPEAKERS: list[str] = [
    "opentusk.reuse.telling.Works",
    "opentusk.programme.telling.Events",
    "opentusk.consultation.telling.Consultations",
    "opentusk.consultation.telling.Themes",
    "opentusk.demand.telling.WantedDatasets",
    "opentusk.hackathon.telling.Hackathons",
]
# How long news of one moment are gathered into one message, in seconds.
NOTICE_WINDOW = env.number("OPENTUSK_NOTICE_WINDOW", 600)
NOTICE_LOG_DAYS = 30
# After so many days without a worker nobody is told of everything that happened, but that much did.
NOTICE_PAUSE_DAYS = 7

# -- language and time
LANGUAGE_CODE = "it"
LANGUAGES = [("it", "Italiano"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Europe/Rome"
USE_TZ = True

# -- static files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    ("vendor/bootstrap-italia", BASE_DIR / "node_modules" / "bootstrap-italia" / "dist"),
    ("vendor/htmx", BASE_DIR / "node_modules" / "htmx.org" / "dist"),
    ("vendor/leaflet", BASE_DIR / "node_modules" / "leaflet" / "dist"),
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
    {"NAME": "opentusk.people.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("OPENTUSK_LOG_LEVEL", "WARNING")},
}
