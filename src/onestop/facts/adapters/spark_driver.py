"""Run on its own by the Python of the cluster's environment: asks Spark statements over the facts.

It reads `{"master", "facts", "columns", "statements", "settings"}` as JSON from standard input and writes `{"columns",
"answers", "seconds"}` as JSON to standard output. It knows Spark and nothing of the house: the house needs no Spark.

Facts at `s3://...` are read by Arrow on each worker, with the keys in the worker's own environment; Spark needs nothing
added for it. At any other address (a folder that all workers see, `s3a://`, `hdfs://`) they are read by Spark itself.
"""

import json
import os
import sys
import time
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
from pyspark.sql.types import StructType

STORE = "s3://"
FILE = "facts.parquet"


class Facts(DataSource):  # type: ignore[misc]  # Spark is not in the environment where types are checked
    """A set of facts in an object store; of each file only the columns asked for."""

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return "onestop-facts"

    def reader(self, schema: StructType) -> "FactsReader":
        """Return who reads it."""
        return FactsReader(self.options["path"].removeprefix(STORE).rstrip("/"), schema.fieldNames())


class FactsReader(DataSourceReader):  # type: ignore[misc]
    """Reads a file on whichever worker is free."""

    def __init__(self, path: str, columns: list[str]) -> None:
        self.path = path
        self.columns = columns

    def partitions(self) -> list[InputPartition]:
        """Return the files, the largest first, so that none is waited for alone at the end."""
        below = open_store().get_file_info(fs.FileSelector(self.path, recursive=True))
        files = [item for item in below if item.base_name == FILE]
        if not files:
            raise FileNotFoundError(f"no {FILE} below {self.path}")
        return [InputPartition(item.path) for item in sorted(files, key=lambda item: -item.size)]

    def read(self, partition: InputPartition) -> Iterator[pa.RecordBatch]:
        """Yield one file portion by portion."""
        with open_store().open_input_file(partition.value) as file:
            for batch in pq.ParquetFile(file, pre_buffer=True).iter_batches(columns=self.columns, use_threads=False):
                yield batch.select(self.columns)


def open_store() -> fs.S3FileSystem:
    """Return the store that the environment names."""
    return fs.S3FileSystem(endpoint_override=os.environ.get("AWS_ENDPOINT_URL"))


def open_facts(session: SparkSession, facts: str, columns: str) -> DataFrame:
    """Return the facts at an address."""
    if not facts.startswith(STORE):
        return session.read.parquet(f"{facts}/month=*/{FILE}")
    session.dataSource.register(Facts)
    return session.read.format(Facts.name()).schema(columns).load(facts)


def main() -> None:
    """Answer the question on standard input."""
    asked = json.load(sys.stdin)
    builder = SparkSession.builder.master(asked["master"]).appName("onestop")
    for name, value in asked["settings"].items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    open_facts(session, asked["facts"], asked["columns"]).createOrReplaceTempView("facts")
    columns, answers, seconds = [], [], []
    for statement in asked["statements"]:
        began = time.monotonic()
        answer = session.sql(statement)
        columns = answer.columns
        answers.append([list(row) for row in answer.collect()])
        seconds.append(time.monotonic() - began)
    json.dump({"columns": columns, "answers": answers, "seconds": seconds}, sys.stdout)
    session.stop()


if __name__ == "__main__":
    main()
