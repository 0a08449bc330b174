"""Addresses of the check; printed codes lead here, so they are for ever."""

from django.urls import path

from onestop.web.verify import views

app_name = "verify"
urlpatterns = [
    path("", views.check, name="check"),
    path("tin-cay.json", views.trust, name="trust"),
    path("thu-hoi.cose", views.revoked, name="revoked"),
    path("onestop-xac-minh.html", views.offline, name="offline"),
]
