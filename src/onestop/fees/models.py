"""Tables of money: orders sent to the payment platform, payments by their numbers, what can be paid online."""

from typing import Any

from django.db import models
from django.db.models import Q

from onestop.catalogue.models import Procedure
from onestop.dossiers.models import Dossier
from onestop.fees.rules.ledger import Way
from onestop.fees.rules.platform import OrderState


def _choices(enum: Any) -> list[tuple[Any, str]]:
    return [(item.value, item.name) for item in enum]


class Order(models.Model):
    """An order to pay online (lệnh thanh toán). `reference` is what the platform knows it by, `address` its page.

    It is no money: what was paid are the payments that the platform names when asked.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="orders")
    reference = models.CharField(max_length=40, unique=True)
    amount_vnd = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=_choices(OrderState), default=OrderState.OPEN)
    address = models.CharField(max_length=500, blank=True)
    opened_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asked_at", "id"], name="orders_to_ask_about", condition=Q(state="open"))]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(state="open"), name="one_open_order_a_dossier"),
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="an_order_is_about_money"),
        ]

    def __str__(self) -> str:
        return self.reference


class Payment(models.Model):
    """Money that came (khoản đã nộp): the entry that says so, and a number that nobody gives twice.

    `issuer` gave the number: the platform's name, or the code of the desk whose receipt (biên lai) it is.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="payments")
    sequence = models.PositiveIntegerField()
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="payments")
    way = models.CharField(max_length=12, choices=_choices(Way))
    issuer = models.CharField(max_length=24)
    number = models.CharField(max_length=60)
    amount_vnd = models.PositiveIntegerField()
    paid_at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "sequence"]
        indexes = [models.Index(fields=["paid_at"], name="payments_of_a_day", condition=Q(way="online"))]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "number"], name="a_number_is_given_once"),
            models.UniqueConstraint(fields=["dossier", "sequence"], name="one_payment_an_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.number}"


class PayableOnline(models.Model):
    """That the fee of a procedure can be paid online (thủ tục tích hợp thanh toán trực tuyến), by which decision."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    decision = models.CharField(max_length=200)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(valid_until__isnull=True), name="payable_online_by_one_decision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.valid_from}"
