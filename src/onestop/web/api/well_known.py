"""Addresses that the protocols fix (RFC 8615); they stand at the root."""

from django.urls import path

from onestop.web.api import views

urlpatterns = [
    path("openid-credential-issuer", views.issuer, name="credential_issuer"),
    path("oauth-authorization-server", views.server, name="authorization_server"),
    path("jwt-vc-issuer", views.keys, name="credential_keys"),
]
