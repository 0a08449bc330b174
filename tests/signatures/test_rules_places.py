"""Where signatures stand on a page."""

import pytest

from onestop.signatures.rules import DEFAULT_PLACES


@pytest.mark.parametrize("size", [(595.28, 841.89), (419.53, 595.28)])
def test_default_places_lie_on_the_page(size: tuple[float, float]) -> None:
    for place in DEFAULT_PLACES.values():
        x0, y0, x1, y1 = place.on(*size)
        assert 0 <= x0 < x1 <= size[0]
        assert 0 <= y0 < y1 <= size[1]
