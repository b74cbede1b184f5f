"""Settings, from the environment; `entraide demo` and the tests set what it needs."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from entraide.config.demo import demo_posts, demo_states

PACKAGE = Path(__file__).resolve().parent.parent
STATE = Path(os.environ.get("ENTRAIDE_STATE") or PACKAGE.parent / "var")


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, str(int(default))).lower() in {"1", "true", "yes"}


def _database(url: str) -> dict[str, Any]:
    """Django's settings for postgresql://user:password@host:port/name."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "entraide",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "ATOMIC_REQUESTS": True,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {},
    }


# The site serves as `web`, which owns nothing; migrations run as `owner`. Never as the server's superuser.
DATABASES = {"default": _database(os.environ.get("ENTRAIDE_WEB_URL", "postgresql:///entraide"))}
if os.environ.get("ENTRAIDE_OWNER_URL"):
    DATABASES["owner"] = _database(os.environ["ENTRAIDE_OWNER_URL"]) | {"ATOMIC_REQUESTS": False}
if os.environ.get("ENTRAIDE_ASSUME_ROLE"):  # tests log in as owner and work as web
    DATABASES["default"]["OPTIONS"]["assume_role"] = os.environ["ENTRAIDE_ASSUME_ROLE"]
if _flag("ENTRAIDE_POOL", False):
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 2, "max_size": 16, "timeout": 3}}
_prefix = os.environ.get("ENTRAIDE_ROLES") or "entraide"
ENTRAIDE_ROLES = {name: f"{_prefix}_{name}" for name in ("owner", "web", "steward")}

ENTRAIDE_KEYS = os.environ.get("ENTRAIDE_KEYS") or str(STATE / "keys")
ENTRAIDE_CLAMD = os.environ.get("ENTRAIDE_CLAMD", "")  # unix:///run/clamav/clamd.ctl or tcp://host:3310; empty: files are not scanned
ENTRAIDE_DEMO = _flag("ENTRAIDE_DEMO", False)
ENTRAIDE_DEMO_POSTS = demo_posts() if ENTRAIDE_DEMO else []
ENTRAIDE_INVENTED_STATES = demo_states() if ENTRAIDE_DEMO else {}
ENTRAIDE_SECOND_FACTOR = _flag("ENTRAIDE_SECOND_FACTOR", not ENTRAIDE_DEMO)
ENTRAIDE_ADDRESS = os.environ.get("ENTRAIDE_ADDRESS", "http://127.0.0.1:8000/")
_https = ENTRAIDE_ADDRESS.startswith("https://")

SECRET_KEY = os.environ.get("ENTRAIDE_SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = [urlsplit(ENTRAIDE_ADDRESS).hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ENTRAIDE_ADDRESS.rstrip("/")]
if _https:  # a proxy speaks TLS and says so; who asks is the last address that it adds itself
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

INSTALLED_APPS = [
    "entraide.ui",
    "entraide.kernel.access",
    "entraide.kernel.audit",
    "entraide.kernel.bodies",
    "entraide.kernel.accounts",
    "entraide.kernel.vault",
    "entraide.kernel.exchange",
    "entraide.kernel.notices",
    "entraide.kernel.api",
    "entraide.features.texts",
    "entraide.features.treaties",
    "entraide.features.questionnaires",
    "entraide.features.cases",
    "entraide.features.referrals",
    "entraide.features.figures",
    "entraide.features.monitoring",
    "entraide.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "entraide.kernel.accounts.middleware.StaticNotFound",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "entraide.kernel.accounts.keeping.Keeping",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "entraide.kernel.accounts.middleware.Refusals",
]

ROOT_URLCONF = "entraide.config.urls"
WSGI_APPLICATION = "entraide.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "entraide.ui.context.page",
            ],
        },
    }
]
FORM_RENDERER = "entraide.ui.forms.Renderer"

ENTRAIDE_SMALLEST = max(3, int(os.environ.get("ENTRAIDE_SMALLEST") or 5))
"""Figures: no smaller count of persons is told, and none below 3 whatever is asked."""

# Accounts
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "desk:home"
LOGIN_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "entraide.kernel.accounts.adapter.Adapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a mail from us to an address that is not a colleague's could give somebody away
_SIGNING = "entraide.kernel.accounts.signing."
ACCOUNT_FORMS = {
    "login": _SIGNING + "LoginForm",
    "reset_password": _SIGNING + "ResetPasswordForm",
    "reset_password_from_key": _SIGNING + "ResetPasswordKeyForm",
    "change_password": _SIGNING + "ChangePasswordForm",
    "reauthenticate": _SIGNING + "ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": _SIGNING + "AuthenticateForm",
    "reauthenticate": _SIGNING + "MfaReauthenticateForm",
    "activate_totp": _SIGNING + "ActivateTOTPForm",
}
MFA_ADAPTER = "entraide.kernel.accounts.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts come from administrators, and the link to set a password went to the address
MFA_TOTP_ISSUER = "Entraide"

# Sessions last a working day and end with the browser
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = os.environ.get("ENTRAIDE_COOKIE", "entraide_session")  # two demos on one host need two names
CSRF_COOKIE_NAME = SESSION_COOKIE_NAME.replace("session", "csrf")
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Counts of attempts to sign in lie here: with the usual 300 entries others' attempts would push one's own out
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entry", "OPTIONS": {"MAX_ENTRIES": 100_000}}
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Languages: English and French are complete; Arabic is there for its layout and says so
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["entraide.ui.formats"]
LANGUAGE_COOKIE_HTTPONLY = True

# Served from the package as it is; nothing to collect
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Uploads are read in memory and sealed; nothing is ever written to a temporary file
FILE_UPLOAD_HANDLERS = ["entraide.ui.uploads.Measured"]
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

EMAIL_BACKEND = os.environ.get("ENTRAIDE_MAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
_mail = urlsplit(os.environ.get("ENTRAIDE_SMTP_URL", "smtp://127.0.0.1:25"))
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "127.0.0.1", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps"
DEFAULT_FROM_EMAIL = os.environ.get("ENTRAIDE_MAIL_FROM", "entraide@localhost")

# Logs name events and identifiers; requests are logged without query, and never with a body
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"no_content": {"()": "entraide.config.logs.NoContent"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_content"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("ENTRAIDE_LOG", "WARNING")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # These two quote what people wrote when asked for more than warnings.
        "django.template": {"level": "WARNING"},
        "django.db.backends": {"level": "WARNING"},
    },
}
ADMINS: list[tuple[str, str]] = []
DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"
