"""Many dossiers at once, spread as in a province: busy and quiet units, one in ten still open, some of them late."""

from datetime import datetime
from typing import Any

from onestop.bench.life.world import PAPER_FILED, WITHOUT_PAPER, furnish

_PLACES = """
CREATE TEMPORARY TABLE place ON COMMIT PRESERVE ROWS AS
SELECT row_number() OVER (ORDER BY agency.code <> %(busy)s, agency.code, division.code) AS number,
    agency.id AS agency, desk.id AS desk, division.id AS division
FROM agencies_unit agency
    JOIN agencies_unit desk ON desk.parent_id = agency.id AND desk.kind = 'desk'
    JOIN agencies_unit division ON division.parent_id = agency.id AND division.kind <> 'desk'
"""
# lots: 0..89 returned, 90..91 withdrawn, 92..93 just filed, 94..97 with the specialist, 98 leader, 99 to be returned
_FILL = """
INSERT INTO dossiers_dossier
SELECT made.* FROM dossiers_dossier model, (
    SELECT number, abs(hashint4(number) %% 100) AS lot,
        now() - interval '300 days' * ((%(count)s - number)::float / %(count)s) AS filed,
        1 + floor((SELECT count(*) FROM place) * power(abs(hashint4(number + 7) %% 100000) / 100000.0, 2))::int AS spot
    FROM generate_series(1, %(count)s) AS number
) life JOIN place ON place.number = life.spot, LATERAL jsonb_populate_record(model, jsonb_build_object(
    'id', nextval(pg_get_serial_sequence('dossiers_dossier', 'id')), 'code', 'B' || life.number,
    'receiving_unit_id', desk, 'competent_unit_id', agency, 'settling_unit_id', division,
    'holder_unit_id', CASE WHEN lot BETWEEN 94 AND 97 THEN division WHEN lot = 98 THEN agency ELSE desk END,
    'state', CASE WHEN lot < 90 THEN 10 WHEN lot < 92 THEN 7 WHEN lot < 94 THEN 1 WHEN lot < 99 THEN 4 ELSE 9 END,
    'step_role', CASE WHEN lot BETWEEN 94 AND 97 THEN 'specialist' WHEN lot = 98 THEN 'leader'
        ELSE 'one_stop_officer' END,
    'submitted_at', filed, 'accepted_at', filed, 'clock_from', filed, 'changed_at', filed,
    'due_at', filed + interval '5 days', 'step_due_at', CASE WHEN lot >= 92 THEN filed + interval '5 days' END,
    'returned_at', CASE WHEN lot < 90 THEN filed + interval '4 days' END
)) made
WHERE model.id = %(model)s
ORDER BY life.number
"""


def fill(dossiers: int) -> None:
    """Load the province, file one dossier as its applicant, and copy it with other places, states and moments."""
    from django.db import connection

    furnish(with_paper=False)
    model = _file_one()
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, {"busy": model.competent_unit.code})
        cursor.execute(_FILL, {"count": dossiers, "model": model.pk})
        cursor.execute("ANALYZE")


def principal(username: str) -> Any:
    """Return somebody of the cast as who acts."""
    from onestop.accounts.queries import find_account
    from onestop.agencies.queries import find_principal
    from onestop.demo.run import ZONE

    account = find_account(username)
    found = find_principal(account_id=account.pk, at=datetime.now(ZONE)) if account else None
    if found is None:
        raise LookupError(username)
    return found


def _file_one() -> Any:
    from onestop.demo import answers
    from onestop.demo.cast import HONG_GAI
    from onestop.demo.province import stage
    from onestop.demo.run import ZONE
    from onestop.dossiers.rules.filing import Channel, Filer, Given, PartGiven, ReturnWay
    from onestop.intake.operations.filing import Filing, submit

    at, world = datetime.now(ZONE), stage()
    part = PartGiven(PAPER_FILED, Given.FILE, "a" * 64, "giay-chung-sinh.pdf", 1000, "application/pdf")
    filing = Filing(
        procedure_code=WITHOUT_PAPER,
        applicant_id=world.applicant_id("lan"),
        agency_code=world.unit_code(HONG_GAI),
        channel=Channel.ONLINE,
        filer=Filer.SELF,
        answers={**answers.marital("lan"), "applicant_kind": "Cá nhân", "request": "Đề nghị xác nhận."},
        parts=(part,),
        return_way=ReturnWay.COUNTER,
    )
    return submit(filing=filing, by=world.applicant("lan", at), at=at)
