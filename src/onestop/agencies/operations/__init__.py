"""Changing units, postings and delegations."""

from onestop.agencies.operations.load import LoadReport, load_units
from onestop.agencies.operations.postings import appoint, delegate, end_delegation, end_posting
from onestop.agencies.operations.structure import succeed

__all__ = ["LoadReport", "appoint", "delegate", "end_delegation", "end_posting", "load_units", "succeed"]
