"""The database queues every entry for the public log, and refuses to change what is in it."""

from django.db import migrations

TABLES = ("journal_logleaf", "journal_logcheckpoint", "journal_logattestation")

QUEUE = """
CREATE FUNCTION journal_queue_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO journal_logqueue (entry) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER queue_for_the_log AFTER INSERT ON journal_journalentry
    FOR EACH ROW EXECUTE FUNCTION journal_queue_entry();
INSERT INTO journal_logqueue (entry) SELECT id FROM journal_journalentry;
"""
NO_QUEUE = """
DROP TRIGGER queue_for_the_log ON journal_journalentry;
DROP FUNCTION journal_queue_entry();
"""
FORBID = """
CREATE TRIGGER append_only_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
"""
ALLOW = """
DROP TRIGGER append_only_rows ON {table};
DROP TRIGGER append_only_table ON {table};
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_public_log")]

    operations = [
        migrations.RunSQL(QUEUE, NO_QUEUE),
        *[migrations.RunSQL(FORBID.format(table=table), ALLOW.format(table=table)) for table in TABLES],
    ]
