"""When a file as a whole is valid."""

from onestop.validation.rules import BREAKING, Finding, SignatureReport, VerificationReport


def _signature(*findings: Finding) -> SignatureReport:
    broken = not BREAKING.isdisjoint(findings)
    return SignatureReport("A", "B", "leader", None, None, not broken, not broken, True, "1", "", findings)


def test_a_file_is_valid_only_with_signatures_that_all_hold() -> None:
    assert VerificationReport((_signature(Finding.FOLLOWED), _signature()), ()).valid
    assert not VerificationReport((_signature(), _signature(Finding.EXPIRED)), ()).valid
    assert not VerificationReport((), (Finding.NO_SIGNATURE,)).valid
    assert not VerificationReport((_signature(),), (Finding.BROKEN_FILE,)).valid
