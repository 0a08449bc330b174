"""What the catalogue says is owed, on lines as it writes them; what an officer may state."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.catalogue.rules.content import Fee
from onestop.catalogue.rules.kinds import FeeKind, FilingChannel
from onestop.dossiers.rules.filing import Channel
from onestop.fees.rules.owed import MOST_VND, Assessment, Statement, assess, find_statement_faults, owes_fee

EXAMPLES = list(csv.DictReader((Path(__file__).parent / "examples.csv").read_text().splitlines()))
AMOUNTS = st.none() | st.sampled_from([0, 500, 8_000, 8_000, 20_000])
FEES = st.lists(
    st.builds(
        Fee,
        kind=st.sampled_from(FeeKind),
        amount_vnd=AMOUNTS,
        channel=st.none() | st.sampled_from(FilingChannel),
        set_by=st.sampled_from(["", "", "circular"]),
        is_indicative=st.booleans(),
    ),
    max_size=5,
)


def line(text: str) -> Fee:
    """Return a fee written as kind:amount:channel:set_by."""
    kind, amount, channel, set_by = [*text.split(":"), ""][:4]
    way = FilingChannel(channel) if channel else None
    return Fee(FeeKind(kind), int(amount) if amount else None, way, set_by)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["source"][:30] for example in EXAMPLES])
def test_the_catalogue_as_it_is_written(example: dict[str, str]) -> None:
    found = assess([line(text) for text in example["lines"].split(";") if text], Channel[example["channel"]])
    assert found.amounts == tuple(int(amount) for amount in example["amounts"].split())
    assert (found.is_free, found.is_open) == (example["free"] == "yes", example["open"] == "yes")
    assert found.definite == (int(example["definite"]) if example["definite"] else None)


@given(fees=FEES, channel=st.sampled_from(Channel))
def test_a_definite_amount_is_one_that_the_catalogue_names(fees: list[Fee], channel: Channel) -> None:
    found = assess(fees, channel)
    if found.definite:
        assert found.definite in {fee.amount_vnd for fee in fees if not fee.set_by and not fee.is_indicative}
    if found.is_free:
        assert any(fee.is_free for fee in fees)
        assert found.definite == 0
    assert found.amounts == tuple(sorted(set(found.amounts)))
    assert assess(list(reversed(fees)), channel) == found


def test_a_fee_is_owed_free_or_unknown() -> None:
    free, dear = Fee(FeeKind.FEE, 0), Fee(FeeKind.FEE, 8000)
    by_council = Fee(FeeKind.FEE, 0, set_by="Hội đồng nhân dân tỉnh")
    unknown = Fee(FeeKind.FEE, None, set_by="Hội đồng nhân dân tỉnh")
    for fees, owed in (((), None), ((free,), False), ((dear,), True), ((free, dear), True), ((by_council,), None)):
        assert owes_fee(fees) is owed
    assert owes_fee((free, unknown)) is None


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        (Statement(8_000), ()),
        (Statement(24_000, copies=3), ()),
        (Statement(25_000, copies=3), ("fee.without_ground",)),
        (Statement(25_000, copies=3, ground="Nghị quyết 124/2025/NQ-HĐND"), ()),
        (Statement(0), ("fee.amount_out_of_range", "fee.without_ground")),
        (Statement(MOST_VND + 1, ground="x"), ("fee.amount_out_of_range",)),
        (Statement(0, is_exempt=True), ("fee.exempt_without_ground",)),
        (Statement(0, is_exempt=True, ground="110/2025/TT-BTC Đ3"), ()),
        (Statement(5, copies=0, is_exempt=True, ground=" "),
         ("fee.exempt_with_amount", "fee.copies_out_of_range", "fee.exempt_without_ground")),
    ],
)  # fmt: skip
def test_a_statement_stands_or_every_reason_is_named(statement: Statement, faults: tuple[str, ...]) -> None:
    assert find_statement_faults(statement, Assessment((8_000,), is_open=False)) == faults
