"""All addresses. Public faces speak unaccented Vietnamese; names are English."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
