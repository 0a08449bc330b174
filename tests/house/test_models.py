"""What the tables may not do: point forward, be nameless, or fall behind their migrations."""

from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import ForeignKey, ManyToManyField, Model

ORDER = [app.label for app in apps.get_app_configs() if app.name.startswith("onestop.")]
OURS = [model for model in apps.get_models() if model.__module__.startswith("onestop.")]


def chapter(model: type[Model]) -> int:
    return ORDER.index(model._meta.app_label)


def relations(model: type[Model]) -> list[Any]:
    return [f for f in model._meta.get_fields() if isinstance(f, ForeignKey | ManyToManyField) and not f.auto_created]


def test_there_are_tables_to_look_at() -> None:
    assert len(OURS) > 10


def test_foreign_keys_never_point_forward() -> None:
    forward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in OURS
        for field in relations(model)
        if field.related_model in OURS and chapter(field.related_model) > chapter(model)
    ]
    assert not forward


def test_every_table_tells_its_vietnamese_name() -> None:
    mute = [m._meta.label for m in OURS if not any(letter > "\u007f" for letter in m.__doc__ or "")]
    assert not mute, "the docstring of a model holds the Vietnamese term"


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())
