"""Addresses of what all faces share; log-in has its own table."""

from django.urls import URLPattern, URLResolver, include, path

from onestop.web.base import views

base = [
    path("ngon-ngu/<str:code>/", views.choose_language, name="language"),
    path("tai-khoan/", views.account, name="account"),
    path("tai-khoan/bat-dau/", views.begin, name="begin"),
    path("tai-khoan/vi-tri/", views.choose_posting, name="posting"),
    path("kieu-mau/", views.components, name="components"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((base, "base"))),
    path("tai-khoan/", include("onestop.web.base.log_in_urls")),
]
