"""Addresses of the plan. Names are English."""

from django.urls import path

from onestop.web.plan.views import drafting, importing, progress, reports, reviews, scores, targets, tasks

app_name = "plan"
urlpatterns = [
    path("", progress.public_plan, name="public"),
    path("tien-do/", progress.progress, name="progress"),
    path("chi-tieu/", targets.targets, name="targets"),
    path("chi-tieu/<int:year>/<int:number>/", targets.version, name="version"),
    path("soan/lap/", drafting.begin, name="begin"),
    path("soan/<int:year>/chi-tieu/", drafting.line, name="line"),
    path("soan/<int:year>/bo/", drafting.drop, name="drop"),
    path("soan/<int:year>/nhap/", importing.import_table, name="import"),
    path("soan/<int:year>/bieu-mau.xlsx", importing.template, name="template"),
    path("soan/<int:year>/phan-bo/", drafting.hand_down, name="cascade"),
    path("soan/<int:year>/ky/", drafting.sign, name="sign"),
    path("soan/<int:year>/sua-doi/", drafting.amend, name="amend"),
    path("viec/", tasks.list_all, name="tasks"),
    path("viec/moi/", tasks.give, name="give"),
    path("viec/<int:task_id>/", tasks.task, name="task"),
    path("viec/<int:task_id>/bao-cao/", tasks.report, name="report"),
    path("viec/<int:task_id>/nghiem-thu/", tasks.accept, name="accept"),
    path("viec/<int:task_id>/tra-lai/", tasks.send_back, name="send_back"),
    path("viec/<int:task_id>/minh-chung/<str:sha256>/", tasks.evidence, name="evidence"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/<int:year>/<str:measure>/", reports.report, name="report_goal"),
    path("bao-cao/<int:report_id>/nghiem-thu/", reports.accept, name="accept_report"),
    path("bao-cao/<int:report_id>/tra-lai/", reports.send_back, name="send_report_back"),
    path("bao-cao/<int:report_id>/minh-chung/", reports.evidence, name="report_evidence"),
    path("ra-soat/", reviews.reviews, name="reviews"),
    path("ra-soat/<int:year>/<str:unit>/<int:quarter>.pdf", reviews.sheet, name="sheet"),
    path("ra-soat/<int:year>/<str:unit>/<int:quarter>/ky/", reviews.sign, name="sign_review"),
    path("cham-diem/", scores.scores, name="scores"),
    path("cham-diem/cua-toi/", scores.my_scores, name="my_scores"),
    path("cham-diem/<int:posting_id>/<int:indicator>/", scores.points, name="points"),
]
