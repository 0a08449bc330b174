"""Reads of the catalogue. What is immutable (contents, forms) is kept in the process by its id."""

from onestop.catalogue.queries.counts import OnlineCounts, count_in_force
from onestop.catalogue.queries.data import everyday_phrases, option_lists, read_data, vocabulary
from onestop.catalogue.queries.forms import forget_forms, get_form, get_form_for, list_forms
from onestop.catalogue.queries.procedures import (
    ProcedurePage,
    find_procedure,
    find_version_in_force,
    forget_versions,
    get_content,
    get_procedure,
    get_version_in_force,
    iterate_contents,
    list_procedures,
    list_sectors,
    list_versions,
)
from onestop.catalogue.queries.search import Hit, search_procedures
from onestop.catalogue.queries.search_words import forget_words

__all__ = [
    "Hit",
    "OnlineCounts",
    "ProcedurePage",
    "count_in_force",
    "everyday_phrases",
    "find_procedure",
    "find_version_in_force",
    "forget_forms",
    "forget_versions",
    "forget_words",
    "get_content",
    "get_form",
    "get_form_for",
    "get_procedure",
    "get_version_in_force",
    "iterate_contents",
    "list_forms",
    "list_procedures",
    "list_sectors",
    "list_versions",
    "option_lists",
    "read_data",
    "search_procedures",
    "vocabulary",
]
