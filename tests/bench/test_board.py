"""Sizes of the workload `board` are read as people write them."""

import click
import pytest

from onestop.cli.bench import _read_sizes


def test_sizes_are_read_as_people_write_them() -> None:
    assert _read_sizes("20,500k,1M") == (20, 500_000, 1_000_000)
    with pytest.raises(click.BadParameter):
        _read_sizes("1G")
