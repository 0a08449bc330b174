"""The chapter as a Django app."""

from django.apps import AppConfig


class ApplicantsConfig(AppConfig):
    """Citizens, businesses, representatives (người nộp hồ sơ)."""

    name = "onestop.applicants"
    label = "applicants"
