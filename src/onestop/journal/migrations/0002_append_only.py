"""The database itself refuses to change or remove what happened."""

from django.db import migrations

FORBID = """
CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only_rows BEFORE UPDATE OR DELETE ON journal_journalentry
    FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON journal_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
"""
ALLOW = """
DROP TRIGGER append_only_rows ON journal_journalentry;
DROP TRIGGER append_only_table ON journal_journalentry;
DROP FUNCTION journal_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
