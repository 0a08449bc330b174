"""Electronic forms: by code, by procedure. A version of a form never changes, so it is kept in the process."""

import time
from functools import lru_cache

from onestop.catalogue.models import EForm
from onestop.catalogue.queries.data import option_lists
from onestop.catalogue.rules.forms import Form, read_form
from onestop.errors import NotFound

ANY_PROCEDURE = ""
SECONDS_KEPT = 10.0


class _Register:
    """Which form serves which procedure: read afresh after some seconds, since another process may publish one."""

    def __init__(self) -> None:
        self._read_at = -SECONDS_KEPT
        self._by_procedure: dict[str, int] = {}

    def find(self, procedure_code: str) -> int | None:
        """Return the id of the newest form for a procedure, else of the form for any."""
        if time.monotonic() - self._read_at >= SECONDS_KEPT:
            self._by_procedure = _read_register()
            self._read_at = time.monotonic()
        return self._by_procedure.get(procedure_code) or self._by_procedure.get(ANY_PROCEDURE)

    def forget(self) -> None:
        """Read afresh at the next question."""
        self._read_at = -SECONDS_KEPT


def _read_register() -> dict[str, int]:
    newest: dict[str, tuple[int, list[str]]] = {}
    for pk, code, procedures in EForm.objects.order_by("version", "id").values_list("pk", "code", "procedures"):
        newest[code] = (pk, procedures)
    return {code: pk for pk, procedures in newest.values() for code in procedures or [ANY_PROCEDURE]}


_register = _Register()


def get_form_for(procedure_code: str) -> Form:
    """Return the form to fill in for a procedure: its own, else the general one. Raises `NotFound` if there is none."""
    pk = _register.find(procedure_code)
    if pk is None:
        raise NotFound("form.unknown", procedure=procedure_code)
    return _read(pk)


def get_form(code: str, version: int | None = None) -> Form:
    """Return a form, the newest version if none is named. Raises `NotFound`."""
    found = EForm.objects.filter(code=code, **({"version": version} if version else {}))
    pk = found.order_by("-version").values_list("pk", flat=True).first()
    if pk is None:
        raise NotFound("form.unknown", form=code)
    return _read(pk)


def list_forms() -> list[Form]:
    """Return the newest version of every form, by code."""
    newest = EForm.objects.order_by("code", "-version").distinct("code").values_list("pk", flat=True)
    return [_read(pk) for pk in newest]


def forget_forms() -> None:
    """Look up afresh which form serves which procedure; called when forms come in."""
    _register.forget()


@lru_cache(maxsize=1024)
def _read(pk: int) -> Form:
    row = EForm.objects.filter(pk=pk).first()
    if row is None:
        raise NotFound("form.unknown", form=pk)
    return read_form(row.content, version=row.version, lists=option_lists())
