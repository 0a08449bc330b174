"""What no file of the tree may hold."""

import re
import subprocess
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "onestop"
TEMPLATES = sorted(SRC.rglob("templates/**/*.html"))
LARGEST_BYTES = 2 * 1024 * 1024

FORBIDDEN = {
    # [.] and the like, so that this file does not find itself
    "the address of a package registry": re.compile(r"registry[.]npmjs|pypi[.]org|files[.]pythonhosted|deb[.]debian"),
    "a folder of one machine": re.compile(r"(?<![\w.])/(roo[t]|hom[e]/\w+|wor[k])/(main|shared|[.]pyenv|\w+/onestop)"),
    "a merge left undone": re.compile(r"^(<{7}|>{7}) ", re.MULTILINE),
}


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: nothing says which files belong to the tree")
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "-C",
        str(ROOT),
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_nothing_ties_the_tree_to_one_place() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}: {what}: {m[0]}" for what, rule in FORBIDDEN.items() if (m := rule.search(text))
        ]
    assert not found


def test_no_file_is_huge() -> None:
    assert not [
        f"{path.relative_to(ROOT)}: {path.stat().st_size}" for path in tracked() if path.stat().st_size > LARGEST_BYTES
    ]


def test_nothing_made_by_a_machine_is_kept() -> None:
    made = re.compile(r"(^|/)(node_modules|build|var|__pycache__)/|\.(mo|pyc)$")
    assert not [str(path.relative_to(ROOT)) for path in tracked() if made.search(str(path.relative_to(ROOT)))]


def test_source_files_stay_readable() -> None:
    """Nine of ten below 250 lines; a file of 500 wants splitting."""
    sizes = {
        str(path.relative_to(SRC)): len(path.read_text().splitlines())
        for path in SRC.rglob("*.py")
        if "migrations" not in path.parts
    }
    assert not {name: lines for name, lines in sizes.items() if lines > 500}
    long = [name for name, lines in sizes.items() if lines > 250]
    assert len(long) <= len(sizes) / 10, long


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "misc", "manager", "handler"])
def test_no_file_is_named_by_a_word_that_says_nothing(word: str) -> None:
    assert not [str(path.relative_to(SRC)) for path in SRC.rglob(f"{word}*.py")]


def face_of(path: Path) -> str:
    return path.relative_to(SRC / "web").parts[0] if path.is_relative_to(SRC / "web") else ""


def test_templates_never_reach_into_another_face() -> None:
    """A template extends and includes only those of its own face or of `base`."""
    owner = {str(path).split("/templates/", 1)[1]: face_of(path) for path in TEMPLATES}
    crossing = []
    for path in TEMPLATES:
        for name in re.findall(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']", path.read_text()):
            target = name.split("#", 1)[0]
            if owner.get(target) not in (None, "base", face_of(path)):
                crossing.append(f"{path.relative_to(SRC)} -> {name}")
    assert not crossing


def test_every_static_file_that_a_template_names_exists() -> None:
    """A missing one is a broken page once names carry a hash, not merely a missing picture."""
    named = {name for path in TEMPLATES for name in re.findall(r"{%\s*static\s+[\"']([^\"']+)[\"']", path.read_text())}
    assert named
    assert not [name for name in named if finders.find(name) is None]


def test_templates_hold_no_inline_style_or_script() -> None:
    """The content security policy would refuse them in the browser."""
    inline = re.compile(r"<script(?![^>]*\b(src|type=\"application/json\"))[^>]*>|\sstyle=|\son\w+=\"|<style\b")
    assert not [f"{p.relative_to(SRC)}: {m[0]}" for p in TEMPLATES if (m := inline.search(p.read_text()))]


def test_templates_stay_readable() -> None:
    assert not [str(path.relative_to(SRC)) for path in TEMPLATES if len(path.read_text().splitlines()) > 150]
