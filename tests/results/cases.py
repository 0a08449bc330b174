"""Results to act on: one returned, made in a few deeds."""

from onestop.accounts.rules import Principal, Role
from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import Play
from onestop.results.queries.claims import find_claim
from onestop.signatures.rules.claims import Claim
from onestop.signing.models import ResultPaper
from tests.world import World

MARITAL = "1.004873"
DAY = "2026-04-06"


def appraised(world: World, who: str = "lan") -> Play:
    """A certificate of marital status on the leader's table."""
    play = world.stage.file(MARITAL, who, HONG_GAI, f"{DAY} 08:00", answers=answers.marital(who))
    return play.accept(f"{DAY} 08:10").appraise(f"{DAY} 08:20")


def sealed(world: World, who: str = "lan") -> Play:
    """The same, signed at 9 and sealed at 9:10."""
    return appraised(world, who).sign(f"{DAY} 09:00").seal(f"{DAY} 09:10")


def returned(world: World, who: str = "lan") -> Play:
    """The same, returned at 9:20."""
    return sealed(world, who).return_result(f"{DAY} 09:20")


def leader_of(world: World, play: Play, at: str = f"{DAY} 10:00") -> Principal:
    """The leader of the agency that issued it."""
    return world.by(play, Role.LEADER, at)


def claim_text(play: Play) -> str:
    """The address in the QR code of the result."""
    return str(ResultPaper.objects.get(dossier__code=play.code).content["claim"])


def claim_of(play: Play) -> Claim:
    """The claim in the QR code of the result."""
    found = find_claim(ResultPaper.objects.get(dossier__code=play.code).content)
    assert found is not None
    return found
