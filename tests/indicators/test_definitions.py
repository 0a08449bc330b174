"""Definitions are whole: dated, cited, worded in three languages; those read together count the same dossiers."""

import pytest

from onestop.indicators.queries.definitions import all_definitions, get_definition, list_definitions
from onestop.indicators.rules.definitions import Definition, Form
from tests.indicators.journals import hours

TODAY = hours(0).date()


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
    assert definition.form is Form.COUNT or definition.texts["numerator"] != "true"


def test_codes_are_unique_within_a_scheme() -> None:
    names = [(item.scheme, item.code, item.version) for item in all_definitions()]
    assert len(names) == len(set(names))


def test_figures_read_together_have_one_population() -> None:
    for definition in list_definitions(on=TODAY):
        if definition.beside:
            other = get_definition(definition.beside, on=TODAY, scheme=definition.scheme)
            assert other.population == definition.population


def test_a_goal_holds_for_its_own_period() -> None:
    full = get_definition("FULL_PROCESS", on=TODAY)
    goals = [full.find_target(day) for day in (TODAY.replace(year=2023), TODAY.replace(year=2024), TODAY)]
    assert [goal.percent if goal else None for goal in goals] == [None, 30, 70]
