"""Run on its own by the Python of the cluster's environment: asks Spark one statement over the facts.

It reads `{"master", "facts", "sql", "settings"}` as JSON from standard input and writes `{"columns", "rows",
"seconds"}` as JSON to standard output. It knows Spark and nothing of the house: the house needs no Spark.
"""

import json
import sys
import time

from pyspark.sql import SparkSession


def main() -> None:
    """Answer the question on standard input."""
    asked = json.load(sys.stdin)
    builder = SparkSession.builder.master(asked["master"]).appName("onestop")
    for name, value in asked["settings"].items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    began = time.monotonic()
    session.read.parquet(f"{asked['facts']}/month=*/facts.parquet").createOrReplaceTempView("facts")
    answer = session.sql(asked["sql"])
    rows = [list(row) for row in answer.collect()]
    json.dump({"columns": answer.columns, "rows": rows, "seconds": time.monotonic() - began}, sys.stdout)
    session.stop()


if __name__ == "__main__":
    main()
