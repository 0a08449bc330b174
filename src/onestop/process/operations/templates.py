"""Publishing process templates: reference data, versioned, with a report of what cannot be used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from onestop.errors import Refused
from onestop.process.models import ProcessTemplate
from onestop.process.queries.templates import forget_bindings
from onestop.process.rules.source import read_process
from onestop.process.rules.templates import find_flaws, template_from_content


@dataclass(frozen=True, slots=True)
class TemplateReport:
    """What an import did; `unusable` names every process left out, with its reasons."""

    created: int
    unchanged: int
    unusable: tuple[tuple[str, tuple[str, ...]], ...] = ()


@transaction.atomic
def publish_template(
    *, code: str, content: dict[str, Any], procedures: Iterable[str] = (), in_force_from: date
) -> tuple[ProcessTemplate, bool]:
    """Publish a template as the next version of `code`; the same content again changes nothing. Return it and if new.

    Raises `Refused` with every flaw of an unsound template.
    """
    flaws = find_flaws(template_from_content(code, content))
    if flaws:
        raise Refused("process.unsound", reasons=flaws, code=code)
    wanted = sorted(procedures)
    latest = ProcessTemplate.objects.select_for_update().filter(code=code).order_by("-version").first()
    if latest is not None and (latest.content, latest.procedures) == (content, wanted):
        return latest, False
    version = latest.version + 1 if latest else 1
    row = ProcessTemplate.objects.create(
        code=code, version=version, content=content, procedures=wanted, in_force_from=in_force_from
    )
    forget_bindings()
    transaction.on_commit(forget_bindings)
    return row, True


@transaction.atomic
def import_processes(
    *, processes: Iterable[dict[str, Any]], procedures_of: dict[str, list[str]], in_force_from: date
) -> TemplateReport:
    """Import processes as collected from real one-stops; `procedures_of` binds each to procedure codes of today."""
    created = unchanged = 0
    unusable: list[tuple[str, tuple[str, ...]]] = []
    for raw in processes:
        read = read_process(raw)
        if read.content is None:
            unusable.append((read.code, read.reasons))
            continue
        national = (raw.get("procedure") or {}).get("national_code")
        codes = procedures_of.get(read.code, [national] if national else [])
        _, new = publish_template(code=read.code, content=read.content, procedures=codes, in_force_from=in_force_from)
        created, unchanged = created + new, unchanged + (not new)
    return TemplateReport(created, unchanged, tuple(unusable))
