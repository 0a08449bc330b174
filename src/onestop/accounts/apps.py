"""The chapter as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts and sessions (tài khoản)."""

    name = "onestop.accounts"
    label = "accounts"
