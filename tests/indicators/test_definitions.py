"""Definitions are whole: dated, cited, worded in three languages; those read together count the same dossiers."""

import os
import subprocess
import sys

import pytest

from onestop.facts.rules.definitions import Definition, Form, Subject, read_definition
from onestop.indicators.queries.definitions import (
    all_definitions,
    get_definition,
    kept_layout,
    list_definitions,
    rule_words,
)
from onestop.indicators.queries.schemes import get_scheme
from tests.facts.journals import hours

TODAY = hours(0).date()
WORDS = dict.fromkeys(("vi", "en", "ur"), "x")
NAMED = {language: {"name": "x", "numerator": "x"} for language in WORDS}


@pytest.mark.parametrize("definition", all_definitions(), ids=lambda item: f"{item.scheme}:{item.code}")
def test_a_definition_is_whole(definition: Definition) -> None:
    assert definition.legal
    for language in ("vi", "en", "ur"):
        words = definition.worded(language)
        assert words.name
        assert words.numerator
        assert words.population
        assert all(step.wording[language] for step in definition.steps)
    notes = {bool(words.note) for words in definition.wording.values()}
    assert len(notes) == 1, "a note is in all languages or in none"
    assert definition.form is Form.COUNT or definition.texts.get("numerator") != "true"
    words = rule_words()
    rules = definition.rules
    for kind in ("period", "unit", "zero", "null", "score"):
        assert set(words[kind][getattr(rules, kind)]) == {"vi", "en", "ur"}
    if definition.no_data:
        assert set(words["no_data"][definition.no_data]) == {"vi", "en", "ur"}


def test_every_process_lays_the_cube_out_alike() -> None:
    script = "from onestop.indicators.queries.definitions import kept_layout; print(kept_layout().name)"
    names = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert names == {kept_layout().name}


def test_codes_are_unique_within_a_scheme() -> None:
    names = [(item.scheme, item.code, item.version) for item in all_definitions()]
    assert len(names) == len(set(names))


def test_figures_read_together_have_one_population() -> None:
    for definition in list_definitions(on=TODAY):
        if definition.beside and definition.subject is Subject.DOSSIER:
            other = get_definition(definition.beside, on=TODAY, scheme=definition.scheme)
            assert other.population == definition.population or other.subject is not Subject.DOSSIER


def test_a_goal_holds_for_its_own_period() -> None:
    full = get_definition("FULL_PROCESS", on=TODAY)
    goals = [full.find_target(day) for day in (TODAY.replace(year=2023), TODAY.replace(year=2024), TODAY)]
    assert [goal.percent if goal else None for goal in goals] == [None, 30, 70]


def test_what_is_not_recorded_must_say_why_and_what_is_counted_must_not() -> None:
    populations = {
        "none": {"subject": "unrecorded", "period": "not_recorded", "unit": "none", "wording": WORDS},
        "filed": {"subject": "dossier", "test": "true", "period": "filed_in_period", "unit": "none", "wording": WORDS},
    }
    raw = {"code": "X", "version": 1, "form": "share", "legal": ["x"], "valid_from": "2022-01-01", "wording": NAMED}
    with pytest.raises(ValueError, match="names its reason"):
        read_definition({**raw, "population": "none"}, scheme="s", populations=populations)
    counted = {**raw, "population": "filed", "numerator": "true", "no_data": "petitions_not_recorded"}
    with pytest.raises(ValueError, match="names its reason"):
        read_definition(counted, scheme="s", populations=populations)


@pytest.mark.parametrize("scheme", ["766-portal-2026-observed", "766-vendor-code-2024"])
def test_every_criterion_of_a_scheme_is_defined_and_scored_by_the_rule_it_names(scheme: str) -> None:
    criteria = {item.code: item for group in get_scheme(scheme) for item in group.criteria}
    defined = {item.code: item for item in all_definitions() if item.scheme == scheme}
    assert set(defined) == set(criteria)
    for code, criterion in criteria.items():
        assert defined[code].rules.score == criterion.rule, code
        zero = {None: "unknown", 0: "zero_points"}.get(criterion.zero_points, "full_points")
        assert defined[code].rules.zero == zero, code
