"""Print, for every sample, what we answer and what `pdfsig` (poppler) answers, as a table in Markdown.

.venv/bin/python -m tests.validation.attacks
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from onestop.validation.queries import verify_file
from tests.validation.attacks.samples import Made, Sample
from tests.validation.attacks.table import SAMPLES


def main() -> None:
    print("| attack | sample | a naive viewer shows | we answer | pdfsig says |\n|---|---|---|---|---|")
    for sample in SAMPLES:
        made = sample.make()
        print(f"| {sample.attack} | {sample.name} | {sample.shows} | {_ours(made, sample)} | {_pdfsig(made)} |")


def _ours(made: Made, sample: Sample) -> str:
    verdict = verify_file(made.data, made.at, content=made.content, anchors=made.anchors()).verdict
    sub = f" / {verdict.sub.value}" if verdict.sub else ""
    return f"{verdict.indication.value}{sub}: `{sample.answer.value}`"


def _pdfsig(made: Made) -> str:
    """What poppler says of the bytes; whom to believe is not asked (`-nocert`)."""
    if not made.data.startswith(b"%PDF"):
        return "-"
    if not shutil.which("pdfsig"):
        return "(not installed)"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.pdf"
        path.write_bytes(made.data)
        try:
            done = subprocess.run(
                ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, timeout=30, check=False
            )
        except subprocess.TimeoutExpired:
            return "no answer in 30 s"
    said = re.findall(r"Signature Validation: (.*?)\.?$", done.stdout, re.MULTILINE)
    whole = "; not the whole document" if "Not total document signed" in done.stdout else ""
    if done.returncode < 0:
        return f"crashed (signal {-done.returncode})"
    return ", ".join(said) + whole if said else "no signature found"


if __name__ == "__main__":
    main()
