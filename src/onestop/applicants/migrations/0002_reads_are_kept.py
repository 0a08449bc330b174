"""The database itself refuses to change or remove the record of who read whose data."""

from django.db import migrations

FORBID = """
CREATE FUNCTION reads_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who read whose data is kept: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only_rows BEFORE UPDATE OR DELETE ON applicants_readrecord
    FOR EACH ROW EXECUTE FUNCTION reads_are_kept();
"""
ALLOW = """
DROP TRIGGER append_only_rows ON applicants_readrecord;
DROP FUNCTION reads_are_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("applicants", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
