"""Addresses of the one-stop desk."""

from django.urls import path

from onestop.dossiers.rules.states import Verb
from onestop.web.base.acts import asking_supplement, reappointing, refusing
from onestop.web.base.papers import paper_views
from onestop.web.desk.views import acts, assisting, lists, money, rating

app_name = "desk"
papers = paper_views(Verb.ACCEPT)
urlpatterns = [
    path("", lists.work, name="work"),
    path("so-theo-doi/", lists.register, name="register"),
    path("tiep-nhan/", assisting.find_procedure, name="receive"),
    path("tiep-nhan/<str:code>/", assisting.receive, name="receive_procedure"),
    path("ho-so/<str:code>/", lists.dossier, name="dossier"),
    path("ho-so/<str:code>/tiep-nhan/", acts.accept_dossier, name="accept"),
    path("ho-so/<str:code>/thong-bao-phi/", money.state_fee, name="charge"),
    path("ho-so/<str:code>/thu-phi/", money.take_payment, name="pay"),
    path("ho-so/<str:code>/hoan-phi/", money.pay_back, name="refund"),
    path("ho-so/<str:code>/chuyen/", acts.hand_over_dossier, name="hand_over"),
    path("ho-so/<str:code>/so-hoa/", acts.digitise_dossier, name="digitise"),
    path("ho-so/<str:code>/bo-sung/", asking_supplement(then="desk:work"), name="supplement"),
    path("ho-so/<str:code>/nhan-bo-sung/", acts.take_supplement, name="take_supplement"),
    path("ho-so/<str:code>/tu-choi/", refusing(then="desk:dossier"), name="refuse"),
    path("ho-so/<str:code>/rut/", acts.withdraw_dossier, name="withdraw"),
    path("ho-so/<str:code>/hen-lai/", reappointing(then="desk:dossier"), name="reappoint"),
    path("ho-so/<str:code>/dung/", acts.stop_dossier, name="stop"),
    path("ho-so/<str:code>/tra-ket-qua/", acts.return_dossier, name="return_result"),
    path("ho-so/<str:code>/danh-gia/", rating.rate_on_device, name="rate"),
    path("ho-so/<str:code>/tep/<int:part_id>/", papers.part, name="part"),
    path("ho-so/<str:code>/ket-qua/", papers.result, name="result"),
    path("ho-so/<str:code>/phieu/<str:kind>/<int:number>/", papers.slip, name="slip"),
    path("ho-so/<str:code>/bang-chung/<int:number>/", papers.proof, name="proof"),
]
