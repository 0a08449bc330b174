"""What is doubtful about the data behind a figure, in words."""

from django.utils.translation import ngettext_lazy

DOUBTS = {
    "unknown_channel": ngettext_lazy("%(n)d dossier of unknown channel", "%(n)d dossiers of unknown channel", "n"),
    "unknown_filer": ngettext_lazy("%(n)d dossier of unknown filer", "%(n)d dossiers of unknown filer", "n"),
    "unknown_fee": ngettext_lazy("%(n)d dossier of unknown fee", "%(n)d dossiers of unknown fee", "n"),
    "fee_without_payment_record": ngettext_lazy(
        "%(n)d dossier with a fee whose payment is not on record",
        "%(n)d dossiers with a fee whose payment is not on record",
        "n",
    ),
    "no_fee_owed": ngettext_lazy("%(n)d dossier with nothing to pay", "%(n)d dossiers with nothing to pay", "n"),
    "fee_unpaid": ngettext_lazy("%(n)d dossier whose fee is not paid", "%(n)d dossiers whose fee is not paid", "n"),
    "fee_not_stated": ngettext_lazy(
        "%(n)d dossier whose fee was not stated", "%(n)d dossiers whose fee was not stated", "n"
    ),
    "no_due_moment": ngettext_lazy("%(n)d dossier without a due moment", "%(n)d dossiers without a due moment", "n"),
    "reappointed": ngettext_lazy("%(n)d dossier with a new appointment", "%(n)d dossiers with a new appointment", "n"),
    "second_supplement": ngettext_lazy(
        "%(n)d dossier asked for a supplement more than once",
        "%(n)d dossiers asked for a supplement more than once",
        "n",
    ),
    "late_entries": ngettext_lazy(
        "%(n)d dossier with an entry written down later",
        "%(n)d dossiers with an entry written down later",
        "n",
    ),
    "prolonged": ngettext_lazy("%(n)d petition prolonged", "%(n)d petitions prolonged", "n"),
    "answer_not_rated": ngettext_lazy(
        "%(n)d petition whose answer nobody rated", "%(n)d petitions whose answers nobody rated", "n"
    ),
    "not_rated": ngettext_lazy("%(n)d dossier nobody rated", "%(n)d dossiers nobody rated", "n"),
    "rated_at_the_desk": ngettext_lazy(
        "%(n)d dossier rated on the device at the desk", "%(n)d dossiers rated on the device at the desk", "n"
    ),
    "unknown_level": ngettext_lazy(
        "%(n)d procedure of unknown online level", "%(n)d procedures of unknown online level", "n"
    ),
    "unknown_signing_day": ngettext_lazy(
        "%(n)d procedure whose decision has no day of signing",
        "%(n)d procedures whose decision has no day of signing",
        "n",
    ),
    "internal_procedure": ngettext_lazy("%(n)d internal procedure", "%(n)d internal procedures", "n"),
    "no_longer_listed": ngettext_lazy(
        "%(n)d procedure no longer in the national list", "%(n)d procedures no longer in the national list", "n"
    ),
}


def doubt(code: str, count: int) -> str:
    """Return a doubt about the data in words."""
    return str(DOUBTS.get(code, f"{code}: %(n)d") % {"n": count})
