"""Addresses of the inbox. Names are English."""

from django.urls import path

from onestop.web.inbox import choosing, views

app_name = "inbox"
urlpatterns = [
    path("", views.messages, name="messages"),
    path("da-doc/", views.read_all, name="read_all"),
    path("<int:message_id>/", views.message, name="message"),
    path("<int:message_id>/mo/", views.open_message, name="open"),
    path("nhan-thu/", choosing.choices, name="choices"),
    path("nhan-thu/xac-nhan/", choosing.confirm, name="confirm"),
]
