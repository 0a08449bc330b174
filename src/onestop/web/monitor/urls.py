"""Addresses of the national monitor. Names are English."""

from django.urls import path

from onestop.web.monitor.views import nation, reports, taking

app_name = "monitor"
urlpatterns = [
    path("", nation.nation, name="nation"),
    path("so-lieu.<str:form>", nation.open_data, name="open_data"),
    path("don-vi/<str:code>/", nation.member, name="member"),
    path("diem-cong-bo/", nation.published, name="published"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/<int:number>/", reports.report, name="report"),
    path("bao-cao/<int:number>/so-lieu-goc/", reports.ask, name="ask_for_facts"),
    path("bao-cao/<int:number>.json", reports.document, name="document"),
    path("nop/", taking.take, name="take"),
]
