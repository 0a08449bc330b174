"""Addresses of the public log: the page, and the files as C2SP tlog-tiles names them."""

from django.urls import path, re_path

from onestop.web.ledger import files, views

app_name = "ledger"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("dong-ky/", files.take_cosignature, name="cosign"),
    re_path(r"^(?P<name>(?:key|checkpoint)(?:\.(?:p7s|tst))?)$", files.newest, name="newest"),
    re_path(r"^(?P<name>(?:tile|checkpoints)/[0-9a-z/.]+)$", files.lasting, name="lasting"),
]
