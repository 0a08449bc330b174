"""A province to act in: units, calendar, the curated procedures, processes, and the cast with its keys.

It lives in databases of its own, beside the test database, so that it is loaded once a run and disturbs nobody:

    world         the province, nothing filed; what a test does is rolled back
    played        the same with every story of the demo played and its slips made; rolled back as well
    real_world    a copy for one test that needs real commits: threads, processes that die

A test that takes one of these takes neither `db` nor the mark `django_db`.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from onestop.accounts.rules import Principal, Role
from onestop.demo import cast
from onestop.demo.stage import Play, Stage, moment

LOADED_AT = datetime(2026, 1, 2, 1, 0, tzinfo=UTC)
TWO_OFFICES = 1_000_000  # ids of the world begin here: what is kept in the process by id never meets another database's


@dataclass(frozen=True)
class World:
    """The stage, and shorter ways to the people on it."""

    stage: Stage
    database: str

    def officer(self, username: str, at: str) -> Principal:
        """An officer of the cast by log-in, as they are at a local moment."""
        role = next(role for role in cast.OFFICERS if role.username == username)
        agency = self.stage.unit_code(role.agency)
        return self.stage.officer(f"{agency}.{role.part}" if role.part else agency, role.role, moment(at))

    def applicant(self, username: str, at: str) -> Principal:
        """An applicant of the cast by log-in."""
        return self.stage.applicant(username, moment(at))

    def by(self, play: Play, role: Role, at: str) -> Principal:
        """Whoever has this role for this dossier."""
        return play._by(role, at)


def forget() -> None:
    """Forget what the process keeps under names that mean something else in another database."""
    from onestop.catalogue.queries import forget_forms, forget_versions, forget_words
    from onestop.process.queries.templates import forget_bindings, get_template
    from onestop.worktime.queries import forget_calendars

    forget_calendars()
    forget_forms()
    forget_versions()
    forget_words()
    forget_bindings()
    forget_bindings()
    get_template.cache_clear()


def leave() -> None:
    """Close every connection of this thread's pool."""
    assert not connection.in_atomic_block, "a test takes `world` or `db`, never both"
    connection.close()
    connection.close_pool()


@contextmanager
def on_database(name: str) -> Iterator[None]:
    """Let all connections go to another database of the same server."""
    before = connection.settings_dict["NAME"]
    leave()
    forget()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        leave()
        forget()
        connection.settings_dict["NAME"] = before


@contextmanager
def migrated() -> Iterator[str]:
    """The test database; made here if no test of this run asks for it by `db`, since then nobody else makes it."""
    plain: str = connection.settings_dict["NAME"]
    if plain.startswith("test_"):
        yield plain
        return
    yield connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    leave()
    connection.creation.destroy_test_db(plain, verbosity=0)


@contextmanager
def copied(name: str, template: str) -> Iterator[str]:
    """A copy of a database, dropped afterwards."""
    leave()
    _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield name
    finally:
        leave()
        _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _on_server(*statements: str) -> None:
    settings = connection.settings_dict
    place = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"]}
    given = {name: value for name, value in {**place, "password": settings["PASSWORD"]}.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as server:
        for statement in statements:
            server.execute(statement)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo everything at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def load() -> None:
    """Load the province as the demo does, but only the curated procedures, and seals only where the cast works."""
    from onestop.accounts.rules import SYSTEM
    from onestop.agencies.operations import load_units
    from onestop.agencies.queries import list_units
    from onestop.catalogue.operations import import_file
    from onestop.catalogue.queries import read_data
    from onestop.demo.province import TODAY, appoint_cast, publish_online_levels
    from onestop.process.operations.data import load_templates
    from onestop.trust.operations import issue_key
    from onestop.trust.rules.names import KeyKind
    from onestop.worktime.operations import publish_calendar
    from onestop.worktime.queries import read_packaged_content

    load_units(by=SYSTEM, at=LOADED_AT)
    content = read_packaged_content()
    publish_calendar(content=content, valid_from=content.covered_from, legal_basis="test", by=SYSTEM, at=LOADED_AT)
    for name in ("procedures_core.json", "forms.json"):
        import_file(data=read_data(name), by=SYSTEM, at=LOADED_AT)
    load_templates()
    agencies = {role.agency for role in cast.OFFICERS}
    names = {unit.code: unit.agency_name() for unit in list_units(on=TODAY) if unit.name() in agencies}
    seals = {f"{use}:{code}": name for code, name in names.items() for use in ("seal", "claim")}
    for key, name in seals.items():
        issue_key(key=key, common_name=name, organisation=name, kind=KeyKind.ORGANISATION, at=LOADED_AT)
    portal = {"common_name": "Cổng dịch vụ công", "organisation": cast.PROVINCE, "kind": KeyKind.SYSTEM}
    for key in (SYSTEM.key, "system:status"):
        issue_key(key=key, at=LOADED_AT, **portal)
    publish_online_levels(at=LOADED_AT)
    appoint_cast(at=LOADED_AT)


def _lift_ids() -> None:
    """Let the ids of this database begin high."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname, sequencename FROM pg_sequences WHERE schemaname = 'public'")
        for schema, name in cursor.fetchall():
            cursor.execute(f'ALTER SEQUENCE "{schema}"."{name}" RESTART WITH {TWO_OFFICES}')


def _stage() -> Stage:
    from onestop.demo.province import stage

    return stage()


@pytest.fixture(scope="session")
def world_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The database of the province, untouched by any test."""
    with django_db_blocker.unblock(), migrated() as base, copied(f"{base}_world", base) as name:
        with on_database(name), transaction.atomic():
            _lift_ids()
            load()
        yield name


@pytest.fixture(scope="session")
def played_database(world_database: str, django_db_blocker: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """The database of the province with every story played; and the code of each story's dossier."""
    from onestop.demo.stories import STORIES
    from onestop.dossiers.queries.dossiers import get_unscoped
    from onestop.notices.operations import issue_all

    codes = {}
    with django_db_blocker.unblock(), copied(f"{world_database}_played", world_database) as name:
        with on_database(name):
            ready = _stage()
            for story in STORIES:
                codes[story.__name__] = story(ready).code
                issue_all(dossier=get_unscoped(codes[story.__name__]))
        yield name, codes


@pytest.fixture
def world(world_database: str, django_db_blocker: Any) -> Iterator[World]:
    """The province, nothing filed; rolled back."""
    with django_db_blocker.unblock(), on_database(world_database), rolled_back():
        yield World(_stage(), world_database)


@pytest.fixture
def played(played_database: tuple[str, dict[str, str]], django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The codes of the dossiers of all stories, by the name of the story; rolled back."""
    name, codes = played_database
    with django_db_blocker.unblock(), on_database(name), rolled_back():
        yield codes


@pytest.fixture
def real_world(world_database: str, django_db_blocker: Any) -> Iterator[World]:
    """A copy of the province in which commits are commits."""
    with (
        django_db_blocker.unblock(),
        copied(f"{world_database}_{os.getpid()}", world_database) as name,
        on_database(name),
    ):
        yield World(_stage(), name)


@pytest.fixture(scope="session", autouse=True)
def _flush_may_empty_the_journal() -> Iterator[None]:
    """Between transactional tests Django empties every table; the journal refuses that, as it should."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    plain: Callable[..., list[str]] = DatabaseOperations.sql_flush

    def flushed(self: Any, *args: Any, **more: Any) -> list[str]:
        sql = plain(self, *args, **more)
        tables = [f"journal_{name}" for name in ("journalentry", "logleaf", "logcheckpoint", "logattestation")]
        off, on = (
            [f"ALTER TABLE {table} {deed} TRIGGER append_only_table" for table in tables]
            for deed in ("DISABLE", "ENABLE")
        )
        return [*off, *sql, *on] if sql else sql

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", flushed)
        yield
