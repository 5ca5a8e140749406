"""Django's settings, the same in demonstration, tests and production; what differs comes from `configuration`."""

from django.utils.translation import gettext_lazy as _

from gemensam.accounts.configuration import *  # noqa: F403  sign-in, sessions, second factor
from gemensam.delivery.configuration import read_channels
from gemensam.web.configuration import database_settings, read_configuration, read_secret_key

GEMENSAM = read_configuration()
GEMENSAM_DATA = GEMENSAM.data
GEMENSAM_CHANNELS = read_channels()
GEMENSAM_DEMO = GEMENSAM.demo
GEMENSAM_NETWORK_NAME = GEMENSAM.network_name
# The registry of every entry kind, as a dotted path: only the composition knows all capabilities.
GEMENSAM_KINDS = "gemensam.kinds.REGISTRY"
# Who interprets `directory` for the ledger: memberships and permissions.
GEMENSAM_RIGHTS = "gemensam.organisations.rights"

DEBUG = False
SECRET_KEY = read_secret_key(GEMENSAM_DATA)
ALLOWED_HOSTS = [*GEMENSAM.hosts, "[::1]"] if GEMENSAM_DEMO else list(GEMENSAM.hosts)
ROOT_URLCONF = "gemensam.web.urls"
APPEND_SLASH = True

INSTALLED_APPS = [
    "gemensam.web",  # before allauth: our templates go before its own
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "gemensam.accounts",
    "gemensam.audit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "gemensam.ledger",
    "gemensam.live",
    "gemensam.delivery",
    "gemensam.organisations",
    "gemensam.rosters",
    "gemensam.answer_links",
    "gemensam.picture",
    "gemensam.geography",
    "gemensam.coordination",
    "gemensam.activation",
    "gemensam.costs",
    "gemensam.governance",
    "gemensam.objectives",
    "gemensam.planning",
    "gemensam.consultation",
    "gemensam.capabilities",
    "gemensam.learning",
    "gemensam.shifts",
    "gemensam.reserve",
    "gemensam.api",
    "ninja",  # its documentation page is safe under our policy only when its own static files are served
]

MIDDLEWARE = [
    "gemensam.web.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gemensam.web.compression.compressed",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gemensam.web.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "gemensam.web.middleware.csrf_cookie",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gemensam.accounts.middleware.PrincipalMiddleware",
    "gemensam.web.middleware.lens",
    "gemensam.web.cautions.asked_first",
    "gemensam.web.middleware.no_nulls",
    "gemensam.web.middleware.refusals",
    "gemensam.web.middleware.deliveries",
    "gemensam.web.keeping.kept",
    "gemensam.web.waited.waited",
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
                "gemensam.web.context.page",
            ],
            "builtins": ["gemensam.web.templatetags.gemensam"],
        },
    }
]

# Database -------------------------------------------------------------------------------------------------------
DATABASES = {"default": database_settings(GEMENSAM)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in limits count in the cache, so it must be one for all processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}}

# Sessions, cookies, messages ------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = GEMENSAM.https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "gemensam_csrf"
CSRF_COOKIE_HTTPONLY = False  # one module reads it and puts it in the header: pages hold no token
CSRF_FAILURE_VIEW = "gemensam.web.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = "gemensam_language"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Browsers keep this by name and for every port: on `localhost` it would lock out everything else on the machine.
SECURE_HSTS_SECONDS = 30 * 24 * 60 * 60 if GEMENSAM.https and "localhost" not in GEMENSAM.hosts else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if GEMENSAM.proxy else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# Static files ---------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = GEMENSAM_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "gemensam.web.collected.HashedStatic"},
}
# Source maps are served when asked for, but never worth compressing.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "jpg", "gif", "ico", "woff2", "gz", "br")

# Logging: never a query string, a cookie, a token or a personal link ---------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"quiet": {"()": "gemensam.web.logs.HideSecrets"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["quiet"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "gemensam": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
    },
}
