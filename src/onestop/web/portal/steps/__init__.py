"""Filing, page by page: what each page shows and what it sends.

`order.py` says which pages there are, `places.py` who decides, `uploads.py` keeps files, `whole.py` reads a dossier that
comes in one request, `checking.py` puts a draft together for the last look.
"""

from onestop.web.base.acting import seen_of
from onestop.web.portal.steps.checking import filing_of, gaps_of, summary_of
from onestop.web.portal.steps.order import DOCUMENTS, PLACE, address_after, section_key, section_page, tasks_of
from onestop.web.portal.steps.places import PlaceForm
from onestop.web.portal.steps.uploads import document_rows, keep_uploads
from onestop.web.portal.steps.whole import read_whole

__all__ = [
    "DOCUMENTS",
    "PLACE",
    "PlaceForm",
    "address_after",
    "document_rows",
    "filing_of",
    "gaps_of",
    "keep_uploads",
    "read_whole",
    "section_key",
    "section_page",
    "seen_of",
    "summary_of",
    "tasks_of",
]
