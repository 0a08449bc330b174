"""Reading the processes of real one-stops."""

import gzip
import json
from importlib.resources import files

import pytest

from onestop.process.rules.source import read_process
from onestop.process.rules.templates import StepKind


@pytest.fixture(scope="module")
def collected() -> dict[str, dict[str, object]]:
    """Return the collected processes by name."""
    raw = gzip.decompress((files("onestop.process") / "data" / "processes.json.gz").read_bytes())
    return {item["id"]: item for item in json.loads(raw)["processes"]}


def test_a_real_construction_permit_process_keeps_its_days(collected: dict[str, dict[str, object]]) -> None:
    read = read_process(collected["yenbai-DT01"])
    assert read.content is not None
    steps = [(item["kind"], item["minutes"]) for item in read.content["steps"]]
    assert steps == [
        (StepKind.RECEIVE, 240),
        (StepKind.APPRAISE, 5520),
        (StepKind.REVIEW, None),
        (StepKind.APPROVE, 1440),
        (StepKind.SEAL, None),
        (StepKind.RETURN, None),
    ]


def test_every_process_is_either_sound_or_refused_with_reasons(collected: dict[str, dict[str, object]]) -> None:
    read = [read_process(item) for item in collected.values()]
    assert len(read) == 121
    assert sum(item.content is not None for item in read) == 68
    assert all(item.reasons for item in read if item.content is None)


def test_nonsense_is_refused_not_guessed() -> None:
    assert read_process({}).reasons == ("process.without_steps",)
    lonely = {"id": "x", "steps": [{"actor": {"slug": "leadership"}, "qty": 1, "unit": "day"}]}
    assert "process.begins_without_reception" in read_process(lonely).reasons
