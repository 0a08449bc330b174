"""What brings people here, in plain words, and the procedure that it leads to. Codes are those of the catalogue."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Something that happens in a life, and the procedure that comes with it."""

    code: str
    words: Any
    note: Any


LIFE_EVENTS = (
    LifeEvent("1.001193", _("A child is born"), _("Register the birth")),
    LifeEvent("1.004873", _("You want to marry"), _("Certificate of marital status")),
    LifeEvent("2.000635", _("You need a civil status paper again"), _("Copy of a civil status extract")),
    LifeEvent("1.001612", _("You open a small business"), _("Register a household business")),
    LifeEvent("1.013225", _("You build a house"), _("Construction permit")),
    LifeEvent("3.000333", _("An employer asks for your record"), _("Criminal record certificate")),
    LifeEvent("1.001699", _("You live with a disability"), _("Assessment of disability")),
    LifeEvent("2.000205", _("You employ a foreign worker"), _("Work permit")),
)
