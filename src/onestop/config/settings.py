"""Settings: one file, read from the environment, safe by default.

Every variable is named `ONESTOP_...`, but for `DATABASE_URL`. Without any, the system runs on the
embedded PostgreSQL under `var/` for one person on one machine.
"""

import os
import sys
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from onestop.config import places

env = environ.Env()

ROOT, VAR, SRC = places.ROOT, places.VAR, Path(__file__).resolve().parents[1]

# -- safety ---------------------------------------------------------------------------------------
DEBUG = env.bool("ONESTOP_DEBUG", default=False)
SECRET_KEY = env.str("ONESTOP_SECRET_KEY", default="") or places.read_secret_key()
ALLOWED_HOSTS = env.list("ONESTOP_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
HTTPS = env.bool("ONESTOP_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
X_FRAME_OPTIONS = "DENY"
CLIENT_ADDRESS_HEADER = env.str("ONESTOP_CLIENT_HEADER", default="")  # set by a reverse proxy of ours, e.g. X-Real-IP
CSRF_FAILURE_VIEW = "onestop.web.base.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# -- the house ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "onestop.web.base",  # first: its templates and words go before those of the libraries
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "django_htmx",
    "django_cotton",
    "onestop.worktime",
    "onestop.journal",
    "onestop.trust",
    "onestop.documents",
    "onestop.accounts",
    "onestop.agencies",
    "onestop.applicants",
    "onestop.catalogue",
    "onestop.dossiers",
    "onestop.fees",
    "onestop.intake",
    "onestop.process",
    "onestop.signing",
    "onestop.results",
    "onestop.notices",
    "onestop.feedback",
    "onestop.indicators",
    "onestop.plans",
    "onestop.alerts",
    "onestop.monitor",
    "onestop.web.portal",
    "onestop.web.desk",
    "onestop.web.office",
    "onestop.web.board",
    "onestop.web.plan",
    "onestop.web.monitor",
    "onestop.web.verify",
    "onestop.web.ledger",
    "onestop.web.inbox",
    "onestop.web.api",
    "onestop.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "onestop.web.base.errors.ErrorPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "onestop.web.base.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "onestop.web.base.reading.ReadingMiddleware",
    "onestop.web.base.identity.IdentityMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "onestop.config.urls"
WSGI_APPLICATION = "onestop.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "onestop.web.base.templatetags.words",
                "onestop.web.base.templatetags.pieces",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "onestop.web.base.context.page",
            ],
        },
    }
]
FORM_RENDERER = "onestop.web.base.forms.PageRenderer"
COTTON_ISOLATE_BY_DEFAULT = True
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# -- who is logged in -----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
SESSION_ENGINE = "onestop.accounts.sessions"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
LOGIN_URL = "/tai-khoan/dang-nhap/"
LOGIN_REDIRECT_URL = "/tai-khoan/bat-dau/"
LOGOUT_REDIRECT_URL = "/"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ACCOUNT_ADAPTER = "onestop.accounts.adapters.log_in.LogInAdapter"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
MFA_ADAPTER = "onestop.accounts.adapters.log_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "onestop"

# -- database, files ------------------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", default="")
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **(
            env.db_url_config(DATABASE_URL)
            if DATABASE_URL
            else {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "onestop",
                "USER": "onestop",
                "HOST": env.str("ONESTOP_DB_SOCKET", default=str(places.local_server().socket)),
            }
        ),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        # statements are prepared once a connection: less than half of the database's time went into planning them again
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": env.int("ONESTOP_DB_POOL", default=4), "timeout": 10},
            "server_side_binding": env.bool("ONESTOP_DB_PREPARE", default=True),
            "prepare_threshold": 2 if env.bool("ONESTOP_DB_PREPARE", default=True) else None,
        },
    }
}
DOCUMENTS = VAR / "documents"
KEYS = VAR / "keys"
TRUST = Path(env.str("ONESTOP_TRUST")) if env.str("ONESTOP_TRUST", default="") else None  # `config.trust_places`
TIME_STAMPS = env.str("ONESTOP_TIME_STAMPS", default="")  # address of an RFC 3161 authority; without one: our own
TIME_STAMPS_POLICY = env.str("ONESTOP_TIME_STAMPS_POLICY", default="")  # the policy demanded of it, dotted
TIME_STAMPS_AUTHORITY = env.str("ONESTOP_TIME_STAMPS_AUTHORITY", default="")  # PEM: whom to believe over TLS there
PAYMENTS = env.str("ONESTOP_PAYMENTS", default="")  # address of the payment platform; without one: at the desk only
PAYMENTS_SECRET = env.str("ONESTOP_PAYMENTS_SECRET", default="")  # the file with the secret shared with it
PUBLIC_ADDRESS = env.str("ONESTOP_PUBLIC_ADDRESS", default="http://127.0.0.1:8000")  # printed behind QR codes
PUBLIC_LOG = VAR / "log" / "public"  # what any web server may serve
LOG_ORIGIN = env.str("ONESTOP_LOG_ORIGIN", default=PUBLIC_ADDRESS.partition("://")[2].rstrip("/") + "/nhat-ky")
LOG_SEALS = env.list("ONESTOP_LOG_SEALS", default=["seal:H49", "system:portal"])  # the first of them that there is
LOG_WITNESSES = env.list("ONESTOP_LOG_WITNESSES", default=[])  # each a key, then perhaps a space and an address
SIMULATED_MARK = env.str("ONESTOP_SIMULATED_MARK", default="")  # printed on every paper, e.g. of a demonstration
MAIL = env.email_url_config(env.str("ONESTOP_MAIL")) if env.str("ONESTOP_MAIL", default="") else None  # smtp+tls://...
MAIL_SENDER = env.str("ONESTOP_MAIL_SENDER", default="onestop@localhost")
MAX_UPLOAD_BYTES = env.int("ONESTOP_MAX_UPLOAD_BYTES", default=20 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("ONESTOP_STATIC_ROOT", default=str(places.BUILD / "static-root")))
STATICFILES_DIRS = [path for path in (places.BUILD / "assets",) if path.is_dir()]
# names with a hash, cached for ever by browsers, once `collectstatic` has run; plain names before
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists() or "collectstatic" in sys.argv
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_MANIFEST_STRICT = False

# -- language, time -------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English")), ("ur", _("Urdu"))]
LANGUAGE_COOKIE_NAME = "lang"
LOCALE_PATHS = [SRC / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# -- log: to standard error, never a personal datum or a secret --------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # a page that is not there is no event; what a person asked for stays out of the log
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("ONESTOP_LOG", "WARNING")},
}
