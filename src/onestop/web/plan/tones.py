"""Which tone and colour a word of standing has."""

from onestop.indicators.rules.outlook import Standing

TONES = {Standing.REACHED: "done", Standing.AT_RISK: "soon", Standing.SLOW: "late", Standing.NO_DATA: ""}
COLOURS = {"done": "success", "soon": "warning", "late": "danger", "": "neutral"}
