"""Electronic forms: what they ask, which answers are wrong, what can be filled in beforehand.

Start reading at `model.py`; `checks.py` names each fault of the answers, `answers.py` brings answers into shape.
"""

from onestop.catalogue.rules.forms.answers import complete_answers, normalise, prefill, visible_fields
from onestop.catalogue.rules.forms.checks import validate_answers
from onestop.catalogue.rules.forms.model import Condition, Field, FieldType, Form, Format, Option, Section
from onestop.catalogue.rules.forms.numbers import PersonalNumber, date_in_words, read_personal_number
from onestop.catalogue.rules.forms.reading import find_faults, read_form

__all__ = [
    "Condition",
    "Field",
    "FieldType",
    "Form",
    "Format",
    "Option",
    "PersonalNumber",
    "Section",
    "complete_answers",
    "date_in_words",
    "find_faults",
    "normalise",
    "prefill",
    "read_form",
    "read_personal_number",
    "validate_answers",
    "visible_fields",
]
