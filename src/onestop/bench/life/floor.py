"""The floor: the same rows of a life written by SQL alone, one transaction a step, by the database's own load program.

Tables of the same shape lie in a schema `floor`; nothing is computed, checked or signed. The load program `pgbench`
does not come with the embedded server; without one on the machine the floor is 0 and no ratio is told.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.db import connection

from onestop.config.localdb import LocalServer

STEPS = ("accept", "hand_over", "appraise", "approve", "seal", "return_result")
TABLES = {  # as they stand after a life, and where a column must differ in every copy
    "dossiers_dossier": "'id', :id::bigint, 'code', 'F' || :id",
    "dossiers_dossierpart": "'id', nextval('floor.ids'), 'dossier_id', :id::bigint",
    "process_appraisal": "'id', nextval('floor.ids'), 'dossier_id', :id::bigint",
    "signing_resultpaper": "'id', nextval('floor.ids'), 'dossier_id', :id::bigint",
    "results_result": "'id', nextval('floor.ids'), 'dossier_id', :id::bigint",
}
_RATE = re.compile(r"tps = ([\d.]+)")


def prepare() -> None:
    """Make the tables of the floor, and of each one row of which every other is a copy."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS floor CASCADE")
        cursor.execute("CREATE SCHEMA floor")
        cursor.execute("CREATE SEQUENCE floor.ids CACHE 100")
        for table in (*TABLES, "journal_journalentry", "dossiers_codecounter"):
            cursor.execute(f"CREATE TABLE floor.{table} (LIKE public.{table} INCLUDING ALL EXCLUDING IDENTITY)")
            cursor.execute(f"CREATE TABLE floor.model_{table} AS SELECT * FROM public.{table} LIMIT 1")
        cursor.execute(
            "INSERT INTO floor.dossiers_codecounter (id, unit_code, day, last) VALUES (1, 'F', '2026-01-01', 0)"
        )


def lives_per_second(server: LocalServer, clients: int, seconds: int) -> float:
    """Return how many lives a second PostgreSQL alone writes with so many clients; 0 if nothing can ask it."""
    program = shutil.which("pgbench")
    if program is None:
        return 0.0
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "life.sql")
        script.write_text(_script())
        command = [
            program,
            "-n",
            "-M",
            "prepared",
            "-c",
            str(clients),
            "-j",
            "2",
            "-T",
            str(seconds),
            "-f",
            str(script),
        ]
        place = ["-h", str(server.socket), "-U", "onestop", "onestop"]
        done = subprocess.run([*command, *place], capture_output=True, text=True, check=False)
    found = _RATE.search(done.stdout)
    if done.returncode or found is None:
        raise RuntimeError(f"pgbench: {done.stderr.strip()[-500:]}")
    return float(found[1])


def _script() -> str:
    lines = ["SELECT nextval('floor.ids') AS id \\gset", "BEGIN;"]
    lines += ["UPDATE floor.dossiers_codecounter SET last = last + 1 WHERE unit_code = 'F' AND day = '2026-01-01';"]
    lines += [_entry(1, "submit"), _copy("dossiers_dossier"), _copy("dossiers_dossierpart"), "COMMIT;"]
    beside = {"appraise": "process_appraisal", "approve": "signing_resultpaper", "return_result": "results_result"}
    for number, kind in enumerate(STEPS, start=2):
        lines += ["BEGIN;", "SELECT id FROM floor.dossiers_dossier WHERE id = :id FOR UPDATE;", _entry(number, kind)]
        lines += [_copy(beside[kind])] if kind in beside else []
        lines += [_update(number, kind), "COMMIT;"]
    return "\n".join(lines) + "\n"


def _copy(table: str) -> str:
    """A copy of the model row; none if the lives of this world write no such row."""
    made = f"LATERAL jsonb_populate_record(m, jsonb_build_object({TABLES[table]})) made"
    return f"INSERT INTO floor.{table} SELECT made.* FROM floor.model_{table} m, {made};"


def _entry(number: int, kind: str) -> str:
    return (
        f"INSERT INTO floor.journal_journalentry SELECT nextval('floor.ids'), :id, {number}, '{kind}', actor, post,"
        " unit, on_behalf_of, now(), now(), ground, payload, previous, hash, signature, certificate_id"
        " FROM floor.model_journal_journalentry;"
    )


def _update(number: int, kind: str) -> str:
    return (
        f"UPDATE floor.dossiers_dossier SET state = {number}, step = '{kind}', changed_at = now(), step_due_at = now(),"
        f" journal_sequence = {number}, journal_hash = journal_hash WHERE id = :id;"
    )
