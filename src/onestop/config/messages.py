"""Compiles the translations: every `.po` beside the code becomes a `.mo`. Needs no gettext tools.

python -m onestop.config.messages
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SRC = Path(__file__).resolve().parents[1]


def compile_all(root: Path = SRC) -> list[Path]:
    """Compile what is older than its source. The `.mo` files written."""
    return [_compile(po) for po in sorted(root.rglob("locale/*/LC_MESSAGES/*.po")) if _is_stale(po)]


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def _compile(po: Path) -> Path:
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parents[1].name, abort_invalid=True)
    draft = po.with_suffix(".mo.new")
    with draft.open("wb") as target:
        write_mo(target, catalogue)
    return draft.replace(po.with_suffix(".mo"))


if __name__ == "__main__":
    sys.stderr.write(f"{len(compile_all())} message files compiled\n")
