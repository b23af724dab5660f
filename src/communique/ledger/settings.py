"""Settings of the Django project. What differs between ledgers comes from the environment:

``COMMUNIQUE_DATA`` (set by ``--data``), ``DATABASE_URL``, ``COMMUNIQUE_HOSTS`` (names it is served under, set by
``serve``), ``COMMUNIQUE_HTTPS`` (``1`` where it is served over HTTPS, by a proxy or directly),
``COMMUNIQUE_PROXIES`` (how many proxies stand before it: 1 with HTTPS, else 0).
"""

from __future__ import annotations

import os

from communique.ledger.database import database
from communique.ledger.place import chosen

_PLACE = chosen()
_HTTPS = os.environ.get("COMMUNIQUE_HTTPS") == "1"

DATA = _PLACE.folder
BYTES = _PLACE.bytes
SECRET_KEY = _PLACE.secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("COMMUNIQUE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
DATABASES = {"default": database(os.environ.get("DATABASE_URL"), _PLACE.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    *(
        f"communique.ledger.{feature}"
        for feature in (
            "design",
            "log",
            "accounts",
            "documents",
            "entities",
            "claims",
            "assignments",
            "resolution",
            "search",
            "intake",
            "rereading",
            "review",
            "record",
            "history",
            "backup",
            "api",
        )
    ),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "communique.ledger.accounts.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "communique.ledger.accounts.middleware.viewer",
    "communique.ledger.history.middleware.as_of",
]
ROOT_URLCONF = "communique.ledger.urls"
WSGI_APPLICATION = "communique.ledger.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "communique.ledger.design.context.page",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.Account"
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Scrypt", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("name", "full_name")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
USE_I18N = False

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Uploads: limits on one request (bytes), on its fields and on its files.
UPLOAD_LIMIT = 50_000_000
FETCH_PRIVATE = os.environ.get("COMMUNIQUE_FETCH_PRIVATE") == "1"
"""Whether addresses in private networks may be fetched: never, unless whoever runs the ledger says so."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

SESSION_ENGINE = "communique.ledger.accounts.sessions"
# Cookies know no ports: two ledgers on one host would take each other's. (__Host-: no other host can set it.)
SESSION_COOKIE_NAME = f"{'__Host-' if _HTTPS else ''}sessionid-{_PLACE.mark()}"
CSRF_COOKIE_NAME = f"csrftoken-{_PLACE.mark()}"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_HTTPONLY = True  # pages carry the token themselves
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
PROXIES = int(os.environ.get("COMMUNIQUE_PROXIES", "1" if _HTTPS else "0"))
"""How many proxies of ours a request passes: the address it came from is what the outermost of them says."""
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # what somebody asked for in vain is no news
}
