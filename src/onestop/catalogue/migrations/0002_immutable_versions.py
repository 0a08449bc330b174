"""Versions and forms are written once: the database refuses to change them, but for ending a version."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION catalogue_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'effective_until' IS DISTINCT FROM to_jsonb(OLD) - 'effective_until'
       OR (OLD.effective_until IS NOT NULL AND NEW.effective_until IS DISTINCT FROM OLD.effective_until) THEN
        RAISE EXCEPTION 'a version of a procedure is immutable; publish a new one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_is_immutable BEFORE UPDATE ON catalogue_procedureversion
    FOR EACH ROW EXECUTE FUNCTION catalogue_version_is_immutable();

CREATE FUNCTION catalogue_form_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of a form is immutable; publish a new one';
END $$;
CREATE TRIGGER form_is_immutable BEFORE UPDATE ON catalogue_eform
    FOR EACH ROW EXECUTE FUNCTION catalogue_form_is_immutable();
"""

BACKWARD = """
DROP TRIGGER form_is_immutable ON catalogue_eform;
DROP FUNCTION catalogue_form_is_immutable();
DROP TRIGGER version_is_immutable ON catalogue_procedureversion;
DROP FUNCTION catalogue_version_is_immutable();
"""


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
