"""Which adapter stands behind which port. The only place that knows both."""

from django.conf import settings

from onestop.documents import ports as documents
from onestop.documents.adapters.folder import FolderStore
from onestop.journal import ports as journal
from onestop.journal.adapters.clock import SystemClock
from onestop.trust import ports as trust
from onestop.trust.adapters.file_keys import FileKeys
from onestop.trust.adapters.folder_anchors import FolderAnchors
from onestop.trust.adapters.journal_signer import JournalSigner
from onestop.trust.adapters.local_authority import LocalAuthority
from onestop.trust.adapters.local_time_stamps import LocalTimeStamps
from onestop.trust.queries.certificates import find_certificate_der


def wire() -> None:
    """Plug every adapter into its port."""
    documents.store.plug(FolderStore(settings.DOCUMENTS))
    trust.keys.plug(FileKeys(settings.KEYS, settings.SECRET_KEY))
    authority = LocalAuthority(settings.KEYS / "authority", settings.SECRET_KEY)
    trust.authority.plug(authority)
    trust.trust_anchors.plug(FolderAnchors(settings.KEYS / "authority"))
    trust.time_stamps.plug(LocalTimeStamps(settings.KEYS / "authority", settings.SECRET_KEY, authority))
    journal.signer.plug(JournalSigner(trust.keys, trust.trust_anchors, find_certificate_der))
    journal.machine_clock.plug(SystemClock())
