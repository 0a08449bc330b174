"""What keeps a paper from being signed, stamped or kept, in words."""

from django.utils.translation import gettext_lazy as _

SIGNATURES = {
    "pdf.too_large": _("The PDF is too large to be signed. Save it with a lower resolution."),
    "pdf.form_locked": _("Whoever signed this PDF allowed no further signature. Ask for one that allows it."),
    "pdf.not_signed": _("Nobody has signed this PDF yet."),
    "signature.out_of_order": _("This signature comes too late: initials first, then the leader, the seal last."),
    "archive.followed": _("Another signature follows already, so a time stamp can no longer be put in."),
    "archive.chain_unknown": _("The certificate of an issuer is missing: %(issuer)s. The paper cannot be kept yet."),
    "archive.revocation_unknown": _(
        "A list of revoked certificates is missing: %(issuer)s. The paper cannot be kept yet."
    ),
    "archive.not_kept": _("This PDF is not kept for decades yet."),
    "time_stamps.down": _("The time stamp authority does not answer. Nothing is lost; it is tried again by itself."),
    "time_stamps.refused": _("The time stamp authority refuses the request. An administrator has to look at it."),
    "time_stamps.not_believed": _(
        "The time stamp authority sent an answer that cannot be believed. Nothing was taken."
    ),
    "result.waits_for_stamp": _(
        "The result is sealed but not time-stamped yet, because the authority does not answer. It is stamped by "
        "itself; return it online after that, or now in another way."
    ),
}
