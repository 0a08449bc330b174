"""Fields: what people type is understood, and what is wrong is told beside the field and above the form."""

import unicodedata
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils.translation import override

from onestop.web.base.forms import DayField, MoneyField, PersonalNumberField, TextField


class Sample(forms.Form):
    name = TextField(label="Họ và tên", help_text="Như trên thẻ")
    way = forms.ChoiceField(label="Cách", widget=forms.RadioSelect, choices=[("1", "Một"), ("2", "Hai")])
    agreed = forms.BooleanField(label="Cam đoan")


@pytest.mark.parametrize("typed", ["27/02/2026", "27.2.2026", "27-02-2026", " 27 02 2026 "])
def test_days_are_read_as_people_write_them(typed: str) -> None:
    assert DayField().clean(typed) == date(2026, 2, 27)


@pytest.mark.parametrize("typed", ["31/02/2026", "2026-02-27", "27/02/26", "hôm qua"])
def test_other_days_are_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        DayField().clean(typed)


def test_numbers_forgive_spaces_and_marks() -> None:
    assert PersonalNumberField().clean("022 190 001 234") == "022190001234"
    assert MoneyField().clean("150.000 đ") == 150_000
    for wrong in ("12345", "٠٢٢١٩٠٠٠١٢٣٤"):
        with pytest.raises(ValidationError):
            PersonalNumberField().clean(wrong)


def test_vietnamese_is_kept_in_one_form() -> None:
    typed = unicodedata.normalize("NFD", "  Nguyễn Thị Ẵm ")
    assert TextField().clean(typed) == "Nguyễn Thị Ẵm"


def test_a_fault_stands_beside_the_field_and_above_the_form() -> None:
    form = Sample({"way": "1"})
    with override("vi"):
        page = Template("{{ form }}").render(Context({"form": form}))
    assert 'href="#id_name"' in page
    assert "Họ và tên: Mời điền mục này." in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert page.count("<legend") == 1
    assert 'class="ds-input"' in page
