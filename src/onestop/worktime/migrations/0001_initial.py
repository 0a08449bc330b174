from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="WorkingCalendarVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit_code", models.CharField(blank=True, default="", max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("valid_from", models.DateField()),
                ("content", models.JSONField()),
                ("legal_basis", models.CharField(max_length=500)),
                ("published_by", models.CharField(max_length=80)),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit_code", "version"), name="one_calendar_a_number"),
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="calendars_count_from_one"),
                ],
            },
        ),
    ]
