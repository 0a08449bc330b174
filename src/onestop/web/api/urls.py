"""Addresses of the machine face."""

from django.urls import path

from onestop.web.api import payments, views

app_name = "api"
urlpatterns = [
    path("thanh-toan/thong-bao/", payments.notice, name="payment_notice"),
    path("vi-dien-tu/token/", views.token, name="token"),
    path("vi-dien-tu/nonce/", views.nonce, name="nonce"),
    path("vi-dien-tu/giay-to/", views.credential, name="credential"),
    path("vi-dien-tu/trang-thai/1/", views.statuses, name="statuses"),
]
