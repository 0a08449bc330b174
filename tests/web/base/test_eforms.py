"""Electronic forms as pages draw them."""

import pytest
from django.utils.translation import override

from onestop.catalogue.rules.forms import Field, FieldType, Form, Section
from onestop.catalogue.rules.forms.model import Condition, Option
from onestop.web.base.eforms import show_form

WHO = Field(
    "who",
    {"vi": "Cấp cho ai", "en": "For whom"},
    FieldType.RADIO,
    options=(Option("Bản thân", {"vi": "Bản thân", "en": "Myself"}), Option("Khác", {"vi": "Khác", "en": "Other"})),
)
NAME = Field("name", {"vi": "Họ tên", "en": "Name"}, FieldType.TEXT, show_if=Condition("who", ("Khác",)))
FORM = Form("F", 1, {"vi": "Tờ khai"}, (), "", True, (Section({"vi": "I"}, (WHO, NAME)),))


@pytest.mark.parametrize(("language", "word"), [("vi", "Khác"), ("en", "Other")])
def test_a_field_says_for_which_answer_it_is_asked_in_the_readers_language(language: str, word: str) -> None:
    with override(language):
        ((section),) = show_form(FORM, {"who": "Bản thân"})
        assert [field.note for field in section.fields] == ["", word]
