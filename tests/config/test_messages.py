"""Translations are compiled without tools of the machine."""

import gettext
import os
from pathlib import Path

from onestop.config.messages import compile_all

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Send"
msgstr "Nộp hồ sơ"
"""


def test_only_what_changed_is_compiled(tmp_path: Path) -> None:
    po = tmp_path / "face" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(PO)
    assert compile_all(tmp_path) == [po.with_suffix(".mo")]
    assert compile_all(tmp_path) == []
    os.utime(po, (2**31, 2**31))
    assert compile_all(tmp_path) == [po.with_suffix(".mo")]
    with po.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Send") == "Nộp hồ sơ"
