"""What can go wrong, as codes.

An error carries a code and its parameters, never a sentence: the faces put it into words in the
reader's language, the command line into English.

    OneStopError
    ├── Refused       a rule says no: wrong state, wrong post, not permitted now
    ├── NotFound      it does not exist, or not for this reader (the two look the same on purpose)
    ├── Stale         the page was made before somebody else acted
    ├── Invalid       the input has faults; all of them are named
    ├── TooOften      asked more often than a person would; again after a while
    └── Unavailable   something outside is down; nothing is lost, try again later
"""

from dataclasses import dataclass
from dataclasses import field as made_by
from typing import Any


class OneStopError(Exception):
    """Base of all errors meant for people. `code` is stable, `params` fill the wording."""

    exit_code = 1

    def __init__(self, code: str, /, **params: Any) -> None:
        self.code = code
        self.params = params
        super().__init__(code)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({shown})" if shown else self.code


class Refused(OneStopError):
    """A rule says no. `reasons` holds every reason, so that nobody is turned away twice."""

    def __init__(self, code: str, /, *, reasons: tuple[str, ...] = (), **params: Any) -> None:
        super().__init__(code, **params)
        self.reasons = reasons or (code,)


class NotFound(OneStopError):
    """Nothing of that name for this reader."""


class Stale(OneStopError):
    """The page was made from an older state; nothing was changed."""


class TooOften(OneStopError):
    """Asked more often than a person would. `seconds`: after how long it is answered again."""

    def __init__(self, code: str, /, *, seconds: int, **params: Any) -> None:
        super().__init__(code, seconds=seconds, minutes=-(-seconds // 60), **params)
        self.seconds = seconds


class Unavailable(OneStopError):
    """Something outside does not answer; the work so far is kept."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the input: which field, which code, and what fills the wording."""

    field: str
    code: str
    params: dict[str, Any] = made_by(default_factory=dict)


class Invalid(OneStopError):
    """The input cannot be used. `faults` names everything wrong with it at once."""

    exit_code = 2

    def __init__(self, code: str, /, *, faults: tuple[Fault, ...] = (), **params: Any) -> None:
        super().__init__(code, **params)
        self.faults = faults
