"""Opening, changing and closing accounts."""

import unicodedata
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from onestop.accounts.adapters.log_in import SecondFactorAdapter
from onestop.accounts.models import Account
from onestop.accounts.operations import (
    change_password,
    choose_language,
    close_account,
    hash_password,
    open_account,
)
from onestop.accounts.queries import find_account, find_accounts, get_account
from onestop.accounts.rules import SYSTEM, Principal, Role, find_username_faults
from onestop.errors import Invalid, NotFound, Refused

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def test_a_user_name_is_one_whatever_its_case_and_a_name_is_kept_clean(lan: Account) -> None:
    assert (lan.username, lan.full_name, lan.get_short_name()) == ("lan", "Nguyễn Thị Lan", "Lan")
    assert find_account(" LAN ") == lan == get_account(lan.pk)
    assert Account.objects.get_by_natural_key("LAN") == lan
    assert find_accounts(frozenset({lan.pk, 0})) == {lan.pk: lan}
    assert lan.check_password("mua-xuan-2026")
    with pytest.raises(NotFound):
        get_account(0)
    with pytest.raises(IntegrityError):
        Account.objects.create(username="BIG", full_name="x", opened_at=AT)


def test_everything_wrong_with_a_new_account_is_named_at_once(lan: Account) -> None:
    with pytest.raises(Invalid) as caught:
        open_account(username="lan", full_name=" ", password="password", by=SYSTEM, at=AT)
    codes = {fault.code for fault in caught.value.faults}
    assert codes == {"full_name.length", "password_too_short", "password_too_common", "username.taken"}
    assert [fault.code for fault in find_username_faults("ÔI", "Ôi")] == ["username.malformed"]


def test_one_hash_serves_many_accounts_of_a_demonstration(db: None) -> None:
    shared = hash_password("xem-thu-he-thong")
    accounts = [
        open_account(username=f"officer-{n}", full_name="Minh", password_hash=shared, by=SYSTEM, at=AT)
        for n in range(100)
    ]
    assert accounts[99].check_password("xem-thu-he-thong")
    nobody = open_account(username="nobody", full_name="Nobody", by=SYSTEM, at=AT)
    assert not nobody.has_usable_password()


def test_only_the_person_or_an_administrator_changes_an_account(lan: Account) -> None:
    def of(account_id: int, *roles: Role) -> Principal:
        return Principal(account_id=account_id, name="x", roles=frozenset(roles), key="x")

    with pytest.raises(Refused):
        choose_language(account_id=lan.pk, language="en", by=of(lan.pk + 1, Role.LEADER), at=AT)
    assert choose_language(account_id=lan.pk, language="ur", by=of(lan.pk), at=AT).language == "ur"
    with pytest.raises(Invalid):
        choose_language(account_id=lan.pk, language="fr", by=of(lan.pk), at=AT)
    with pytest.raises(Invalid):
        change_password(account_id=lan.pk, password="short", by=of(lan.pk), at=AT)
    changed = change_password(account_id=lan.pk, password="mua-ha-2026", by=of(lan.pk + 1, Role.ADMINISTRATOR), at=AT)
    assert changed.check_password("mua-ha-2026")
    assert changed.password_changed_at == AT
    assert not close_account(account_id=lan.pk, by=of(lan.pk), at=AT).is_active
    with pytest.raises(NotFound):
        close_account(account_id=0, by=SYSTEM, at=AT)


def test_names_are_kept_composed(db: None) -> None:
    typed = unicodedata.normalize("NFD", "Đỗ Thị Ánh")
    assert open_account(username="anh", full_name=typed, by=SYSTEM, at=AT).full_name == "Đỗ Thị Ánh"


def test_a_delegation_may_cover_some_verbs_only() -> None:
    some = Principal(1, "x", frozenset(), "x", only_verbs=frozenset({"sign"}))
    assert some.may_by_delegation("sign")
    assert not some.may_by_delegation("approve")
    assert SYSTEM.may_by_delegation("approve")


def test_the_secret_of_a_second_factor_is_encrypted() -> None:
    adapter = SecondFactorAdapter()
    kept = adapter.encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in kept
    assert adapter.decrypt(kept) == "JBSWY3DPEHPK3PXP"
