"""Facts in an object store that speaks S3, at an address like `s3://bucket/folder`.

Where the store is and who asks is in the environment, under the names that every tool of such stores reads:
`AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` or a role. No file of ours holds a key.
"""

import os
from typing import TYPE_CHECKING

from onestop.errors import Unavailable

if TYPE_CHECKING:
    from pyarrow.dataset import Dataset
    from pyarrow.fs import S3FileSystem

SCHEME = "s3://"
FILE = "facts.parquet"


def is_in_store(facts: str) -> bool:
    """Return whether the address of a set of facts is one in an object store."""
    return facts.startswith(SCHEME)


def open_dataset(facts: str) -> "Dataset":
    """Return the files of a set as one table that is read when it is asked. Raises `Unavailable` if it cannot be."""
    from pyarrow import dataset, fs

    from onestop.facts.rules.columnar import SCHEMA

    try:
        store = _open_store()
        below = store.get_file_info(fs.FileSelector(facts.removeprefix(SCHEME).rstrip("/"), recursive=True))
    except OSError as error:
        raise Unavailable("indicators.no_facts", facts=facts, said=str(error)) from error
    files = sorted(item.path for item in below if item.base_name == FILE)
    if not files:
        raise Unavailable("indicators.no_facts", facts=facts, said=f"no {FILE}")
    return dataset.dataset(files, filesystem=store, format="parquet", schema=SCHEMA)


def read_text(address: str) -> str:
    """Return what one file of the store says. Raises `Unavailable` if it cannot be read."""
    try:
        with _open_store().open_input_stream(address.removeprefix(SCHEME)) as file:
            return bytes(file.read()).decode()
    except OSError as error:
        raise Unavailable("indicators.no_facts", facts=address, said=str(error)) from error


def _open_store() -> "S3FileSystem":
    from pyarrow import fs

    return fs.S3FileSystem(endpoint_override=os.environ.get("AWS_ENDPOINT_URL"))
