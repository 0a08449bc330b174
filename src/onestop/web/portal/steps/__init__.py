"""Filing, page by page: what each page shows and what it sends.

`order.py` says which pages there are, `places.py` who decides, `sections.py` is one page of the e-form, `uploads.py`
keeps files, `checking.py` puts a draft together for the last look, `whole.py` reads a dossier that comes in one
request, `answering.py` answers a supplement request. `facts.py` is what a draft knows, `needs.py` what a
procedure needs; `summaries.py` lists what is wrong.
"""

from onestop.web.base.acting import seen_of
from onestop.web.portal.steps.answering import answer_page
from onestop.web.portal.steps.checking import check_page, filing_of
from onestop.web.portal.steps.order import DOCUMENTS, PLACE, address_after, section_key, tasks_of
from onestop.web.portal.steps.places import PlaceForm
from onestop.web.portal.steps.sections import section_page
from onestop.web.portal.steps.summaries import faulty_files
from onestop.web.portal.steps.uploads import document_rows, keep_signatures, keep_uploads, known_only
from onestop.web.portal.steps.whole import is_worth_keeping, read_whole

__all__ = [
    "DOCUMENTS",
    "PLACE",
    "PlaceForm",
    "address_after",
    "answer_page",
    "check_page",
    "document_rows",
    "faulty_files",
    "filing_of",
    "is_worth_keeping",
    "keep_signatures",
    "keep_uploads",
    "known_only",
    "read_whole",
    "section_key",
    "section_page",
    "seen_of",
    "tasks_of",
]
