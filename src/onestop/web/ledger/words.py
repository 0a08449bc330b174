"""What is wrong with a proof, in words that tell what to do next."""

from django.utils.translation import gettext as _


def word_fault(code: str) -> str:
    """Return the sentence for a fault of a proof."""
    return {
        "proof.unreadable": _("This is no proof, or it was cut when it was copied. Send the whole file as you got it."),
        "proof.nothing_disclosed": _("This proof does not say what it is about. Download it again from your dossier."),
        "proof.not_included": _("What this proof says is not what the log has: something in it was altered."),
        "proof.other_dossier": _("The proof holds, but it belongs to another dossier than the code you gave."),
        "proof.back_dated": _(
            "The entry is in the log, but it claims to be much older than the log can vouch for. Ask the inspectors "
            "of procedures why it came so late."
        ),
        "log.other_origin": _("This proof belongs to another log, not to this one."),
        "log.unsigned": _("The checkpoint in this proof was not signed by this log."),
        "log.bad_signature": _("The checkpoint in this proof was altered: its signature does not hold."),
        "log.no_checkpoint": _("This log has published nothing yet."),
        "log.forked": _(
            "The proof was right once, but the log of today does not go on from it: the log has been rewritten. "
            "Keep this proof, and show it to the inspectors of procedures."
        ),
        "log.shrunk": _(
            "The proof was right once, but the log of today is shorter: entries were taken away. Keep this proof, and "
            "show it to the inspectors of procedures."
        ),
        "log.tile_missing": _("The log is incomplete at the moment. Please try again later."),
    }[code]
