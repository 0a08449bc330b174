"""The files of the public log in a folder."""

import os
import secrets
import shutil
from pathlib import Path


class LogFolder:
    """Files below `folder`, readable for whoever serves them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        """Return a file, or None."""
        try:
            return self._place(name).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def write(self, name: str, data: bytes) -> None:
        """Write beside it, make sure that it is on disk, then put it in place."""
        place = self._place(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name}.{secrets.token_hex(6)}")  # the folder may be shared by machines
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o644)
        draft.replace(place)

    def drop(self, name: str) -> None:
        """Remove a folder."""
        shutil.rmtree(self._place(name), ignore_errors=True)

    def _place(self, name: str) -> Path:
        parts = name.split("/")
        if not all(parts) or any(part.startswith(".") for part in parts):
            raise ValueError(name)
        return self._folder.joinpath(*parts)
