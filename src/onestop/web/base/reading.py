"""A page that only reads sees the units as they were when it was asked for, and asks for them once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from onestop.agencies.queries import hold_tree

READING = ("GET", "HEAD")


class ReadingMiddleware:
    """Holds the tree of units while a page is made; what acts looks again each time, and what is streamed does too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Make the page."""
        if request.method not in READING:
            return self.get_response(request)
        with hold_tree():
            return self.get_response(request)
