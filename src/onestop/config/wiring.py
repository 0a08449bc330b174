"""Which adapter stands behind which port. The only place that knows both."""

from django.conf import settings

from onestop.config.embedded import plug_embedded_engine
from onestop.config.log import plug_log
from onestop.config.payments import plug_payments
from onestop.config.trust import plug_local_trust, plug_outside_time_stamps
from onestop.documents import ports as documents
from onestop.documents.adapters.folder import FolderStore
from onestop.documents.adapters.typst import TypstTypesetter
from onestop.journal import ports as journal
from onestop.journal.adapters.clock import SystemClock
from onestop.notices import ports as notices
from onestop.notices.adapters.null import NoMail
from onestop.notices.adapters.smtp import SmtpMail
from onestop.web.inbox.letters import Letters


def wire() -> None:
    """Plug every adapter into its port."""
    documents.store.plug(FolderStore(settings.DOCUMENTS))
    documents.typesetter.plug(TypstTypesetter())
    plug_local_trust(settings.KEYS, settings.SECRET_KEY, settings.TRUST)
    if settings.TIME_STAMPS:
        plug_outside_time_stamps(settings.TIME_STAMPS, settings.TIME_STAMPS_POLICY, settings.TIME_STAMPS_AUTHORITY)
    journal.machine_clock.plug(SystemClock())
    plug_log(settings.PUBLIC_LOG, settings.KEYS, settings.SECRET_KEY)
    plug_payments(settings.PAYMENTS, settings.PAYMENTS_SECRET)
    plug_embedded_engine()
    wire_notices()


def wire_notices() -> None:
    """Plug in who words letters, and the mail server if one is configured."""
    notices.writer.plug(Letters(settings.PUBLIC_ADDRESS))
    notices.mail.plug(SmtpMail.at(settings.MAIL, settings.MAIL_SENDER) if settings.MAIL else NoMail())
