"""Every setting with its reason. Where an app's tables live is said once, in TENANT_TYPES."""

from pathlib import Path
from typing import Any

from django.utils.csp import CSP

from varde import env
from varde.assets import static_dirs

ROOT = Path(__file__).resolve().parents[3]
HOME = Path(env.text("VARDE_HOME", str(ROOT / "var"))).resolve()
MODE = "base"

# --- who we are on the net ---------------------------------------------------------------------------------
PUBLIC_HOST = env.text("VARDE_PUBLIC_HOST", "localhost")
PUBLIC_PORT = env.text("VARDE_PORT", "8000")
PUBLIC_SCHEME = "https"
# How many proxies of our own stand in front: only what they wrote of the caller's address is believed.
PROXIES = env.number("VARDE_PROXIES", 0)
# The office middleware answers an unknown host itself, with 404; Django's own list only stops other domains.
ALLOWED_HOSTS = [PUBLIC_HOST, f".{PUBLIC_HOST}"]
DEBUG = False
ADMINS: list[str] = []  # a mailed traceback would carry case content
SECRET_KEY = env.secret("VARDE_SECRET_KEY")

# --- the house ---------------------------------------------------------------------------------------------
SHARED_APPS = ["django_tenants", "shared.registry", "shared.orders", "shared.merging", "shared.post"]
GROUND_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "varde.identity",  # before allauth: its templates come first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "varde.access",
    "varde.privacy",
    "varde.audit",
    "varde.machines",
]
KOMMUNE_APPS = [
    "tenants.team",
    "tenants.inbox",
    "tenants.persons",
    "tenants.triage",
    "tenants.cases",
    "tenants.risk",
    "tenants.measures",
    "tenants.closing",
    "tenants.joined",
    "tenants.meeting",
    "tenants.insight",
    "tenants.continuity",
    "tenants.kept",
    "tenants.outreach",
    "tenants.raising",
    "tenants.returns",
    "tenants.reporting",
    "tenants.starting",
]
REGION_APPS = [
    "regional.phone",
    "regional.lines",
    "regional.hotline",
    "regional.delivery",
    "regional.cooperation",
    "regional.leaders",
    "regional.matters",
    "regional.plan",
    "regional.statistics",
    "regional.releases",
    "regional.dashboard",
    "regional.meetings",
    "regional.onboarding",
    "regional.overview",
    "regional.bufdir",
]
PLAIN_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "varde.ui",
    "shared.reporting",  # templates; no tables
    "varde.rotas",  # templates; the tables are the rooms' own
    "varde.tenancy",
]
INSTALLED_APPS = SHARED_APPS + GROUND_APPS + PLAIN_APPS + KOMMUNE_APPS + REGION_APPS

HAS_MULTI_TYPE_TENANTS = True
MULTI_TYPE_DATABASE_FIELD = "kind"
TENANT_TYPES: dict[str, dict[str, Any]] = {
    "public": {"APPS": SHARED_APPS, "URLCONF": "varde.urls_public"},
    "kommune": {"APPS": GROUND_APPS + KOMMUNE_APPS, "URLCONF": "varde.urls_kommune"},
    "region": {"APPS": GROUND_APPS + REGION_APPS, "URLCONF": "varde.urls_region"},
    "drift": {"APPS": GROUND_APPS, "URLCONF": "varde.urls_drift"},
}
TENANT_MODEL = "registry.Office"
TENANT_DOMAIN_MODEL = "registry.Domain"
TENANT_SYNC_ROUTER = "varde.tenancy.router.RoomRouter"
DATABASE_ROUTERS = [TENANT_SYNC_ROUTER]
ROOT_URLCONF = "varde.urls_public"
WSGI_APPLICATION = "varde.wsgi.application"

# --- database: one login per office ------------------------------------------------------------------------
LOGIN_KEY = env.secret("VARDE_LOGIN_KEY")
DB_POOL_SIZE = env.number("VARDE_DB_POOL", 4)
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "varde.tenancy.backend",
        "NAME": env.text("VARDE_DB_NAME", "varde"),
        "HOST": env.text("VARDE_DB_HOST", ""),
        "PORT": env.text("VARDE_DB_PORT", "5432"),
        # Parameters travel apart from the statement, so that none can end it.
        "OPTIONS": {"server_side_binding": True, "application_name": "varde"},
        "TEST": {"NAME": env.text("VARDE_DB_NAME", "varde")},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- post and work -----------------------------------------------------------------------------------------
BROKER_URL = env.text("VARDE_BROKER_URL", "redis://127.0.0.1:6379/0")
KEYS_DIR = Path(env.text("VARDE_KEYS", str(HOME / "keys")))
# Who keeps the office keys: files under KEYS_DIR, or a transit service (OpenBao, Vault) that lets none out.
KEEPER = env.text("VARDE_KEEPER", "file")
TRANSIT: dict[str, Any] = {
    "url": env.text("VARDE_TRANSIT_URL", ""),
    "token_file": env.text("VARDE_TRANSIT_TOKEN_FILE", ""),
    "ca_file": env.text("VARDE_TRANSIT_CA_FILE", ""),
    "mount": env.text("VARDE_TRANSIT_MOUNT", "transit"),
}
# Where each morning's packs are put, for the kommune to copy out of the platform; empty: each holder fetches their own.
PACKS_DIR = env.text("VARDE_PACKS", "")
# How long the oldest backup of the database lives: a half of a key that no row knows is kept as long.
BACKUP_DAYS = env.number("VARDE_BACKUP_DAYS", 90)

# --- the way of a request ----------------------------------------------------------------------------------
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "varde.tenancy.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "varde.tenancy.middleware.OfficeMiddleware",
    "varde.tenancy.middleware.OneTransactionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "varde.documents.uploads.PreparedForFiles",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "varde.identity.idle.IdleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "varde.identity.middleware.ReaderMiddleware",
    "varde.audit.middleware.NoPageWithoutRow",
]
APPEND_SLASH = False
# The text of a form, files not counted. Far more than a form has room for: who has written too much gets it back whole.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000
# Files, in memory: Django's own handlers would lay a larger one in the clear in the temporary folder. Forms that take
# attachments say so (`takes_files`) and get a handler that lays them sealed on the disk (varde.documents).
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = ["varde.exits.uploads.InMemory"]
FORM_RENDERER = "varde.ui.renderer.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "varde.ui.context.frame",
            ],
        },
    }
]

# --- people ------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "varde.identity.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SECOND_FACTOR_REQUIRED = True
LOGIN_URL = "/inn"
LOGIN_REDIRECT_URL = "/start"
ACCOUNT_LOGOUT_REDIRECT_URL = "/inn"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "varde.identity.adapter.OfficeAccountAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "varde.identity.forms.LoginForm",
    "reauthenticate": "varde.identity.forms.ConfirmForm",
    "change_password": "varde.identity.forms.ChangePasswordForm",
}
# Counted per account, never per address: no address is stored, and one person's failures stop nobody else. Only the
# password and the code are closed by failures; a passkey or a provider still opens, so nobody is shut out for ever.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "5/300s/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "reset_password": "",
    "reset_password_from_key": "",
    "signup": "",
    "request_login_code": "",
    "verify_phone": "",
}
# A session ends after so long without use, whatever the cookie says; what was being written is kept as a draft.
IDLE_MINUTES = 30
DRAFT_DAYS = 7
# An account nobody logs in to is closed by itself, with mail this long before.
DORMANT_DAYS = env.number("VARDE_DORMANT_DAYS", 90)
DORMANT_NOTICE_DAYS = 14
MFA_ADAPTER = "varde.identity.adapter.OfficeMFAAdapter"
MFA_FORMS = {
    "authenticate": "varde.identity.forms.CodeForm",
    "reauthenticate": "varde.identity.forms.CodeAgainForm",
    "activate_totp": "varde.identity.forms.ActivateForm",
    "add_webauthn": "varde.identity.forms.AddKeyForm",
    "edit_webauthn": "varde.identity.forms.EditKeyForm",
}
MFA_RATE_LIMITS = {"webauthn_login": ""}  # a passkey holds no secret that can be guessed
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator gave the address
PASSWORD_RESET_TIMEOUT = 72 * 3600  # how long an activation link lives
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Varde"
SESSION_ENGINE = "varde.identity.sessions"  # what stands in the table lets nobody in (ADR 0014)
SESSION_COOKIE_AGE = 8 * 3600
# Messages may name people: they stay in the office's database, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# The __Host- prefix binds the cookie to one office's own host; it needs TLS, so demo and test drop it.
SESSION_COOKIE_NAME = "__Host-varde"
CSRF_COOKIE_NAME = "__Host-varde-csrf"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "varde.ui.errors.csrf_failure"

# --- what leaves with a page -------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The process's own memory, but for failed attempts and used codes, which all processes share (ADR 0014).
CACHES = {"default": {"BACKEND": "varde.identity.counting.OfficeCounters"}}

# --- language and time -------------------------------------------------------------------------------------
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
USE_I18N = True

# --- files -------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("VARDE_STATIC_ROOT", str(ROOT / "var" / "static")))
STATICFILES_DIRS = static_dirs(ROOT)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # attachments live in the database
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- attachments: opened by a child, checked by clamd; without a check they wait (varde.documents) ----------
CLAMD = env.text("VARDE_CLAMD", "")  # "/run/clamav/clamd.ctl" or "host:port"
UNSCANNED_ATTACHMENTS = env.flag("VARDE_UNSCANNED_ATTACHMENTS")  # serve them, marked «ikke virussjekket»
ATTACHMENTS_GIB = env.number("VARDE_ATTACHMENTS_GIB", 5)  # per office; the report itself is never refused
DISK_RESERVE_GIB = env.number("VARDE_DISK_RESERVE_GIB", 2)  # with less free here, attachments are refused first
DATABASE_GIB = env.number("VARDE_DATABASE_GIB", 0)  # how large the whole database may grow; 0: not bounded here
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # those beyond ten are let pass by and named in the answer, never a refused report

# --- mail: says that something is new, never what ----------------------------------------------------------
MAILERS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}}
DEFAULT_FROM_EMAIL = env.text("VARDE_MAIL_FROM", f"varde@{PUBLIC_HOST}")

# --- the log's anchors: each day's end of the log is put where nobody here can change it ---------------------
ANCHOR_MAIL = env.text("VARDE_ANCHOR_MAIL", "")  # beside each office's own address
TSA_URL = env.text("VARDE_TSA_URL", "")  # a time stamping authority (RFC 3161)
TSA_CA = env.text("VARDE_TSA_CA", "")  # its root certificates (PEM), for verify-log

# --- machines ----------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "varde.ui.problems.handle",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Varde",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_PERMISSIONS": [],
    "SERVE_AUTHENTICATION": [],
    "SCHEMA_PATH_PREFIX": "/api/v1",
}
REQUEST_ID_HEADER = None
ALLOW_RAW = env.flag("VARDE_ALLOW_RAW")
LOGGING_CONFIG = "varde.exits.lines.configure"
LOGGING = {"level": env.text("VARDE_LOG_LEVEL", "WARNING")}
SENTRY_DSN = env.text("VARDE_SENTRY_DSN", "")
