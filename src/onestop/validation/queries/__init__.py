"""Reading: what holds of a signed file; no database is needed.

`files.verify_file` takes any kind of file. Each kind has a reader of what its bytes prove (`papers` PDF, `messages`
CMS, `markup` XML, `containers` ASiC; `signers` the CMS signer within them); `judging` then decides, the same way for
all, when each signature is proved to have existed and whom to believe (`anchors`).
"""

from onestop.validation.queries.detached import verify_detached
from onestop.validation.queries.files import verify_file
from onestop.validation.queries.papers import verify_pdf

__all__ = ["verify_detached", "verify_file", "verify_pdf"]
