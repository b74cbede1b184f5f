"""Second factors at rest: sealed, so that a stolen backup of the database opens no account."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from os import urandom

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

_NONCE = 12


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library carries no types
    """Seals secrets of telephones and seeds of recovery codes (AES-256-GCM-SIV).

    The key is drawn from the node's secret, which is in no database.
    """

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or no longer. Type the one that the app shows now."),
    }

    def encrypt(self, text: str) -> str:
        """Nonce and ciphertext, in base64."""
        nonce = urandom(_NONCE)
        return urlsafe_b64encode(nonce + _cipher().encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text; raises InvalidTag where the node's secret is another one."""
        sealed = urlsafe_b64decode(encrypted_text)
        return _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], None).decode()


def _cipher() -> AESGCMSIV:
    drawn = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"entraide-second-factor-1")
    return AESGCMSIV(drawn.derive(settings.SECRET_KEY.encode()))
