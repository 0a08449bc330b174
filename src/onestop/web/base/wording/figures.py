"""Why figures are not open, or a snapshot is not made or signed; and what is wrong with one."""

from django.utils.translation import gettext_lazy as _

FIGURES = {
    "figures.not_permitted": _("This is not open to you."),
    "figures.wrong_role": _("Your role does not have this duty."),
    "figures.settles_too": _("Whoever settles dossiers cannot do this: duties are kept apart."),
    "figures.not_by_delegation": _("This cannot be done by delegation."),
    "snapshot.not_found": _("There is no such snapshot."),
    "snapshot.refused": _("The snapshot is not made."),
    "snapshot.period_not_over": _("The period is not over yet."),
    "snapshot.reason_needed": _("This period has been signed for already: say why it is done again."),
    "snapshot.nothing_changed": _("Nothing has changed since the last snapshot of this period."),
    "snapshot.not_the_head": _("Only the head of the unit signs its figures."),
    "snapshot.signed_already": _("This snapshot has been signed already."),
    "snapshot.prepared_by_signer": _("Whoever prepared a snapshot does not sign it."),
    "snapshot.not_signed": _("This snapshot has not been signed."),
    "snapshot.not_reproduced": _("Counted again, other numbers come out."),
    "snapshot.content_altered": _("What is kept is not what was hashed."),
    "snapshot.entry_missing": _("The journal has no entry of this snapshot."),
    "snapshot.entry_differs": _("The journal says something else of this snapshot."),
    "snapshot.entry_altered": _("The journal entry of this snapshot was altered."),
}
