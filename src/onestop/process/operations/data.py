"""The templates that come with the system."""

import gzip
import json
from datetime import date
from importlib.resources import files

from onestop.process.operations.templates import TemplateReport, import_processes, publish_template

IN_FORCE_FROM = date(2023, 1, 1)


def load_templates() -> TemplateReport:
    """Publish the templates of `process/data`; a second time changes nothing."""
    folder = files("onestop.process") / "data"
    ours = json.loads((folder / "templates.json").read_text())
    created = 0
    for item in ours["templates"]:
        content = {name: item[name] for name in ("names", "source", "steps")}
        _, new = publish_template(
            code=item["code"], content=content, procedures=item["procedures"], in_force_from=IN_FORCE_FROM
        )
        created += new
    collected = json.loads(gzip.decompress((folder / "processes.json.gz").read_bytes()))
    report = import_processes(
        processes=collected["processes"], procedures_of=ours["procedures_of"], in_force_from=IN_FORCE_FROM
    )
    unchanged = report.unchanged + len(ours["templates"]) - created
    return TemplateReport(report.created + created, unchanged, report.unusable)
