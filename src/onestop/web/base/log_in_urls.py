"""Addresses of log-in and second factor: the library's views under our words. Their names are the library's."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from onestop.web.base.permissions import public

urlpatterns = [
    path("dang-nhap/", public(account.login), name="account_login"),
    path("dang-xuat/", public(account.logout), name="account_logout"),
    path("da-khoa/", public(account.account_inactive), name="account_inactive"),
    path("xac-nhan-lai/", public(account.reauthenticate), name="account_reauthenticate"),
    path("doi-mat-khau/", public(account.password_change), name="account_change_password"),
    path("buoc-hai/", public(mfa.authenticate), name="mfa_authenticate"),
    path("bao-mat/", public(mfa.index), name="mfa_index"),
    path("xac-nhan-buoc-hai/", public(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("bao-mat/ma/bat/", public(totp.activate_totp), name="mfa_activate_totp"),
    path("bao-mat/ma/tat/", public(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("bao-mat/ma-du-phong/", public(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("bao-mat/ma-du-phong/tao/", public(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("bao-mat/ma-du-phong/tai/", public(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
]
