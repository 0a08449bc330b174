"""Every address says who may open it."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

FOREIGN = ("allauth.", "django.")


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        place = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, place)
        else:
            yield place, entry


OURS = [
    (place, route)
    for place, route in routes(get_resolver())
    if not getattr(route.callback, "__module__", "").startswith(FOREIGN)
]


def test_there_are_addresses_to_look_at() -> None:
    assert len(OURS) > 20


def test_every_address_names_who_may_open_it() -> None:
    assert not [place for place, route in OURS if not hasattr(route.callback, "access")]


def test_no_two_addresses_are_the_same() -> None:
    places = [place for place, _ in routes(get_resolver())]
    assert not {place for place in places if places.count(place) > 1}


def test_addresses_are_unaccented_and_end_with_a_slash() -> None:
    chosen = [place for place, _ in OURS if not place.startswith(".well-known/")]  # those are fixed by RFC 8615
    odd = [place for place in chosen if not place.isascii() or (place and not place.endswith("/"))]
    assert not [place for place in odd if "." not in place.rsplit("/", 1)[-1]]


@pytest.mark.parametrize("face", ["portal", "desk", "office", "board"])
def test_every_face_has_addresses(face: str) -> None:
    assert import_module(f"onestop.web.{face}.urls").urlpatterns
