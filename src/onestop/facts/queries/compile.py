"""Definitions compiled to SQL conditions over the facts."""

from typing import Any

from onestop.facts.rules.expressions import All, Compare, Expression, Fact, Holds, Known, Literal, Not, Some


def compile_condition(expression: Expression, parameters: dict[str, Any]) -> str:
    """Return the SQL of an expression, never null; its literals are added to `parameters`.

    Names of facts are the columns of facts.sql: the parser let no other name through.
    """
    match expression:
        case Compare(sign, left, right):
            shown = "<>" if sign == "!=" else sign
            return f"(({_term(left, parameters)} {shown} {_term(right, parameters)}) IS TRUE)"
        case Known(fact):
            return f"({fact.name} IS NOT NULL)"
        case Holds(term):
            return f"({_term(term, parameters)} IS TRUE)"
        case Not(inner):
            return f"(NOT {compile_condition(inner, parameters)})"
        case All(inner):
            return "(" + " AND ".join(compile_condition(item, parameters) for item in inner) + ")"
        case Some(inner):
            return "(" + " OR ".join(compile_condition(item, parameters) for item in inner) + ")"


def _term(term: Fact | Literal, parameters: dict[str, Any]) -> str:
    if isinstance(term, Fact):
        return term.name
    if isinstance(term.value, bool):
        return "TRUE" if term.value else "FALSE"
    name = f"value_{len(parameters)}"
    parameters[name] = term.value
    return f"%({name})s"
