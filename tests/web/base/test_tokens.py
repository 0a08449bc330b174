"""The colours: every pair that stands together is told apart, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

import onestop

ASSETS = Path(onestop.__file__).parent / "web" / "base" / "assets"
TOKENS = (ASSETS / "10-tokens.css").read_text()
LIGHT, DARK = TOKENS.split("@media (prefers-color-scheme: dark)")
LITERAL = re.compile(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(")

BODY = [("ink", ground) for ground in ("paper", "raised", "sunk", "act-tint", "seal-tint", "done-tint", "soon-tint")]
BODY += [("ink-soft", "paper"), ("ink-soft", "raised")]
WORDS = [("ink-soft", ground) for ground in ("sunk", "act-tint", "seal-tint")]
WORDS += [
    (word, ground) for word in ("act", "act-strong", "seal", "done", "soon") for ground in ("paper", "raised", "sunk")
]
WORDS += [("act", "act-tint"), ("seal", "seal-tint"), ("done", "done-tint"), ("soon", "soon-tint")]
WORDS += [("on-act", "act"), ("on-act", "act-strong"), ("on-seal", "seal"), ("on-seal", "seal-strong")]
SHAPES = [(shape, ground) for shape in ("edge", "soon-mark", "focus") for ground in ("paper", "raised", "sunk")]


def read(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css.split("names of the design language", maxsplit=1)[0]))


def lightness(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((lightness(one), lightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


SCHEMES = {"light": read(LIGHT), "dark": {**read(LIGHT), **read(DARK)}}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("least", "pairs"), [(7.0, BODY), (4.5, WORDS), (3.0, SHAPES)])
def test_pairs_are_told_apart(scheme: str, least: float, pairs: list[tuple[str, str]]) -> None:
    tokens = SCHEMES[scheme]
    weak = {pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in pairs}
    assert not {pair: ratio for pair, ratio in weak.items() if ratio < least}


def test_dark_speaks_of_the_same_colours() -> None:
    assert set(read(DARK)) == set(read(LIGHT)) or set(read(DARK)) <= set(read(LIGHT))
    assert len(read(LIGHT)) > 15


def test_no_colour_literal_elsewhere() -> None:
    others = [path for path in ASSETS.parents[1].rglob("*.css") if path.name != "10-tokens.css"]
    assert len(others) > 5
    assert not [path.name for path in others if LITERAL.search(re.sub(r"url\([^)]*\)", "", path.read_text()))]


def test_only_logical_properties() -> None:
    physical = re.compile(
        r"\b(margin|padding|border)-(left|right)\b|[;{\s](left|right):|text-align: (left|right)|float: (left|right)"
    )
    faces = list(ASSETS.parents[1].rglob("*.css"))
    assert not [f"{path.name}: {found[0]}" for path in faces for found in [physical.search(path.read_text())] if found]


def test_pages_carry_no_inline_style_or_script() -> None:
    """The policy forbids both; a browser would ignore them in silence. A file to take home is no page of ours."""
    inline = re.compile(r"\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"|href=\"javascript:")
    templates = list(ASSETS.parents[1].rglob("templates/**/*.html"))
    assert len(templates) > 60
    pages = [path for path in templates if path.name != "offline.html"]
    assert not [path.name for path in pages if inline.search(path.read_text())]


def test_style_sheets_are_whole() -> None:
    """A rule inside a selector, or a brace too few, would silently drop what follows."""
    for path in ASSETS.parents[1].rglob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        assert css.count("{") == css.count("}"), path.name
        assert not re.search(r",\s*@media", css), path.name
