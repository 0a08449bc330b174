"""How Django forms look here: one renderer, one field template, fields for days, personal numbers and money.

Every form uses this by the setting FORM_RENDERER; `{{ form.name.as_field_group }}` is a whole field.
"""

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
TICKS = (forms.CheckboxInput,)


class PageField(BoundField):
    """A field with the classes of the design language, its faults told to a screen reader."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the class that every widget needs."""
        built = super().build_widget_attrs(attrs, widget)
        given = (widget or self.field.widget).attrs
        if given.get("placeholder") == self.label:
            built["placeholder"] = False  # the label says it, and stays
        return {**built, "class": f"ds-input {given.get('class', '')}".strip()}

    @property
    def is_group(self) -> bool:
        """True for radio buttons and lists of boxes, which have a legend."""
        return isinstance(self.field.widget, GROUPS) or self.use_fieldset

    @property
    def is_tick(self) -> bool:
        """True for a single box to tick, whose label stands behind it."""
        return isinstance(self.field.widget, TICKS)


class PageRenderer(TemplatesSetting):
    """Renders forms with the templates of the faces."""

    form_template_name = "base/forms/form.html"
    field_template_name = "base/forms/field.html"
    bound_field_class = PageField


def nfc(text: str) -> str:
    """Return text in the one normal form in which Vietnamese is kept, trimmed."""
    return unicodedata.normalize("NFC", text).strip()


class TextField(forms.CharField):
    """Text, kept in NFC."""

    def to_python(self, value: Any) -> str:
        """Return the text in NFC."""
        return nfc(super().to_python(value) or "")


class DayField(forms.DateField):
    """A day written as day/month/year; dots, hyphens and spaces are taken too."""

    default_error_messages = {"invalid": _("Write the date as day/month/year, for example 27/02/2026.")}

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "w-8 figures"}
        options.setdefault("widget", forms.DateInput(format="%d/%m/%Y", attrs=attrs))
        options.setdefault("help_text", _("For example 27/02/2026"))
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """Return the day. Raises `ValidationError`."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        numbers = re.fullmatch(r"(\d{1,2})[/.\- ]+(\d{1,2})[/.\- ]+(\d{4})", str(value).strip())
        try:
            return date(int(numbers[3]), int(numbers[2]), int(numbers[1])) if numbers else self._refuse()
        except ValueError:
            return self._refuse()

    def _refuse(self) -> date:
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class PersonalNumberField(forms.CharField):
    """A personal identification number: 12 digits, spaces forgiven (số định danh cá nhân)."""

    default_error_messages = {"invalid": _("A personal number has 12 digits. Check what you typed.")}

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "w-12 figures"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """Return the 12 digits. Raises `ValidationError`."""
        digits = re.sub(r"[\s.]", "", super().to_python(value) or "")
        if digits and not re.fullmatch(r"[0-9]{12}", digits):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return digits


class MoneyField(forms.IntegerField):
    """An amount in đồng: `150000`, `150.000`, `150 000 đ`."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "w-8 figures"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        options.setdefault("min_value", 0)
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        """Return the amount. Raises `ValidationError`."""
        return super().to_python(re.sub(r"[\s.,đ₫]", "", str(value)) if value not in self.empty_values else value)


class FileField(forms.FileField):
    """A file to hand in; on phones the camera may be used."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}))
        super().__init__(**options)
