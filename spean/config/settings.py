"""Django's settings, made from the environment that `env.py` describes."""

import contextlib
import os
import secrets
from datetime import timedelta
from pathlib import Path

import environ
from django.utils.csp import CSP

from spean.config import env
from spean.kernel.engine import use_bundled_sqlite

use_bundled_sqlite()
env.check_names()

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.read("SPEAN_DATA_DIR")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
KEYSTORE_DIR = Path(env.read("SPEAN_KEYSTORE_DIR") or DATA_DIR / "keystore").resolve()
SEALED_FILES_DIR = DATA_DIR / "sealed"
MEDIA_DIR = DATA_DIR / "media"  # pictures and readings of public texts


def _secret_key() -> str:
    given = env.read("SPEAN_SECRET_KEY")
    if given:
        return given
    path = DATA_DIR / "secret_key"
    if not path.exists() or not path.stat().st_size:  # empty after a power cut: an older version did not wait for the disk
        _make_secret(path)
    return path.read_text(encoding="ascii")


def _make_secret(path: Path) -> None:
    """Whole or not at all, also when two processes start at once or the power goes."""
    part = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        path.unlink()
    with contextlib.suppress(FileExistsError):  # another process was faster: its secret is everybody's
        path.hardlink_to(part)
    part.unlink()


SECRET_KEY = _secret_key()
DEBUG = env.flag("SPEAN_DEBUG")
HTTPS = env.flag("SPEAN_HTTPS")
ALLOWED_HOSTS = [h.strip() for h in env.read("SPEAN_HOSTS").split(",") if h.strip()]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_vite",
    "django_tasks_db",
    # before allauth, so that its pages are ours
    "spean.surfaces.public",
    "spean.surfaces.desk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "spean.privacy",
    "spean.places",
    "spean.accounts",
    "spean.library",
    "spean.directory",
    "spean.collect",
    "spean.handed",
    "spean.voices",
    "spean.programme",
    "spean.network",
    "spean.cases",
    "spean.evidence",
]

MIDDLEWARE = [
    "spean.surfaces.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "spean.surfaces.large.LargeLettersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "spean.surfaces.middleware.ActorMiddleware",
    "spean.surfaces.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "spean.config.urls"
WSGI_APPLICATION = "spean.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "surfaces" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.messages.context_processors.messages",
                "spean.surfaces.pages.every_page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "spean.surfaces.templatetags.spean"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# -- data ---------------------------------------------------------------------------------------------
_database = env.read("SPEAN_DATABASE_URL")
if _database:
    DATABASES = {"default": environ.Env.db_url_config(_database)}
    DATABASES["default"]["ENGINE"] = "spean.kernel.postgresql"  # says for whom it asks: docs/decisions/0032
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # after a restart of the database its old connections are no error
    DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5
    # One connection for each thread. A database that is gone is waited for 5 s, not 30, and asked for again at once when somebody
    # comes: the pool's own pauses grow to minutes.
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 0, "max_size": 16, "timeout": 5, "reconnect_timeout": 4}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "spean.sqlite3",
            # opening the file, and above all closing it for the last time, costs more than most requests
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                # FULL: in emulated power cuts NORMAL lost acknowledged writes. IMMEDIATE: no upgrade dead-locks.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;",
            },
        }
    }
DATABASE_ROLE = DATABASES["default"].get("USER", "")  # that serves
_owner = env.read("SPEAN_DATABASE_OWNER_URL")
DATABASE_OWNER = environ.Env.db_url_config(_owner) if _owner else {}  # that makes the tables, for `spean migrate`
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
READING_QUEUE = "reading"
TASKS = {
    "default": {
        "BACKEND": {
            "database": "django_tasks_db.DatabaseBackend",
            "immediate": "django.tasks.backends.immediate.ImmediateBackend",
        }[env.read("SPEAN_TASKS")],
        "QUEUES": ["default", READING_QUEUE],
    }
}
# -- photos of contracts: docs/decisions/0019 ---------------------------------------------------------------
READING_DIR = DATA_DIR / "reading"  # sealed, deleted within the hour, and not to be backed up
READERS = env.number("SPEAN_READERS", 0, 16)
PHOTO_PAGES = env.number("SPEAN_PHOTO_PAGES", 1, 50)
PHOTO_MEGABYTES = env.number("SPEAN_PHOTO_MEGABYTES", 1, 20)
PHOTO_MINUTES = env.number("SPEAN_PHOTO_MINUTES", 5, 24 * 60)
TESSDATA = env.read("SPEAN_TESSDATA")
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 700  # a way of forty steps, each with every paper, is one form
DATA_UPLOAD_MAX_NUMBER_FILES = 10
# Uploads stay in memory until they are sealed: nothing readable is ever written to the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# -- language and time ----------------------------------------------------------------------------------
LANGUAGE_CODE = "km"
LANGUAGES = [("km", "ភាសាខ្មែរ"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Phnom_Penh"
USE_TZ = True
USE_I18N = True

# -- static files -----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 86_400
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\."
WHITENOISE_ALLOW_ALL_ORIGINS = False
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": PACKAGE / "surfaces" / "public" / "static" / "built" / "manifest.json",
        "static_url_prefix": "built",
    }
}

# -- who signs in -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["spean.accounts.backend.PatientBackend"]
PASSWORD_HASHERS = ["spean.accounts.passwords.LabelledArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "spean.accounts.passwords.StrongEnough"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
ACCOUNT_LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_ADAPTER = "spean.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "spean.accounts.forms.LoginForm", "reauthenticate": "spean.accounts.forms.ReauthenticateForm"}
# Guesses are counted per address, so that nobody can lock somebody else out. What is counted per person (user, key)
# needs that person's session or password first. Each of the two web processes counts for itself, in its memory.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "30/m/ip",
    "recover": "10/m/ip",
    "join": "15/m/ip",
    "unlock": "5/5m/user",
    "second_factor": "5/5m/key",
}
# Behind HTTPS stands one proxy, whose X-Forwarded-For tells the reader's address.
ALLAUTH_TRUSTED_PROXY_COUNT = int(HTTPS)
MFA_ADAPTER = "spean.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "spean.accounts.forms.CodeForm",
    "activate_totp": "spean.accounts.forms.ActivateForm",
    "add_webauthn": "spean.accounts.forms.PasskeyForm",
    "edit_webauthn": "spean.accounts.forms.PasskeyNameForm",
    "login_webauthn": "spean.accounts.forms.PasskeySignInForm",
    "authenticate_webauthn": "spean.accounts.forms.PasskeyStepForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A passkey proves the person, by the device's own lock; it opens no key: protection.md 2a.7.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_TOTP_ISSUER = "Spean"
MFA_TOTP_TOLERANCE = 1

# -- sessions and cookies: protection.md 2a.6 -------------------------------------------------------------
IDLE_LOCK = timedelta(minutes=15)
ABSOLUTE_LOCK = timedelta(hours=8)
SESSION_COOKIE_AGE = int(ABSOLUTE_LOCK.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}session"
CSRF_COOKIE_NAME = f"{_PREFIX}csrf"
UNLOCK_COOKIE_NAME = f"{_PREFIX}unlock"
WAY_BACK_COOKIE_NAME = f"{_PREFIX}way-back"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "spean.surfaces.public.views.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Nothing is told to other sites. With "no-referrer" a browser sends `Origin: null` with its own forms, which CSRF refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# -- travel plans -----------------------------------------------------------------------------------------
PLAN_ASK_HOURS = env.number("SPEAN_PLAN_ASK_HOURS", 1, 30 * 24)
PLAN_CALL_HOURS = env.number("SPEAN_PLAN_CALL_HOURS", 1, 30 * 24)
SIGN_SECONDS = 0.6  # both signs of a check-in are answered no sooner: Rain takes some hundredths of a second more
PLAN_KEPT_DAYS = env.number("SPEAN_PLAN_KEPT_DAYS", 1, 3650)

# -- mail and logs ----------------------------------------------------------------------------------------
_MAIL = environ.Env.email_url_config(env.read("SPEAN_MAIL_URL"))
_MAIL_OPTIONS = {
    "host": _MAIL.get("EMAIL_HOST"),
    "port": _MAIL.get("EMAIL_PORT"),
    "username": _MAIL.get("EMAIL_HOST_USER"),
    "password": _MAIL.get("EMAIL_HOST_PASSWORD"),
    "use_tls": _MAIL.get("EMAIL_USE_TLS"),
    "use_ssl": _MAIL.get("EMAIL_USE_SSL"),
}
MAILERS = {
    "default": {
        "BACKEND": _MAIL["EMAIL_BACKEND"],
        "OPTIONS": {name: value for name, value in _MAIL_OPTIONS.items() if value},
    }
}
DEFAULT_FROM_EMAIL = "spean@localhost"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"ids_only": {"()": "spean.config.logs.IdsOnly"}},
    "formatters": {"json": {"()": "spean.config.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["ids_only"]}},
    "root": {"handlers": ["stderr"], "level": env.read("SPEAN_LOG_LEVEL")},
    "loggers": {"django.server": {"handlers": ["stderr"], "propagate": False}},
}
