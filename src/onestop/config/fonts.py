"""Makes the web fonts out of the fonts in the wheels: only the letters needed, as WOFF2.

Be Vietnam Pro has no tabular figures, so a font of figures alone is made of it, each as wide as the widest; the style
sheet lays it over the digits of every table (its licence, the OFL without reserved names, allows that).
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x250), 0x2BB, 0x2BC, *range(0x300, 0x330), *range(0x1E00, 0x1F00))
SIGNS = (*range(0x2000, 0x2070), 0x20AB, 0x20AC, 0x2116, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2260, 0x2264, 0x2265)
FIGURES = tuple(ord(sign) for sign in "0123456789")


@dataclass(frozen=True, slots=True)
class Font:
    """One font file to make: from which file of which wheel, with which letters and axes."""

    name: str
    wheel: str
    file: str
    letters: tuple[int, ...] = LATIN + SIGNS
    axes: tuple[tuple[str, float], ...] = ()
    is_tabular: bool = False


BE = "fontpkg_be_vietnam_pro"
FONTS = (
    Font("serif-400", "fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf", axes=(("wdth", 100), ("wght", 400))),
    Font("be-400", BE, "BeVietnamPro-Regular.ttf"),
    Font("be-600", BE, "BeVietnamPro-SemiBold.ttf"),
    Font("figures-400", BE, "BeVietnamPro-Regular.ttf", FIGURES, is_tabular=True),
    Font("figures-600", BE, "BeVietnamPro-SemiBold.ttf", FIGURES, is_tabular=True),
)


def make_font(font: Font, folder: Path) -> Path:
    """Make one font file in `folder`."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    loaded: Any = TTFont(_folder_of(font.wheel) / font.file)
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "case"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=font.letters)
    cutter.subset(loaded)
    if font.axes:  # after the cut: a quarter of the time
        loaded = instancer.instantiateVariableFont(loaded, dict(font.axes))
    if font.is_tabular:
        _level(loaded)
    loaded.flavor = "woff2"
    target = folder / f"{font.name}.woff2"
    loaded.save(target)
    return target


def _level(font: Any) -> None:
    """Give every figure the width of a 0, standing in the middle of it; a wider one is drawn narrower."""
    names = [font.getBestCmap()[sign] for sign in FIGURES]
    widths, shapes = font["hmtx"].metrics, font["glyf"]
    level = widths[names[0]][0]
    for name in names:
        width, bearing = widths[name]
        shift = (level - width) // 2
        shapes[name].coordinates.translate((shift, 0))
        shapes[name].recalcBounds(shapes)
        widths[name] = (level, bearing + shift)
    for table in ("GPOS", "kern"):
        if table in font:
            del font[table]


def _folder_of(wheel: str) -> Path:
    found = find_spec(wheel)
    if found is None or found.origin is None:
        raise FileNotFoundError(f"the wheel {wheel} is not installed")
    return Path(found.origin).parent / "files"
