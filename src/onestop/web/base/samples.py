"""What the living page of components shows: made-up things only, nobody real."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onestop.dossiers.rules.states import State
from onestop.web.base.doors import make_doors
from onestop.web.base.drawings import Dot
from onestop.web.base.forms import DayField, FileField, MoneyField, PersonalNumberField, TextField
from onestop.worktime.rules import RemainingTime

PROCEDURES = (
    "Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh",
    "Đăng ký thành lập hộ kinh doanh",
    "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ",
    "Xác định, xác định lại mức độ khuyết tật và cấp Giấy xác nhận khuyết tật",
    "Cấp Phiếu lý lịch tư pháp theo yêu cầu của cá nhân",
)
PEOPLE = ("Nguyễn Thị Lan", "Phạm Văn Ẵm", "Trần Đình Bình", "Hoàng Thị Ngọc Ánh", "Đỗ Mạnh Quang")


class SampleForm(forms.Form):
    """One field of every kind."""

    name = TextField(label=_("Full name"), help_text=_("As on the identity card"))
    number = PersonalNumberField(label=_("Personal number"), help_text=_("12 digits, on the front of the card"))
    born = DayField(label=_("Date of birth"))
    fee = MoneyField(label=_("Amount in đồng"), required=False)
    way = forms.ChoiceField(
        label=_("How do you want to receive the result?"),
        widget=forms.RadioSelect,
        choices=[("0", _("Collected at the counter")), ("1", _("Sent by public post")), ("2", _("Received online"))],
    )
    commune = forms.ChoiceField(
        label=_("Commune"), choices=[("", "–"), ("1", "Phường Hồng Gai"), ("2", "Đặc khu Vân Đồn")]
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    paper = FileField(label=_("Certificate of birth"), help_text=_("PDF or a photograph, at most 20 MB"))
    agreed = forms.BooleanField(label=_("I declare that what I have written is true"))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sample work list."""

    code: str
    procedure: str
    applicant: str
    left: RemainingTime
    share: float
    state: State
    at: datetime


def make_samples(now: datetime) -> dict[str, Any]:
    """Return everything that the living page shows."""
    lefts = (
        RemainingTime(True, 1, 2, 0, -600),
        RemainingTime(False, 0, 3, 20, 200),
        RemainingTime(False, 2, 3, 0, 1140),
        RemainingTime(False, 5, 0, 0, 2400),
        RemainingTime(False, 12, 4, 0, 6000),
    )
    states = (State.IN_PROCESS, State.IN_PROCESS, State.ACCEPTED, State.WAITING_SUPPLEMENT, State.SUBMITTED)
    rows = [
        Row(f"H49.21.07-260213-{number:04d}", procedure, person, left, share, state, now - timedelta(hours=7 * number))
        for number, (procedure, person, left, share, state) in enumerate(
            zip(PROCEDURES, PEOPLE, lefts, (1.0, 0.9, 0.6, 0.3, 0.05), states, strict=True), start=1
        )
    ]
    bad = SampleForm({"number": "0123", "born": "31/02/2020", "way": "7", "fee": "150.000"})
    bad.is_valid()
    return {
        "now": now,
        "rows": rows,
        "form": SampleForm(prefix="plain"),
        "bad_form": bad,
        "moments": [now - timedelta(days=3), now - timedelta(days=2), now - timedelta(hours=5)],
        "doors": make_doors(2),
        "trend": [0.71, 0.74, 0.7, 0.81, 0.84, 0.83, 0.91, 0.93],
        "dots": [Dot(f"Xã {n}", 0.55 + (n * 37 % 40) / 100, n == 11) for n in range(54)],
        "dong": 150_000,
        "shares": {"good": 0.991, "near": 0.87, "bad": 0.62},
        "options": [("", "–"), ("1", PROCEDURES[0]), ("2", PROCEDURES[1])],
    }
