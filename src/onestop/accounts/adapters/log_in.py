"""How the log-in library behaves here: nobody signs up by themselves, second factors are kept encrypted."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest


class LogInAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Log-in by user name and password, for accounts that were opened by an officer or the identity service."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account through the log-in pages."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Time-based codes as second factor (mã xác thực một lần); secrets lie encrypted in the database."""

    def encrypt(self, text: str) -> str:
        """Return `text` encrypted under a key made from the secret key of the system."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what `encrypt` was given."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Any) -> str:
        """Return the name shown in the authenticator: the user name, no personal datum."""
        return str(user.get_username())


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"onestop second factor\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
