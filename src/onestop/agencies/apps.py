"""The chapter as a Django app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Units, posts, officers (cơ quan)."""

    name = "onestop.agencies"
    label = "agencies"
