"""Addresses of the board. Names are English."""

from django.urls import path

from onestop.web.board.views import behind, doubts, figures, indicator, reports, snapshots

app_name = "board"
urlpatterns = [
    path("", figures.public_board, name="public"),
    path("so-lieu.csv", figures.public_csv, name="public_csv"),
    path("so-lieu.json", figures.public_json, name="public_json"),
    path("dinh-nghia/", figures.definitions, name="definitions"),
    path("man-hinh/", figures.wall, name="wall"),
    path("dieu-hanh/", figures.overview, name="overview"),
    path("dieu-hanh/so-lieu.csv", figures.overview_csv, name="overview_csv"),
    path("chi-so/<str:code>/", indicator.indicator, name="indicator"),
    path("chi-so/<str:code>/so-lieu.csv", indicator.indicator_csv, name="indicator_csv"),
    path("ho-so/<str:code>/<str:part>/", behind.behind, name="behind"),
    path("ho-so/<str:code>/<str:part>/so-lieu.csv", behind.behind_csv, name="behind_csv"),
    path("bao-cao/bieu-06/", reports.settlement, name="settlement"),
    path("bao-cao/bieu-06/so-lieu.csv", reports.settlement_csv, name="settlement_csv"),
    path("bao-cao/bieu-ii-07b/", reports.one_stop, name="one_stop"),
    path("bao-cao/bieu-ii-07b/so-lieu.csv", reports.one_stop_csv, name="one_stop_csv"),
    path("cham-diem/", reports.scorecard, name="scorecard"),
    path("chat-luong/", doubts.quality, name="quality"),
    path("canh-bao/", doubts.alarms, name="alarms"),
    path("chot-so/", snapshots.snapshots, name="snapshots"),
    path("chot-so/lap/", snapshots.prepare, name="prepare_snapshot"),
    path("chot-so/<int:number>/", snapshots.snapshot, name="snapshot"),
    path("chot-so/<int:number>/ky/", snapshots.sign, name="sign_snapshot"),
]
