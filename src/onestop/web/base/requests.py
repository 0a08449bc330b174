"""What the middleware puts on a request, for the type checker."""

from django.http import HttpRequest

from onestop.accounts.rules import Principal


class Request(HttpRequest):
    """A request to a public page: somebody may be logged in."""

    principal: Principal | None


class ActingRequest(HttpRequest):
    """A request that `@requires` has let in: somebody acts."""

    principal: Principal
