"""`python -m onestop.recount FOLDER`: 0 if every figure comes out the same, 1 if not, 2 if it is no export."""

import sys
from pathlib import Path

from onestop.recount.counting import Verdict, recount
from onestop.recount.reading import BadExport, read_export


def main(arguments: list[str]) -> int:
    """Recount the export named and say what comes out."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m onestop.recount FOLDER\n")
        return 2
    try:
        found = recount(read_export(Path(arguments[0])))
    except BadExport as error:
        sys.stderr.write(f"{arguments[0]} is no export of figures: {error}\n")
        return 2
    sys.stdout.write("\n".join(told(found)) + "\n")
    return 0 if found.agrees else 1


def told(found: Verdict) -> list[str]:
    """Return the answer in words: a line for each figure that differs, and the sum."""
    lines = [
        f"{item.unit or 'everything'} {item.scheme} {item.code}: the export says {item.said}, counted {item.counted}"
        for item in found.deviations
    ]
    answer = "all agree" if found.agrees else "they differ" if found.figures else "nothing to count"
    return [*lines, f"{found.figures} figures over {found.dossiers} dossiers: {answer}."]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
