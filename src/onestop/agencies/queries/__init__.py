"""Reading units, posts and who acts in them. `find_principal` runs on every request of an officer."""

from onestop.agencies.queries.principals import (
    HeldPosting,
    find_principal,
    get_delegation,
    list_officers,
    list_postings,
)
from onestop.agencies.queries.structure import (
    agency_of,
    department_for,
    desk_of,
    division_for,
    find_unit,
    get_post,
    get_unit,
    list_children,
    list_posts,
    list_units,
    name_posts,
    predecessors_of,
    subordinate_ids,
    successors_of,
    unit_names,
)
from onestop.agencies.queries.trees import get_tree, hold_tree

__all__ = [
    "HeldPosting",
    "agency_of",
    "department_for",
    "desk_of",
    "division_for",
    "find_principal",
    "find_unit",
    "get_delegation",
    "get_post",
    "get_tree",
    "get_unit",
    "hold_tree",
    "list_children",
    "list_officers",
    "list_postings",
    "list_posts",
    "list_units",
    "name_posts",
    "predecessors_of",
    "subordinate_ids",
    "successors_of",
    "unit_names",
]
