"""Verbs of the catalogue: bring procedures and forms in, publish a version."""

from onestop.catalogue.operations.forms import import_forms
from onestop.catalogue.operations.importing import import_catalogue, import_file, load_own_catalogue
from onestop.catalogue.operations.publishing import publish_version
from onestop.catalogue.operations.reports import ImportReport

__all__ = [
    "ImportReport",
    "import_catalogue",
    "import_file",
    "import_forms",
    "load_own_catalogue",
    "publish_version",
]
