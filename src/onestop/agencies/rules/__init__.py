"""Pure rules of units, postings and delegations."""

from onestop.agencies.rules.names import agency_name
from onestop.agencies.rules.tree import Branch, Tree
from onestop.agencies.rules.units import (
    AGENCY_KINDS,
    ActingForm,
    Period,
    SuccessionShare,
    UnitKind,
    find_delegation_faults,
    is_valid_on,
)

__all__ = [
    "AGENCY_KINDS",
    "ActingForm",
    "Branch",
    "Period",
    "SuccessionShare",
    "Tree",
    "UnitKind",
    "agency_name",
    "find_delegation_faults",
    "is_valid_on",
]
