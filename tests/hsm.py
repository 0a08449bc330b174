"""A security module for tests: tokens of SoftHSM 2, in a folder of their own. Skipped where it is not installed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)
PIN = "482615"
_numbers = count(1)


@dataclass(frozen=True)
class SoftHsm:
    """The module's library, and the folder in which its tokens lie."""

    module: str
    tokens: Path

    def make_token(self) -> str:
        """Return the label of a new token, opened by `PIN`."""
        label = f"onestop-{next(_numbers)}"
        command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "so-735128"]
        subprocess.run(command, check=True, capture_output=True)
        return label


@pytest.fixture(scope="session")
def hsm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoftHsm]:
    """SoftHSM with no token yet."""
    module = next((path for path in MODULES if Path(path).exists()), None)
    if module is None or not shutil.which("softhsm2-util"):
        pytest.skip("needs SoftHSM; get it with: sudo apt-get install softhsm2")
    folder = tmp_path_factory.mktemp("softhsm")
    tokens = folder / "tokens"
    tokens.mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    yield SoftHsm(module, tokens)
    del os.environ["SOFTHSM2_CONF"]
