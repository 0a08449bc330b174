"""All addresses. Public faces speak unaccented Vietnamese; names are English.

Each face keeps its own table, `web/<face>/urls.py`; here stands where each begins.
"""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

FACES = {
    "base": "",  # log-in, language, what all share
    "portal": "",  # cổng dịch vụ công
    "desk": "mot-cua/",  # Bộ phận Một cửa
    "office": "xu-ly/",  # thụ lý, phê duyệt, ký
    "board": "bang-chi-so/",  # bảng chỉ số
    "plan": "ke-hoach/",  # kế hoạch hành động
    "monitor": "giam-sat/",  # giám sát toàn quốc
    "verify": "xac-minh/",  # xác minh kết quả
    "ledger": "nhat-ky/",  # nhật ký công khai
    "inbox": "thong-bao/",  # hộp thông báo của mỗi người
    "api": "api/",  # giao diện máy
}

urlpatterns: list[URLPattern | URLResolver] = [
    path(start, include(f"onestop.web.{face}.urls"))
    for face, start in FACES.items()
    if find_spec(f"onestop.web.{face}.urls")
]
urlpatterns.append(path(".well-known/", include("onestop.web.api.well_known")))  # where protocols look (RFC 8615)

handler400 = "onestop.web.base.errors.bad_request"
handler403 = "onestop.web.base.errors.permission_denied"
handler404 = "onestop.web.base.errors.page_not_found"
handler500 = "onestop.web.base.errors.server_error"
