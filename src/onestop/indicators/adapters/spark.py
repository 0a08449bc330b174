"""The distributed engine: the same statements on an Apache Spark cluster.

Spark lives in an environment of its own (`requirements-cluster.lock`); a small driver there takes one statement, made
here in Spark's dialect, and gives the numbers back. `facts` may be any address that the cluster reads: `s3a://...`.
"""

import json
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import resources
from typing import Any

from onestop.errors import Unavailable
from onestop.indicators.rules.expressions import Expression
from onestop.indicators.rules.tally import Tally, make_tally

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.ansi.enabled": "true",
}


class SparkEngine:
    """Counts facts on the cluster whose master is at `master`, for example `spark://10.0.0.5:7077`.

    `python` is that of the cluster's environment; `settings` are Spark's own, put over those used here. A cluster
    without room for the question lets it wait: after `patience` seconds it is given up.
    """

    def __init__(
        self, master: str, python: str, settings: Mapping[str, str] | None = None, patience: float = 3600
    ) -> None:
        self._master = master
        self._python = python
        self._patience = patience
        self._settings = {**SETTINGS, **(settings or {})}
        self.seconds = 0.0
        """How long Spark took for the last answer, its start not counted."""

    def count(self, facts: str, tests: Sequence[Expression], *, as_of: datetime, period_from: datetime) -> Tally:
        """Return how many dossiers pass each test, by agency and desk. Raises `Unavailable` if the cluster cannot."""
        from onestop.indicators.rules.relational import count_sql

        sql = count_sql(tests, as_of=as_of, period_from=period_from, dialect="pyspark")
        said = self._ask({"master": self._master, "facts": facts, "sql": sql, "settings": self._settings})
        self.seconds = said["seconds"]
        rows: list[list[Any]] = said["rows"]
        assert said["columns"] == ["agency", "desk", *(f"n{place}" for place in range(len(tests)))]
        return make_tally(tests, (((row[0], row[1]), row[2:]) for row in rows))

    def _ask(self, question: Mapping[str, object]) -> Any:
        driver = resources.files("onestop.indicators.adapters").joinpath("spark_driver.py")
        with resources.as_file(driver) as path:
            done = self._run([self._python, str(path)], json.dumps(question))
        if done.returncode:
            raise Unavailable("indicators.cluster_failed", said=done.stderr.strip()[-1000:])
        return json.loads(done.stdout)

    def _run(self, command: list[str], question: str) -> "subprocess.CompletedProcess[str]":
        try:
            return subprocess.run(
                command, input=question, capture_output=True, text=True, check=False, timeout=self._patience
            )
        except subprocess.TimeoutExpired as late:
            raise Unavailable("indicators.cluster_failed", said=f"no answer within {self._patience:.0f} s") from late
