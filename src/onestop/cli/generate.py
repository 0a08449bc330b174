"""`onestop generate N`: a long history at once, as columnar facts."""

import time
from pathlib import Path

import click

from onestop.cli.answers import answer, json_option, progress
from onestop.cli.cases import find_moment, read_or_fail


@click.command()
@click.argument("count", type=click.IntRange(1), metavar="N")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("history"), show_default=True)
@click.option("--seed", default=1, show_default=True, help="Another number gives another history.")
@click.option("--years", type=click.FloatRange(0.02, 5), default=3.0, show_default=True, help="How far back it begins.")
@click.option("--until", default="2026-11-01T00:00", show_default=True, metavar="MOMENT", help="When the history ends.")
@json_option
def generate(*, count: int, out: Path, seed: int, years: float, until: str, as_json: bool) -> None:
    """Write the facts of N made-up dossiers of the real units below a folder, and which units cheat and how.

    The same wishes give the same bytes. The format is open: Parquet, described in docs/facts.md. Nothing of it passes
    through the journal; whole signed lives are what `onestop bench life` measures.
    """
    from onestop.demo.history.write import PLANTED, write_history
    from onestop.facts.rules.columnar import MANIFEST
    from onestop.facts.rules.periods import PROVINCE_ZONE

    as_of = read_or_fail(lambda: find_moment(until, PROVINCE_ZONE))
    assert as_of
    if (out / MANIFEST).exists():
        raise click.BadParameter(f"{out / MANIFEST} is there already", param_hint="--out")
    began, worked = time.monotonic(), time.process_time()
    found = write_history(out, count, as_of=as_of, years=years, seed=seed, say=progress)
    seconds = time.monotonic() - began
    told = {
        "dossiers": found.rows,
        "as_of": found.as_of.isoformat(),
        "folder": str(out),
        "files": len(found.files),
        "planted": str(out / PLANTED),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(time.process_time() - worked, 1),
        "dossiers_a_second": round(found.rows / seconds),
    }
    answer(told, f"{found.rows} dossiers in {seconds:.1f} s: {out}", as_json=as_json)
