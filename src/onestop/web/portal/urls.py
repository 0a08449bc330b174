"""Addresses of the portal: unaccented Vietnamese words."""

from django.urls import path

from onestop.accounts.rules import Role
from onestop.web.base.papers import paper_views
from onestop.web.portal.views import browsing, filing, following, paying, petitions, rating, wallet

app_name = "portal"
papers = paper_views(Role.APPLICANT)
urlpatterns = [
    path("", browsing.home, name="home"),
    path("thu-tuc/", browsing.search, name="search"),
    path("thu-tuc/<str:code>/", browsing.procedure, name="procedure"),
    path("thu-tuc/<str:code>/nop/", filing.start, name="start"),
    path("thu-tuc/<str:code>/nop-mot-lan/", filing.file_at_once, name="file_at_once"),
    path("nop/<str:token>/", filing.tasks, name="draft"),
    path("nop/<str:token>/noi-nop/", filing.place, name="draft_place"),
    path("nop/<str:token>/to-khai/<int:number>/", filing.section, name="draft_section"),
    path("nop/<str:token>/giay-to/", filing.documents, name="draft_documents"),
    path("nop/<str:token>/kiem-tra/", filing.check, name="draft_check"),
    path("nop/<str:token>/bo/", filing.discard, name="draft_discard"),
    path("cua-toi/", following.mine, name="mine"),
    path("tra-cuu/", following.track, name="track"),
    path("danh-gia/", rating.rate_by_code, name="rate_by_code"),
    path("phan-anh/", petitions.write, name="petition_write"),
    path("phan-anh/tra-cuu/", petitions.follow, name="petition_follow"),
    path("phan-anh/da-tra-loi/", petitions.answers, name="petition_answers"),
    path("phan-anh/<str:code>/", petitions.petition, name="petition"),
    path("ho-so/<str:code>/", following.dossier, name="dossier"),
    path("ho-so/<str:code>/bo-sung/", following.supplement, name="supplement"),
    path("ho-so/<str:code>/rut/", following.withdraw_dossier, name="withdraw"),
    path("ho-so/<str:code>/danh-gia/", rating.rate_own, name="rate"),
    path("ho-so/<str:code>/nop-phi/", paying.pay, name="pay"),
    path("ho-so/<str:code>/thanh-toan/", paying.payment, name="payment"),
    path("ho-so/<str:code>/vi-dien-tu/", wallet.wallet, name="wallet"),
    path("ho-so/<str:code>/ho-so-vu-viec/", papers.case_file, name="case_file"),
    path("ho-so/<str:code>/ket-qua/", papers.result, name="result"),
    path("ho-so/<str:code>/phieu/<str:kind>/<int:number>/", papers.slip, name="slip"),
    path("ho-so/<str:code>/bang-chung/<int:number>/", papers.proof, name="proof"),
    path("ho-so/<str:code>/tep/<int:part_id>/", papers.part, name="part"),
]
