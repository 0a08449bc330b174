"""The shared pages alone, with their error pages."""

from django.urls import include, path

urlpatterns = [path("", include("onestop.web.base.urls"))]
handler404 = "onestop.web.base.errors.page_not_found"
