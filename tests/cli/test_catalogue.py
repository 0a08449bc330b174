"""`onestop catalogue` and `onestop load`: what they find, and how they tell it."""

from pathlib import Path

from onestop.cli.catalogue import told
from onestop.cli.load import find_loads
from onestop.cli.main import run


def test_known_files_of_a_folder_in_the_order_of_loading(tmp_path: Path) -> None:
    for name in (
        "forms.json",
        "forms_and_reports.csv",
        "notes.md",
        "processes.json",
        "procedures_core.json",
        "procedures_list.csv.gz",
        "units.csv",
    ):
        (tmp_path / name).touch()
    found = [load.path.name for load in find_loads(tmp_path)]
    assert found == [tmp_path.name, "procedures_core.json", "procedures_list.csv.gz", "forms.json", "processes.json"]


def test_a_folder_without_anything_known_is_refused(tmp_path: Path, capsys) -> None:
    (tmp_path / "notes.md").touch()
    assert run(["load", str(tmp_path)]) == 2
    assert "Nothing in" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_unusable(tmp_path: Path, capsys) -> None:
    assert run(["catalogue", "import", str(tmp_path / "none.csv")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_report_names_every_unusable_row_and_counts_the_doubts() -> None:
    report = {
        "rows": 3,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "unusable": [
            {"row": 2, "code": " 1.014325", "reason": "code_with_spaces"},
            {"row": 3, "code": "", "reason": "code_missing"},
            {"row": 3, "code": "", "reason": "name_missing"},
        ],
        "doubtful": [{"row": 4, "code": "1.000005", "doubt": "customs_marked_commune"}],
    }
    text = told(report)
    assert "2 unusable" in text
    assert "row 2   1.014325  code_with_spaces" in text
    assert "row 3  (no code)  name_missing" in text
    assert "1 x customs_marked_commune" in text
