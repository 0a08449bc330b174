"""Fees in words: why something is not stated, taken or paid back; ways to pay; states of an order."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from onestop.fees.rules.ledger import Way
from onestop.fees.rules.platform import OrderState

MONEY = {
    "fee.not_stated": _("This fee cannot be stated."),
    "fee.amount_out_of_range": _("Enter the amount in whole đồng, more than 0."),
    "fee.copies_out_of_range": _("Enter how many copies, from 1 to 999."),
    "fee.without_ground": _("The catalogue does not name this amount: name the legal ground."),
    "fee.exempt_without_ground": _("Name the legal ground of the exemption."),
    "fee.exempt_with_amount": _("Where nothing is owed, the amount is 0."),
    "fee.dossier_ended": _("The dossier ended before anybody worked on it: nothing is owed."),
    "fee.paid_already": _("The fee is paid already and can only be lowered."),
    "fee.less_than_paid": _("More than this is paid already."),
    "fee.not_taken": _("This payment cannot be taken."),
    "fee.not_at_a_desk": _("At a desk money comes and goes in cash or by transfer."),
    "fee.nothing_stated": _("No fee has been stated for this dossier."),
    "fee.nothing_owed": _("Nothing is owed any more for this dossier."),
    "fee.more_than_owed": _("This is more than is owed."),
    "fee.without_amount": _("Enter the amount."),
    "fee.without_receipt": _("Enter the number of the receipt."),
    "fee.receipt_given_already": _("A receipt of this number was given already."),
    "fee.not_payable_online": _("The fee of this procedure cannot be paid online. Pay it at the desk."),
    "fee.unpaid_before_acceptance": _("The fee asked for in advance is not paid yet."),
    "fee.not_paid_back": _("This cannot be paid back."),
    "fee.nothing_owed_back": _("Nothing is owed back for this dossier."),
    "fee.more_than_owed_back": _("This is more than is owed back."),
    "fee.decision_missing": _("Name the decision by which fees can be paid online."),
    "payment.not_here": _("Nothing can be paid online here. Pay at the desk."),
    "payment.down": _("The payment platform does not answer now. Nothing was paid; please try again in a while."),
    "payment.answer_not_believed": _("The payment platform gave an answer that cannot be used. Nothing was paid."),
    "payment.notice_not_signed": _("This notice was not signed by the payment platform."),
    "payment.notice_unreadable": _("This notice cannot be read."),
    "payment.order_unknown": _("There is no such order to pay."),
}

MONEY_KINDS: dict[str, dict[Any, Any]] = {
    "way": {
        Way.ONLINE: _("Online"),
        Way.CASH: _("In cash"),
        Way.TRANSFER: _("By transfer"),
    },
    "order": {
        OrderState.OPEN: _("waiting for the payer"),
        OrderState.PAID: _("paid"),
        OrderState.DECLINED: _("declined by the payer"),
        OrderState.EXPIRED: _("no longer open"),
    },
}
