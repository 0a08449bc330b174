"""Addresses of the board. Names are English."""

from django.urls import path

from onestop.web.board import views

app_name = "board"
urlpatterns = [
    path("", views.public_board, name="public"),
    path("so-lieu.csv", views.public_csv, name="public_csv"),
    path("dieu-hanh/", views.overview, name="overview"),
    path("dieu-hanh/so-lieu.csv", views.overview_csv, name="overview_csv"),
    path("ho-so/<str:code>/<str:part>/", views.behind, name="behind"),
    path("ho-so/<str:code>/<str:part>/so-lieu.csv", views.behind_csv, name="behind_csv"),
]
