"""Codes into words, one table a subject (bảng từ). English here, Vietnamese and Urdu in `locale/`.

`errors.py` error codes and reasons · `states.py` states of a dossier · `verbs.py` what can be done, and how it is told
afterwards · `roles.py` roles · `findings.py` what a check of a signed file found · `kinds.py` every other small set of
codes. A face asks the functions, never the tables.
"""

from onestop.web.base.wording.errors import word_code, word_error, word_fault, word_faults, word_reasons
from onestop.web.base.wording.findings import file_kind_word, finding_word, verdict_word
from onestop.web.base.wording.kinds import kind_word
from onestop.web.base.wording.roles import role_word
from onestop.web.base.wording.states import state_tone, state_word
from onestop.web.base.wording.verbs import deed_word, verb_word

__all__ = [
    "deed_word", "file_kind_word", "finding_word", "kind_word", "role_word", "state_tone", "state_word", "verb_word",
    "verdict_word", "word_code", "word_error", "word_fault", "word_faults", "word_reasons",
]  # fmt: skip
