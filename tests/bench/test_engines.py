"""The workload `engines`: what it says of made-up figures, and a real run of the embedded engine."""

import json

import pytest
from click.testing import CliRunner

from onestop.bench.board.estimate import compare, pays_from
from onestop.cli.bench import engines
from onestop.config.cluster import GET
from onestop.config.object_store import find_rclone


def size(dossiers: int, embedded: float, cluster: float) -> dict[str, object]:
    """Return what a run says of one size."""
    return {
        "dossiers": dossiers,
        "embedded": {"start_s": 1.0, "cpu_a_question_s": embedded},
        "cluster": {"start_s": 31.0, "cpu_a_question_s": cluster},
    }


def test_a_cluster_pays_where_its_start_is_won_back() -> None:
    # 1 µs of CPU a dossier on two cores here; 2 µs there: sixteen cores win 0.375 s a million, the start costs 30 s
    said = compare([size(1_000_000, 2.0, 5.0), size(11_000_000, 12.0, 25.0)])
    assert said
    assert said["embedded"] == {"start_s": 1.0, "cpu_us_a_dossier": 1.0}
    assert said["cluster"]["cpu_us_a_dossier"] == 2.0
    assert said["cluster"]["pays_from_dossiers_with_cores"] == {"4": None, "16": 80_000_000, "64": 64_000_000}
    assert compare([size(1_000_000, 2.0, 5.0)]) is None


def test_with_no_more_cores_than_here_it_never_pays() -> None:
    cost = {"start_s": 1.0, "cpu_us_a_dossier": 1.0}
    assert pays_from(cost, cost, 2) is None


def test_the_embedded_engine_gives_one_answer_from_folder_and_store() -> None:
    if not find_rclone():
        pytest.skip(f"needs an object store; get one with: {GET}")
    asked = ["--sizes", "2k", "--questions", "2", "--ask", "embedded,embedded_store"]
    done = CliRunner().invoke(engines, asked)
    assert done.exit_code == 0, done.output
    (found,) = json.loads(done.stdout)["sizes"]
    assert found["equal"]
    assert found["bare_scan"]["rows"] == 2000
    assert 0 < found["bare_scan"]["bytes_a_dossier"] < found["bytes_a_dossier"]
    assert found["embedded_store"]["question_s"]["asked"] == 2
    assert CliRunner().invoke(engines, ["--ask", "nobody"]).exit_code == 2
