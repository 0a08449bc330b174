"""Which template a procedure runs under, and the template of a running dossier."""

import time
from functools import lru_cache

from onestop.errors import NotFound
from onestop.process.models import ProcessTemplate
from onestop.process.rules.templates import Template, template_from_content

GENERAL, AT_ONCE = "general", "at-once"
SECONDS_KEPT = 5.0


def template_for(procedure_code: str, *, at_once: bool = False) -> Template:
    """Return the newest template made for this procedure, else the general one (or the one for settling at once).

    No statement if asked again within `SECONDS_KEPT`: a template published by another process serves from then on.
    """
    key = _bindings.find(procedure_code, AT_ONCE if at_once else GENERAL)
    if key is None:
        raise NotFound("process.no_template", procedure=procedure_code)
    return get_template(key)


class _Bindings:
    """Which template serves which procedure, by the key of the template; read afresh after some seconds."""

    def __init__(self) -> None:
        self._read_at = -SECONDS_KEPT
        self._of_procedure: dict[str, str] = {}
        self._newest: dict[str, str] = {}

    def find(self, procedure_code: str, otherwise: str) -> str | None:
        if time.monotonic() - self._read_at >= SECONDS_KEPT:
            self._read()
        return self._of_procedure.get(procedure_code) or self._newest.get(otherwise)

    def _read(self) -> None:
        rows = sorted(ProcessTemplate.objects.values_list("procedures", "version", "code"))
        keys = [(f"{code}@{version}", code, procedures) for procedures, version, code in rows]
        self._of_procedure = {procedure: key for key, _, procedures in keys for procedure in procedures}
        self._newest = {code: key for key, code, procedures in keys if not procedures}
        self._read_at = time.monotonic()

    def forget(self) -> None:
        self._read_at = -SECONDS_KEPT


_bindings = _Bindings()


def forget_bindings() -> None:
    """Ask afresh which template serves which procedure: after a publication, and between tests."""
    _bindings.forget()


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
