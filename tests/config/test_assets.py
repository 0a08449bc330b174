"""What the style sheet, the icons and the fonts are made of."""

import json
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from onestop.config import assets
from onestop.config.fonts import FONTS, make_font
from onestop.config.places import ROOT


def test_comments_and_space_go_and_nothing_else() -> None:
    css = '/* a note */\n:root {\n  --ink: #111;\n}\n.a > .b , .c:is(:hover) { color : red; content: "a  b" }\n'
    assert assets.minify(css).startswith(":root{--ink:#111}")
    assert ".c:is(:hover)" in assets.minify(css)
    assert "calc(1px + 2px)" in assets.minify("a { inline-size: calc(1px + 2px); }")


def test_blocks_are_cut_at_their_own_brace() -> None:
    css = "@layer a { x { y: z } } @layer b { @supports (q: r) { x { y: z } } }"
    assert list(assets._blocks(css)) == ["@layer a { x { y: z } }", "@layer b { @supports (q: r) { x { y: z } } }"]


def test_the_lock_holds_no_addresses_and_exact_versions() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert "http" not in lock
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert all(version[0].isdigit() for version in wanted.values())
    packages = json.loads(lock)["packages"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all("integrity" in entry for name, entry in packages.items() if name)


def test_figures_are_all_as_wide_as_each_other(tmp_path: Path) -> None:
    figures = next(font for font in FONTS if font.name == "figures-400")
    made = TTFont(make_font(figures, tmp_path))
    widths = {made["hmtx"].metrics[made.getBestCmap()[ord(figure)]][0] for figure in "0123456789"}
    assert len(widths) == 1


def test_the_text_font_holds_every_vietnamese_letter(tmp_path: Path) -> None:
    text = next(font for font in FONTS if font.name == "be-400")
    letters = set(TTFont(make_font(text, tmp_path)).getBestCmap())
    wanted = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    assert {ord(letter) for letter in wanted + wanted.upper() + "₫–…“”"} <= letters


def test_a_second_build_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    if not (assets.OUT / ".stamp").exists():
        pytest.skip("nothing built yet: python -m onestop.config.assets")
    monkeypatch.setattr(assets, "install_packages", lambda: pytest.fail("nothing changed"))
    monkeypatch.setattr(assets, "_fingerprint", lambda: (assets.OUT / ".stamp").read_text())
    assert assets.build() is False
