"""Which template a procedure runs under, and the template of a running dossier."""

from functools import lru_cache

from django.db.models import Q

from onestop.errors import NotFound
from onestop.process.models import ProcessTemplate
from onestop.process.rules.templates import Template, template_from_content

GENERAL, AT_ONCE = "general", "at-once"


def template_for(procedure_code: str, *, at_once: bool = False) -> Template:
    """Return the newest template made for this procedure, else the general one (or the one for settling at once)."""
    general = AT_ONCE if at_once else GENERAL
    row = (
        ProcessTemplate.objects.filter(Q(procedures__contains=[procedure_code]) | Q(code=general))
        .order_by("-procedures", "-version")  # one of its own comes before the general one, which names no procedure
        .first()
    )
    if row is None:
        raise NotFound("process.no_template", procedure=procedure_code)
    return get_template(row.key)


@lru_cache(maxsize=4096)
def get_template(key: str) -> Template:
    """Return the template of this key, `code@version`. Immutable, so kept in the process. Raises `NotFound`."""
    code, _, version = key.partition("@")
    row = ProcessTemplate.objects.filter(code=code, version=int(version or 0)).first()
    if row is None:
        raise NotFound("process.no_template", key=key)
    return template_from_content(row.key, row.content)


def list_templates() -> list[ProcessTemplate]:
    """Return every template, newest version first."""
    return list(ProcessTemplate.objects.order_by("code", "-version"))


def find_template(key: str) -> Template | None:
    """Return the template a dossier runs under, or None before it is handed over."""
    return get_template(key) if key else None
