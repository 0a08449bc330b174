"""Every code that can reach a person has its sentence, in three languages."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.utils.translation import override

import onestop
from onestop.accounts.rules import Role
from onestop.dossiers.rules.states import State, Verb
from onestop.errors import Fault, Invalid, NotFound, Refused, Stale
from onestop.web.base.wording import (
    deed_word,
    role_word,
    state_tone,
    state_word,
    verb_word,
    word_error,
    word_faults,
    word_reasons,
)
from onestop.web.base.wording.errors import ERRORS
from onestop.web.base.wording.kinds import KINDS, kind_word

SRC = Path(onestop.__file__).parent
LANGUAGES = ("vi", "en", "ur")
ERROR_KINDS = {"Refused", "NotFound", "Stale", "Invalid", "Unavailable", "Fault"}
CODE = re.compile(r"[a-z_]+\.[a-z_]+")
NOT_FOR_FACES = {"cli", "config", "demo", "bench"}


def codes() -> dict[str, str]:
    """Every code with which an error or a fault is made, and where."""
    found: dict[str, str] = {}
    for path in SRC.rglob("*.py"):
        if path.relative_to(SRC).parts[0] in NOT_FOR_FACES:
            continue
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name not in ERROR_KINDS:
                continue
            place = call.args[1:2] if name == "Fault" else call.args[:1]
            for argument in place:
                if (
                    isinstance(argument, ast.Constant)
                    and isinstance(argument.value, str)
                    and CODE.fullmatch(argument.value)
                ):
                    found[argument.value] = str(path.relative_to(SRC))
    return found


def test_every_error_code_has_a_sentence() -> None:
    used = codes()
    assert len(used) > 80
    assert not {code: place for code, place in used.items() if code not in ERRORS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_verb_and_role_has_a_word(language: str) -> None:
    with override(language):
        words = [state_word(state) for state in State] + [verb_word(verb) for verb in Verb]
        words += [deed_word(verb) for verb in Verb] + [role_word(role) for role in Role]
        assert all(words)
        assert {state_tone(state) for state in State} <= {"info", "success", "warning", "danger", "neutral"}
        for subject, table in KINDS.items():
            assert all(kind_word(subject, code) for code in table)


def test_the_catalogues_hold_nothing_unfinished() -> None:
    for language in ("vi", "ur"):
        po = polib.pofile(str(SRC / "web" / "base" / "locale" / language / "LC_MESSAGES" / "django.po"))
        assert len(po) > 400
        assert not [entry.msgid for entry in po if not entry.translated() or entry.fuzzy]


def test_sentences_are_filled_with_words_not_codes() -> None:
    stale = Stale("dossier.changed_since", code="H49-1", state=State.IN_PROCESS)
    with override("en"):
        assert "Being settled" in word_error(stale)
        assert "…" in word_error(Stale("dossier.changed_since"))
    with override("vi"):
        assert "Đang giải quyết" in word_error(stale)


def test_a_refusal_tells_every_reason_once() -> None:
    refused = Refused("supplement.not_allowed", reasons=("supplement.nothing_asked", "supplement.without_ground"))
    with override("vi"):
        assert len(word_reasons(refused)) == 2
        assert word_reasons(Refused("dossier.not_permitted")) == []


def test_faults_and_unknown_codes_never_break_a_page() -> None:
    invalid = Invalid("filing.incomplete", faults=(Fault("name", "field.required"), Fault("x", "nothing.known")))
    with override("en"):
        assert word_faults(invalid) == ["Fill in this field.", "This cannot be done (nothing.known)."]
        assert word_error(NotFound("nothing.known"))


def test_no_two_sets_of_kinds_have_the_same_name() -> None:
    """Else the words of one would silently be said for the codes of the other."""
    from onestop.web.base.wording import kinds

    sets = [value for name, value in vars(kinds).items() if name.endswith("_KINDS")]
    assert len(sets) >= 5
    named = [subject for found in sets for subject in found]
    assert len(named) == len(set(named))
