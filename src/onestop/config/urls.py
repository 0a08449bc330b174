"""All addresses. Public faces speak unaccented Vietnamese; names are English.

Each face keeps its own table, `web/<face>/urls.py`, with the full path of each page.
"""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

FACES = ("base", "portal", "desk", "office", "board")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"onestop.web.{face}.urls")) for face in FACES if find_spec(f"onestop.web.{face}.urls")
]

handler400 = "onestop.web.base.errors.bad_request"
handler403 = "onestop.web.base.errors.permission_denied"
handler404 = "onestop.web.base.errors.page_not_found"
handler500 = "onestop.web.base.errors.server_error"
