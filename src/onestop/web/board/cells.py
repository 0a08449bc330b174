"""The cells of the table of units, drawn in Python: a province has hundreds of them on one page."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from onestop.facts.rules.definitions import Wording
from onestop.facts.rules.figures import Figure
from onestop.web.base.numbers import number_word, share_word

_BAR = (
    '<svg class="bar" viewBox="0 0 100 5" preserveAspectRatio="none" aria-hidden="true">'
    '<rect class="track" width="100" height="5"/><rect class="fill" width="{}" height="5"/></svg>'
)


class Drawable(Protocol):
    """What a cell needs to know of a figure (`showing.Shown`)."""

    @property
    def figure(self) -> Figure: ...  # noqa: D102
    @property
    def words(self) -> Wording: ...  # noqa: D102
    @property
    def numerator_href(self) -> str: ...  # noqa: D102
    @property
    def denominator_href(self) -> str: ...  # noqa: D102
    @property
    def hidden(self) -> bool: ...  # noqa: D102
    @property
    def share(self) -> float | None: ...  # noqa: D102
    @property
    def width(self) -> str: ...  # noqa: D102


def draw_cells(cells: Iterable[Drawable]) -> SafeString:
    """Return a cell for each figure: the share with its two numbers and a bar, or why there is none."""
    return SafeString("".join(f'<td class="bar-cell">{_draw(item)}</td>' for item in cells))


def _draw(item: Drawable) -> str:
    if item.hidden:
        return f'<span class="figure-kept">{escape(gettext("Fewer than 5 dossiers"))}</span>'
    share = item.share
    if share is None:
        return '<span class="soft">–</span>'
    return f'{share_word(share)} <span class="parts">{_parts(item)}</span> {_BAR.format(item.width)}'


def _parts(item: Drawable) -> str:
    """The two numbers as `_parts.html` has them, leading to their dossiers if they may be opened."""
    numerator, denominator = number_word(item.figure.numerator), number_word(item.figure.denominator)
    if not item.numerator_href:
        return f'<bdi dir="ltr">{numerator} / {denominator}</bdi>'
    first = _link(item.numerator_href, item.words.numerator, numerator)
    return f'<bdi dir="ltr">{first} / {_link(item.denominator_href, item.words.denominator, denominator)}</bdi>'


def _link(href: str, words: str, number: str) -> str:
    return f'<a href="{escape(href)}" aria-label="{escape(words)}: {number}">{number}</a>'
