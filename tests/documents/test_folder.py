"""The folder store: private, atomic, and whole after a crash."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from onestop.documents.adapters.folder import FolderStore
from onestop.errors import Unavailable

WRITER = """
import os, sys
from pathlib import Path
from onestop.documents.adapters.folder import FolderStore
store = FolderStore(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    store.put(os.urandom(1) * 3_000_000)
    store.put(os.urandom(200_000))
"""


def _files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_lies_two_folders_deep_and_private(tmp_path: Path) -> None:
    root = tmp_path / "documents"
    sha256 = FolderStore(root).put(b"x")

    (file,) = _files(root)
    assert file == root / sha256[:2] / sha256[2:4] / sha256
    assert file.stat().st_mode & 0o777 == 0o600
    assert root.stat().st_mode & 0o777 == file.parent.stat().st_mode & 0o777 == 0o700


def test_a_failed_put_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as refused:
        FolderStore(tmp_path / "documents").put(b"x" * 10_000)

    assert refused.value.params == {"reason": "No space left on device"}
    assert _files(tmp_path) == []


def _kept(root: Path) -> list[Path]:
    return [path for path in _files(root) if path.parent.name != "drafts"]


def test_killed_in_the_middle_no_half_file_is_seen(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    killed = 0
    while killed < 5 or not _kept(tmp_path):  # on a busy machine a writer may be killed before its first file
        killed += 1
        assert killed < 200, "no writer ever got a file done"
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        writer.stdout.close()
        try:
            writer.wait(0.06)
        except subprocess.TimeoutExpired:
            writer.send_signal(signal.SIGKILL)
        writer.wait()

    seen = _kept(tmp_path)
    assert seen
    for path in seen:
        assert store.get(path.name) == path.read_bytes()
