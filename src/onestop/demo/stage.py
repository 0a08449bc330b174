"""Plays stories through the ordinary operations: the same verbs that officers use, with the moments handed in.

A story says who does what and when ("2026-03-10 09:20", local time); the stage finds the officer of the right role in
the right unit and acts as that principal. Nothing here writes a row by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from onestop.accounts.rules import Principal, Role
from onestop.catalogue.queries import get_content, get_version_in_force
from onestop.demo.papers import scan
from onestop.demo.platform import paying_at
from onestop.documents.operations import keep_upload
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.dossiers.rules.filing import Channel, Filer, Given, PartGiven, ReturnWay
from onestop.fees.operations.charging import charge
from onestop.fees.operations.ordering import open_order
from onestop.fees.operations.receiving import pay_at_desk, refund
from onestop.fees.operations.settling import settle
from onestop.fees.rules.ledger import Way
from onestop.fees.rules.owed import Statement
from onestop.intake.operations.endings import refuse, withdraw
from onestop.intake.operations.filing import Filing, submit
from onestop.intake.operations.reception import accept, digitise
from onestop.intake.operations.supplement import answer_supplement, request_supplement
from onestop.intake.rules.reasons import Reason
from onestop.intake.rules.supplement import SupplementItem
from onestop.process.operations.clock import reappoint
from onestop.process.operations.consultation import consult, give_opinion
from onestop.process.operations.steps import appraise, hand_over, send_back
from onestop.process.rules.appraisal import Proposal
from onestop.results.operations import return_result
from onestop.signing.operations import approve, seal, sign_and_approve
from onestop.worktime.rules import TimeLimit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(text: str) -> datetime:
    """Return `2026-03-10 09:20` as local time of the province."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@dataclass(frozen=True)
class Stage:
    """The province with its cast: who the officers and applicants are, as principals at a moment."""

    officer: Callable[[str, Role, datetime], Principal]  # by the code of the unit of the post
    applicant: Callable[[str, datetime], Principal]
    applicant_id: Callable[[str], int]
    unit_code: Callable[[str], str]  # of an agency, by its Vietnamese name

    def file(
        self,
        procedure: str,
        who: str,
        agency: str,
        at: str,
        *,
        answers: dict[str, Any],
        papers: dict[str, str] | None = None,
        channel: Channel = Channel.ONLINE,
        filer: Filer = Filer.SELF,
        case: str = "",
        way: ReturnWay = ReturnWay.ONLINE,
        owner: str = "",
    ) -> "Play":
        """File a dossier and return the play of it. `papers` maps a required document to the title on its scan."""
        when = moment(at)
        by_hand = filer in (Filer.SELF, Filer.REPRESENTATIVE)
        code = self.unit_code(agency)
        by = self.applicant(who, when) if by_hand else self.officer(f"{code}.01", Role.ONE_STOP_OFFICER, when)
        given = Given.FILE if channel is Channel.ONLINE else Given.PAPER
        filing = Filing(
            procedure_code=procedure,
            applicant_id=self.applicant_id(who),
            agency_code=code,
            channel=channel,
            filer=filer,
            answers=answers,
            parts=tuple(_part(doc, title, given, owner or who) for doc, title in (papers or {}).items())
            + (_presented(procedure, when) if channel is Channel.COUNTER else ()),
            limit_case=case,
            return_way=way,
        )
        row = get_unscoped(submit(filing=filing, by=by, at=when).code)
        return Play(self, row.code, agency, row.settling_unit.code, who, papers or {})


@dataclass
class Play:
    """One dossier on the stage; every method is one deed at one moment."""

    stage: Stage
    code: str
    agency: str
    division: str
    who: str
    papers: dict[str, str] = field(default_factory=dict)

    def digitise(self, at: str) -> "Play":
        """The desk scans every paper and signs for it."""
        scans = tuple(_part(doc, title, Given.SCAN, self.who) for doc, title in self.papers.items())
        digitise(code=self.code, scans=scans, by=self._by(Role.ONE_STOP_OFFICER, at), at=moment(at))
        return self

    def accept(self, at: str, handed_over: str = "") -> "Play":
        """The desk accepts, and hands over at once or at the moment named."""
        by = self._by(Role.ONE_STOP_OFFICER, at)
        accept(code=self.code, by=by, at=moment(at))
        hand_over(code=self.code, by=by, at=moment(handed_over or at))
        return self

    def appraise(self, at: str, findings: str = "Hồ sơ đầy đủ, hợp lệ.", reasons: tuple[Reason, ...] = ()) -> "Play":
        """The specialist proposes approval, or refusal if there are reasons."""
        appraise(
            code=self.code,
            proposal=Proposal.REFUSE if reasons else Proposal.APPROVE,
            findings=findings,
            reasons=reasons,
            by=self._by(Role.SPECIALIST, at),
            at=moment(at),
        )
        return self

    def review(self, at: str) -> "Play":
        """The head of division agrees."""
        approve(code=self.code, by=self._by(Role.DIVISION_HEAD, at), at=moment(at))
        return self

    def sign(self, at: str) -> "Play":
        """The leader signs the result and approves."""
        sign_and_approve(code=self.code, by=self._by(Role.LEADER, at), at=moment(at))
        return self

    def seal(self, at: str) -> "Play":
        """The clerk puts the agency's seal on it."""
        seal(code=self.code, by=self._by(Role.CLERK, at), at=moment(at))
        return self

    def return_result(self, at: str, way: ReturnWay | None = None) -> "Play":
        """The desk returns the result."""
        return_result(code=self.code, by=self._by(Role.ONE_STOP_OFFICER, at), at=moment(at), way=way)
        return self

    def send_back(self, at: str, reason: str, role: Role = Role.LEADER) -> "Play":
        """Whoever holds it sends it back a step."""
        send_back(code=self.code, reason=reason, by=self._by(role, at), at=moment(at))
        return self

    def ask(self, at: str, *items: SupplementItem, role: Role = Role.SPECIALIST, countersigned: str = "") -> "Play":
        """Ask for a supplement; `countersigned` is the leader's reason for a second one."""
        leader = self._by(Role.LEADER, at).post_code if countersigned else ""
        request_supplement(
            code=self.code,
            items=items,
            by=self._by(role, at),
            at=moment(at),
            countersigned_by=leader,
            reason=countersigned,
        )
        return self

    def answer(self, at: str, papers: dict[str, str], answers: dict[str, Any] | None = None) -> "Play":
        """The applicant hands in what was asked for."""
        parts = tuple(_part(doc, title, Given.FILE, self.who) for doc, title in papers.items())
        by = self.stage.applicant(self.who, moment(at))
        answer_supplement(code=self.code, parts=parts, answers=answers, by=by, at=moment(at))
        return self

    def consult(self, at: str, unit: str, question: str, limit: TimeLimit) -> "Play":
        """Ask another unit for its opinion."""
        code = self.stage.unit_code(unit)
        by = self._by(Role.SPECIALIST, at)
        consult(code=self.code, unit_code=code, question=question, limit=limit, by=by, at=moment(at))
        return self

    def opine(self, at: str, unit: str, opinion: str, *, agrees: bool = True) -> "Play":
        """The unit asked gives its opinion."""
        by = self.stage.officer(self.stage.unit_code(unit), Role.LEADER, moment(at))
        give_opinion(code=self.code, agrees=agrees, opinion=opinion, by=by, at=moment(at))
        return self

    def charge(self, at: str, amount: int, *, copies: int = 1, ground: str = "") -> "Play":
        """The desk states the fee; before acceptance it is asked for in advance."""
        statement = Statement(amount, ground, copies, is_before=True)
        charge(code=self.code, statement=statement, by=self._by(Role.ONE_STOP_OFFICER, at), at=moment(at))
        return self

    def pay_at_desk(self, at: str, amount: int, number: str) -> "Play":
        """The applicant pays in cash, against a receipt."""
        by = self._by(Role.ONE_STOP_OFFICER, at)
        pay_at_desk(code=self.code, amount_vnd=amount, way=Way.CASH, number=number, by=by, at=moment(at))
        return self

    def pay_online(self, at: str) -> "Play":
        """The applicant pays what is owed through the platform."""
        by = self.stage.applicant(self.who, moment(at))
        with paying_at(moment(at)):
            order = open_order(code=self.code, notify="", back="", by=by, at=moment(at))
            settle(reference=order.reference, at=moment(at))
        return self

    def pay_back(self, at: str, amount: int, number: str) -> "Play":
        """The desk pays back what is owed back."""
        by = self._by(Role.ONE_STOP_OFFICER, at)
        refund(code=self.code, amount_vnd=amount, way=Way.CASH, number=number, by=by, at=moment(at))
        return self

    def refuse(self, at: str, *reasons: Reason, role: Role = Role.LEADER) -> "Play":
        """Refuse, with all reasons."""
        refuse(code=self.code, reasons=reasons, by=self._by(role, at), at=moment(at))
        return self

    def withdraw(self, at: str, reason: str) -> "Play":
        """The applicant takes it back."""
        withdraw(code=self.code, reason=reason, by=self.stage.applicant(self.who, moment(at)), at=moment(at))
        return self

    def reappoint(self, at: str, new_at: str, reason: str) -> "Play":
        """Apologise and give a new date."""
        by = self._by(Role.SPECIALIST, at)
        reappoint(
            code=self.code, reason=reason, responsible_unit=self.agency, new_at=moment(new_at), by=by, at=moment(at)
        )
        return self

    def _by(self, role: Role, at: str) -> Principal:
        agency = self.stage.unit_code(self.agency)
        unit = {
            Role.ONE_STOP_OFFICER: f"{agency}.01",
            Role.SPECIALIST: self.division,
            Role.DIVISION_HEAD: self.division,
        }
        return self.stage.officer(unit.get(role, agency), role, moment(at))


def _part(document: str, title: str, given: Given, owner: str) -> PartGiven:
    if given is Given.PAPER:
        return PartGiven(document, given)
    kept = keep_upload(name=f"{document.lower()}.pdf", data=scan(title, owner))
    return PartGiven(document, given, kept.sha256, kept.name, kept.size, kept.media_type)


def _presented(procedure: str, at: datetime) -> tuple[PartGiven, ...]:
    content = get_content(get_version_in_force(procedure, at.date()).pk)
    asked = (item for item in content.components if item.kind == "present" and item.condition is None)
    return tuple(PartGiven(item.code, Given.PRESENTED) for item in asked)
