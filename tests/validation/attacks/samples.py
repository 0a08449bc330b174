"""How a sample is told: its class, what a naive viewer shows, what we must answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from onestop.validation.rules import Finding
from tests.validation.attacks.authority import Believed
from tests.validation.attacks.paper import Signer, signer

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """A file, what it is a signature of, whom its reader believes, and when it is looked at."""

    data: bytes
    content: bytes | None = None
    believed: Believed | None = None
    at: datetime = NOW

    def anchors(self) -> Believed:
        return self.believed or signer().authority.believed()


@dataclass(frozen=True)
class Sample:
    """One attack."""

    name: str
    attack: str
    shows: str
    answer: Finding
    maker: Callable[[Signer], bytes | Made]

    def make(self) -> Made:
        made = self.maker(signer())
        return made if isinstance(made, Made) else Made(made)

    @property
    def about(self) -> str:
        return (self.maker.__doc__ or "").strip().splitlines()[0]


SAMPLES: list[Sample] = []

Maker = Callable[[Signer], bytes | Made]


def sample(attack: str, shows: str, answer: Finding) -> Callable[[Maker], Maker]:
    """Register the function below as a sample; its docstring says what it does."""

    def register(maker: Maker) -> Maker:
        name = maker.__name__.replace("_", " ")
        SAMPLES.append(Sample(name, attack, shows, answer, maker))
        return maker

    return register
