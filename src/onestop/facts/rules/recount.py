"""The same counts a second time, from facts in plain Python: for tests and for an independent recount."""

from collections.abc import Iterable

from onestop.facts.rules.definitions import Definition
from onestop.facts.rules.expressions import evaluate
from onestop.facts.rules.facts import DossierFacts, PetitionFacts, ProcedureFacts
from onestop.facts.rules.figures import Counts


def recount(definition: Definition, facts: Iterable[DossierFacts | ProcedureFacts | PetitionFacts]) -> Counts:
    """Return the counts of a definition over facts."""
    population = [item for item in facts if evaluate(definition.population, item)]
    inside = [item for item in population if evaluate(definition.denominator, item)]
    steps, passed = [], inside
    for step in definition.steps:
        passed = [item for item in passed if evaluate(step.test, item)]
        steps.append(len(passed))
    flags = {flag.code: sum(evaluate(flag.test, item) for item in inside) for flag in definition.flags}
    journaled = [item for item in inside if not isinstance(item, ProcedureFacts)]
    if journaled or not inside:
        flags["late_entries"] = sum(item.late_entries > 0 for item in journaled)
    return Counts(
        population=len(population),
        denominator=len(inside),
        numerator=sum(evaluate(definition.numerator, item) for item in inside),
        steps=tuple(steps),
        flags=flags,
    )
