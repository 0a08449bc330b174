"""The distributed engine: the same statements on an Apache Spark cluster.

Spark lives in an environment of its own (`requirements-cluster.lock`); a small driver there takes statements, made here
in Spark's dialect, and gives the numbers back. `facts` may be `s3://...` (spark_driver.py) or any address that the
cluster itself reads.
"""

import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import resources
from typing import Any

from onestop.errors import Unavailable
from onestop.facts.rules.expressions import Expression
from onestop.facts.rules.tally import Tally, make_tally

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.ansi.enabled": "true",
}
TYPES = {
    "timestamp[us, tz=UTC]": "timestamp", "date32[day]": "date", "string": "string", "int32": "int", "int64": "bigint",
    "bool": "boolean",
}  # fmt: skip

FAULT = re.compile(r"^[\w.]*(?:Error|Exception)\b", re.MULTILINE)
SHOWN = 1000


class SparkEngine:
    """Counts facts on the cluster whose master is at `master`, for example `spark://10.0.0.5:7077`.

    `python` is that of the cluster's environment, here and at the same place on every worker; `settings` are Spark's
    own, put over those used here. A cluster without room for the question lets it wait: after `patience` seconds it is
    given up.
    """

    def __init__(
        self, master: str, python: str, settings: Mapping[str, str] | None = None, patience: float = 3600
    ) -> None:
        self._master = master
        self._python = python
        self._patience = patience
        self._settings = {**SETTINGS, **(settings or {})}
        self.seconds: list[float] = []
        """How long Spark took for each of the last answers, its start not counted."""

    def count(self, facts: str, tests: Sequence[Expression], *, as_of: datetime, period_from: datetime) -> Tally:
        """Return how many dossiers pass each test, by agency and desk. Raises `Unavailable` if the cluster cannot."""
        return self.count_each(facts, tests, as_of=as_of, periods=[period_from])[0]

    def count_each(
        self, facts: str, tests: Sequence[Expression], *, as_of: datetime, periods: Sequence[datetime]
    ) -> list[Tally]:
        """Return a tally for each begin of a period; Spark is started once for all of them."""
        from onestop.facts.rules.relational import count_sql, find_columns

        statements = [count_sql(tests, as_of=as_of, period_from=begin, dialect="pyspark") for begin in periods]
        columns = ", ".join(f"{field.name} {TYPES[str(field.type)]}" for field in find_columns(tuple(tests)))
        said = self._ask({"facts": facts, "columns": columns, "statements": statements})
        self.seconds = said["seconds"]
        assert said["columns"] == ["agency", "desk", *(f"n{place}" for place in range(len(tests)))]
        answers: list[list[list[Any]]] = said["answers"]
        return [make_tally(tests, (((row[0], row[1]), row[2:]) for row in rows)) for rows in answers]

    def _ask(self, asked: Mapping[str, object]) -> Any:
        question = {**asked, "master": self._master, "settings": self._settings}
        driver = resources.files("onestop.facts.adapters").joinpath("spark_driver.py")
        with resources.as_file(driver) as path:
            done = self._run([self._python, str(path)], json.dumps(question))
        if done.returncode:
            raise Unavailable("indicators.cluster_failed", said=_find_fault(done.stderr))
        return json.loads(done.stdout)

    def _run(self, command: list[str], question: str) -> "subprocess.CompletedProcess[str]":
        env = {"PYSPARK_PYTHON": self._python, **os.environ}
        try:
            return subprocess.run(
                command, env=env, input=question, capture_output=True, text=True, check=False, timeout=self._patience
            )
        except subprocess.TimeoutExpired as late:
            raise Unavailable("indicators.cluster_failed", said=f"no answer within {self._patience:.0f} s") from late


def _find_fault(said: str) -> str:
    """Return what went wrong from all that a driver said: its last exception, else its last words."""
    faults = list(FAULT.finditer(said))
    return said[faults[-1].start() :][:SHOWN] if faults else said.strip()[-SHOWN:]
