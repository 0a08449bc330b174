"""Puts script modules into one plain script, for the page that must work from a file.

Knows just enough of the language for our own modules and the code reader: imports stand on one line, exports before a
declaration or in a list at the end. Each module becomes a function of its own, so names never meet.
"""

import re
from pathlib import Path

IMPORT = re.compile(r"""^import \{([^}]*)\} from ["']([^"']+)["'];$""", re.MULTILINE)
EXPORTED = re.compile(r"^export ((?:async )?function|class|const|let) (\w+)", re.MULTILINE)
LISTED = re.compile(r"^export \{([^}]*)\};$", re.MULTILINE)
DEFAULT = re.compile(r"^export default [^;]+;$", re.MULTILINE)
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def bundle(modules: dict[str, Path]) -> str:
    """Return one script of these modules, named as they name each other, each after those it imports."""
    parts = [_wrap(name, path.read_text(encoding="utf-8")) for name, path in modules.items()]
    whole = f'"use strict";\n(() => {{\n{"".join(parts)}}})();\n'
    if "</script" in whole.lower() or re.search(r"^\s*(import|export)\b", whole, re.MULTILINE):
        raise ValueError("a module is written in a way that cannot be put together")
    return whole


def _wrap(name: str, source: str) -> str:
    names = [found[2] for found in EXPORTED.finditer(source)]
    given = [f"{one}: {one}" for one in names]
    given += [_renamed(one) for found in LISTED.finditer(source) for one in found[1].split(",") if one.strip()]
    body = SOURCE_MAP.sub("", DEFAULT.sub("", LISTED.sub("", EXPORTED.sub(r"\1 \2", source))))
    body = IMPORT.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = {_variable(found[2])};", body)
    return f"const {_variable(name)} = (() => {{\n{body}\nreturn {{ {', '.join(given)} }};\n}})();\n"


def _renamed(one: str) -> str:
    """`a as b` is given out as b."""
    inner, _, outer = one.strip().partition(" as ")
    return f"{outer or inner}: {inner}"


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removeprefix("./").removesuffix(".js"))
