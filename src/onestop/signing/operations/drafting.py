"""A paper made ready to be signed: its number taken, its claim in the QR code, an empty place for each signature."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection

from onestop.accounts.rules import Principal
from onestop.documents.ports import typesetter
from onestop.dossiers.models import Dossier
from onestop.errors import Fault, Invalid
from onestop.intake.operations.filing import PROVINCE_ZONE
from onestop.signatures.operations import keep_fields
from onestop.signatures.operations.claims import sign_message
from onestop.signatures.rules.claims import CLAIM_ID_BYTES, encode_claim, fit, room_behind, to_digits
from onestop.signing.queries import compose_paper
from onestop.signing.rules import Paper, signature_fields
from onestop.signing.rules.claims import CHECK_PLACE, compose_claim


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A paper that nobody has signed yet."""

    number: str
    content: dict[str, Any]
    claim_id: bytes
    pdf: bytes


def make_unsigned(
    dossier: Dossier, paper: Paper, *, number: str, leader: Principal, at: datetime, initials: str = ""
) -> Unsigned:
    """Typeset the paper for the signature of `leader`, and keep a place for `initials`, the name of who initials it.

    Without a number the next of the series is taken. Raises `Invalid` if an answer that stands on it is missing.
    """
    local, agency = at.astimezone(PROVINCE_ZONE), dossier.competent_unit
    number = number or f"{_next_number(agency.code, paper.series, local.year)}/{paper.series}"
    content = compose(dossier, paper, number=number, leader=leader, on=local.date())
    claim_id = secrets.token_bytes(CLAIM_ID_BYTES)
    content["claim"] = _claim(paper, content, agency.code, claim_id, at)
    fields = signature_fields(paper.template, leader=leader.name, agency=agency.agency_name(), initials=initials)
    pdf = keep_fields(typesetter().typeset(paper.template, content), fields)
    return Unsigned(number, content, claim_id, pdf)


def compose(dossier: Dossier, paper: Paper, *, number: str, leader: Principal, on: date) -> dict[str, Any]:
    """Return what stands on the paper, but for the claim. Raises `Invalid` naming the answer that is missing."""
    try:
        return compose_paper(dossier, paper, number=number, signer=leader, on=on)
    except KeyError as missing:  # typed from paper at a desk, where not every field was filled in
        fault = Fault(str(missing.args[0]), "field.required")
        raise Invalid("dossier.incomplete", code=dossier.code, faults=(fault,)) from missing


def _claim(paper: Paper, content: dict[str, Any], agency: str, claim_id: bytes, at: datetime) -> str:
    """Return the address that the QR code holds, with the claim of the agency's own key behind `#`."""
    address = f"{settings.PUBLIC_ADDRESS}{CHECK_PLACE}"
    whole = compose_claim(
        template=paper.template, title=paper.title, content=content, issuer=agency, claim_id=claim_id, at=at
    )
    claim = fit(whole, room_behind(address))
    return address + to_digits(sign_message(payload=encode_claim(claim), key=f"claim:{agency}"))


def _next_number(agency_code: str, series: str, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO signing_numbercounter (agency_code, series, year, last) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (agency_code, series, year) DO UPDATE SET last = signing_numbercounter.last + 1"
            " RETURNING last",
            [agency_code, series, year],
        )
        return int(cursor.fetchone()[0])
