"""A payment platform is plugged only with its secret; without an address there is none."""

from pathlib import Path

import pytest

from onestop.config.payments import plug_payments
from onestop.errors import Invalid
from onestop.fees import ports


def test_no_address_no_platform_and_no_secret_no_start(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    for file in ("", str(tmp_path / "none"), str(empty)):
        with pytest.raises(Invalid, match="no_secret"):
            plug_payments("http://127.0.0.1:9/", file)
    plug_payments("", "")
    assert not ports.gateway().is_there
    empty.write_text("secret\n")
    plug_payments("http://127.0.0.1:9/", str(empty))
    assert ports.gateway().is_there
    plug_payments("", "")
