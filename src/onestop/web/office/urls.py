"""Addresses of the office."""

from django.urls import path

from onestop.dossiers.rules.states import Verb
from onestop.web.base.acts import asking_supplement, reappointing, refusing
from onestop.web.base.papers import paper_views
from onestop.web.office.views import acts, bulk, factors, lists, petitions

app_name = "office"
papers = paper_views(Verb.READ)
urlpatterns = [
    path("", lists.work, name="work"),
    path("tat-ca/", lists.everything, name="dossiers"),
    path("lay-y-kien/", lists.consulted, name="consulted"),
    path("hang-loat/", bulk.confirm, name="bulk"),
    path("hang-loat/thuc-hien/", bulk.perform, name="bulk_perform"),
    path("ky-so/", factors.sign_chosen, name="sign_with_factors"),
    path("phan-anh/", petitions.petitions, name="petitions"),
    path("phan-anh/<str:code>/", petitions.petition, name="petition"),
    path("phan-anh/<str:code>/<str:act>/", petitions.petition_act, name="petition_act"),
    path("ho-so/<str:code>/", lists.dossier, name="dossier"),
    path("ho-so/<str:code>/tham-dinh/", acts.appraise_dossier, name="appraise"),
    path("ho-so/<str:code>/duyet/", acts.approve_dossier, name="approve"),
    path("ho-so/<str:code>/ky/", acts.sign_dossier, name="sign"),
    path("ho-so/<str:code>/dong-dau/", acts.seal_dossier, name="seal"),
    path("ho-so/<str:code>/thu-hoi/", acts.revoke_dossier, name="revoke"),
    path("ho-so/<str:code>/chung-thuc-ban-sao/", acts.certify_part, name="certify_copy"),
    path("ho-so/<str:code>/tra-lai/", acts.send_back_dossier, name="send_back"),
    path("ho-so/<str:code>/tu-choi/", refusing(then="office:work"), name="refuse"),
    path("ho-so/<str:code>/bo-sung/", asking_supplement(then="office:work"), name="supplement"),
    path("ho-so/<str:code>/lay-y-kien/", acts.consult_unit, name="consult"),
    path("ho-so/<str:code>/cho-y-kien/", acts.answer_consultation, name="give_opinion"),
    path("ho-so/<str:code>/phan-cong/", acts.assign_dossier, name="assign"),
    path("ho-so/<str:code>/hen-lai/", reappointing(then="office:dossier"), name="reappoint"),
    path("ho-so/<str:code>/tam-dung/", acts.suspend_dossier, name="suspend"),
    path("ho-so/<str:code>/tiep-tuc/", acts.resume_dossier, name="resume"),
    path("ho-so/<str:code>/gia-han/", acts.extend_dossier, name="extend"),
    path("ho-so/<str:code>/xem-truoc/", lists.preview, name="preview"),
    path("ho-so/<str:code>/tep/<int:part_id>/", papers.part, name="part"),
    path("ho-so/<str:code>/ho-so-vu-viec/", papers.case_file, name="case_file"),
    path("ho-so/<str:code>/ket-qua/", papers.result, name="result"),
    path("ho-so/<str:code>/phieu/<str:kind>/<int:number>/", papers.slip, name="slip"),
    path("ho-so/<str:code>/bang-chung/<int:number>/", papers.proof, name="proof"),
]
