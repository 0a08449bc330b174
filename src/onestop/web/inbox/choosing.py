"""What I want by e-mail, and where: nothing is sent to an address that its owner has not confirmed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages as told
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from onestop.accounts.operations import choose_language
from onestop.errors import Refused
from onestop.notices import ports
from onestop.notices.operations.choosing import choose, confirm_address
from onestop.notices.ports import Addressed, Written
from onestop.notices.queries.messages import find_choice
from onestop.notices.rules.messages import Topic
from onestop.web.base.moments import language
from onestop.web.base.permissions import requires
from onestop.web.base.requests import Request
from onestop.web.base.wording.kinds import KINDS
from onestop.web.inbox.views import account_of, frame, is_officer

SALT = "onestop.inbox.address"
VALID_SECONDS = 24 * 3600


class Choices(forms.Form):
    """The address and the topics."""

    address = forms.EmailField(label=gettext_lazy("My e-mail address"), required=False, max_length=200)
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Send me by e-mail"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, topics: Iterable[Topic], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["topics"].choices = [(topic.value, KINDS["topic"][topic]) for topic in topics]  # type: ignore[attr-defined]  # of this kind of field

    def clean(self) -> dict[str, Any]:
        """Ask for an address if something is to be sent."""
        given = super().clean() or {}
        if given.get("topics") and not given.get("address") and "address" not in self.errors:
            self.add_error("address", _("Give the address to which it is to be sent."))
        return given


@requires()
@require_http_methods(["GET", "POST"])
def choices(request: Request) -> HttpResponse:
    """Choose; a new address gets a letter with the link that confirms it."""
    account = account_of(request)
    kept = find_choice(account)
    initial = {"address": kept.address if kept else "", "topics": kept.topics if kept else list(Topic)}
    form = Choices(request.POST or None, initial=initial, topics=Topic if is_officer(request) else [Topic.DOSSIERS])
    if request.method == "POST" and form.is_valid():
        return _keep(request, account, form.cleaned_data)
    waits = kept is not None and bool(kept.address) and kept.confirmed_at is None
    context = {"form": form, "kept": kept, "waits": waits, "has_mail": ports.mail().is_there}
    return render(request, "inbox/choices.html", {**context, **frame(request)})


@requires()
@require_http_methods(["GET", "POST"])
def confirm(request: Request) -> HttpResponse:
    """Where the link of that letter leads: one button, so that no machine that looks at letters confirms anything."""
    token = request.POST.get("token", "") or request.GET.get("token", "")
    address = _read(token, account_of(request))
    if request.method == "POST":
        confirm_address(account_id=account_of(request), address=address, at=timezone.now())
        told.success(request, _("The address is confirmed."))
        return redirect("inbox:choices")
    return render(request, "inbox/confirm.html", {"token": token, "address": address, **frame(request)})


def _keep(request: Request, account: int, given: dict[str, Any]) -> HttpResponse:
    if request.principal:
        choose_language(account_id=account, language=language(), by=request.principal, at=timezone.now())
    topics = [Topic(topic) for topic in given["topics"]]
    kept = choose(account_id=account, topics=topics, address=given["address"], at=timezone.now())
    if kept.address and kept.confirmed_at is None and ports.mail().is_there:
        ports.mail().send(_confirmation(account, kept.address))
        told.success(request, _("Your choice is kept. A letter is on its way: open the link in it."))
    else:
        told.success(request, _("Your choice is kept."))
    return redirect("inbox:choices")


def _confirmation(account: int, address: str) -> Addressed:
    token = signing.dumps([account, address], salt=SALT)
    link = f"{settings.PUBLIC_ADDRESS}{reverse('inbox:confirm')}?token={token}"
    text = _("Open this link within a day to get messages of the one-stop at this address: %(link)s") % {"link": link}
    more = _("If you did not ask for this, do nothing.")
    subject = _("Is this your e-mail address?")
    mark = f"address-{signing.Signer(salt=SALT).signature(token)[:24]}"
    return Addressed(address, mark, Written(subject, f"{text}\n\n{more}\n", language()))


def _read(token: str, account: int) -> str:
    """Return the address that a link confirms. Raises `Refused` for an old, altered or somebody else's one."""
    try:
        owner, address = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature as bad:
        raise Refused("mail.link_unusable") from bad
    if owner != account:
        raise Refused("mail.link_unusable")
    return str(address)
