"""Drafts: what a person has typed and uploaded so far, kept until it is filed; and which sending made which dossier."""

import secrets
from typing import Any

from django.db import models

from onestop.accounts.models import Account
from onestop.applicants.models import Applicant
from onestop.catalogue.models import ProcedureVersion
from onestop.dossiers.models import Dossier


def new_token() -> str:
    """Return an unguessable name for a draft's address."""
    return secrets.token_urlsafe(12)


class Draft(models.Model):
    """A dossier not yet filed (hồ sơ nháp). One an account, applicant and procedure: found again, not doubled."""

    token = models.CharField(max_length=24, unique=True, default=new_token)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="+")
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    unit_code = models.CharField(max_length=24, blank=True)
    limit_case = models.CharField(max_length=60, blank=True)
    answers: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    parts: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(default=list)
    return_way = models.PositiveSmallIntegerField(default=2)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "applicant", "version"], name="one_draft_a_procedure")
        ]

    def __str__(self) -> str:
        return self.token


class Filed(models.Model):
    """That one sending became one dossier (lần gửi đã thành hồ sơ): the same form sent twice finds the first one.

    `key` comes with the form, made anew for each page.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="one_dossier_a_sending")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.key}"
