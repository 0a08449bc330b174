"""The real e-forms on a page: shown as fields, read from what was sent, told as a list.

`showing.py` makes what the templates `base/eform/` draw; `reading.py` reads what a browser sent; `telling.py` lists the
answers of a filed form in the reader's language;
`faults.py` says beside which field a fault stands. Portal and desk use the same.
"""

from onestop.web.base.eforms.faults import field_of, place_faults
from onestop.web.base.eforms.reading import read_answers
from onestop.web.base.eforms.showing import FieldView, SectionView, show_form, show_section
from onestop.web.base.eforms.telling import ToldSection, tell

__all__ = [
    "FieldView",
    "SectionView",
    "ToldSection",
    "field_of",
    "place_faults",
    "read_answers",
    "show_form",
    "show_section",
    "tell",
]
