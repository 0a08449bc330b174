"""The floor: the same rows of a life written by SQL alone, one transaction a step, by the database's own load program.

Tables of the same shape lie in a schema `floor`; nothing is computed, checked or signed.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from django.db import connection

from onestop.config.localdb import LocalServer

STEPS = ("accept", "hand_over", "appraise", "approve", "seal", "return_result")
TABLES = ("journal_journalentry", "dossiers_dossier", "dossiers_dossierpart", "results_result")
_RATE = re.compile(r"tps = ([\d.]+)")


def prepare() -> None:
    """Make the tables of the floor, and one dossier of which every other is a copy."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS floor CASCADE; CREATE SCHEMA floor")
        for table in TABLES:
            cursor.execute(f"CREATE TABLE floor.{table} (LIKE public.{table} INCLUDING ALL)")
        cursor.execute("CREATE SEQUENCE floor.ids; CREATE TABLE floor.model AS SELECT * FROM dossiers_dossier LIMIT 1")
        cursor.execute("CREATE TABLE floor.entry AS SELECT * FROM journal_journalentry WHERE kind='appraise' LIMIT 1")
        cursor.execute("CREATE TABLE floor.part AS SELECT * FROM dossiers_dossierpart LIMIT 1")


def lives_per_second(server: LocalServer, clients: int, seconds: int) -> float:
    """Return how many lives a second PostgreSQL alone writes with so many clients."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "life.sql")
        script.write_text(_script())
        script.chmod(0o644)
        Path(folder).chmod(0o755)
        status = server.status()
        command = [server.program("pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "2"]
        place = ["-h", str(server.socket), "-U", "onestop", "-T", str(seconds), "-f", str(script), "onestop"]
        done = subprocess.run([*command, *place], capture_output=True, text=True, check=False)
        found = _RATE.search(done.stdout)
        if done.returncode or found is None:
            raise RuntimeError(f"pgbench: {done.stderr.strip()[-500:]} ({status})")
        return float(found[1])


def _script() -> str:
    entry = (
        "INSERT INTO floor.journal_journalentry SELECT nextval('floor.ids'), :id, {number}, '{kind}', actor, post, unit,"
        " on_behalf_of, now(), now(), ground, payload, previous, hash, signature, certificate_id FROM floor.entry;"
    )
    update = (
        "UPDATE floor.dossiers_dossier SET state = {number}, step = '{kind}', changed_at = now(),"
        " step_due_at = now(), journal_sequence = {number}, journal_hash = journal_hash WHERE id = :id;"
    )
    lines = [
        "SELECT nextval('floor.ids') AS id \\gset",
        "BEGIN;",
        entry.format(number=1, kind="submit"),
        "INSERT INTO floor.dossiers_dossier SELECT (m).* FROM (SELECT jsonb_populate_record(m, jsonb_build_object("
        "'id', :id, 'code', 'F' || :id)) AS m FROM floor.model m) q;",
        "INSERT INTO floor.dossiers_dossierpart SELECT (m).* FROM (SELECT jsonb_populate_record(m, jsonb_build_object("
        "'id', nextval('floor.ids'), 'dossier_id', :id)) AS m FROM floor.part m) q;",
        "COMMIT;",
    ]
    for number, kind in enumerate(STEPS, start=2):
        lines += [
            "BEGIN;",
            "SELECT id FROM floor.dossiers_dossier WHERE id = :id FOR UPDATE;",
            entry.format(number=number, kind=kind),
            update.format(number=number, kind=kind),
            "COMMIT;",
        ]
    return "\n".join(lines) + "\n"
