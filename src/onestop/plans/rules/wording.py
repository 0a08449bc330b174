"""How a review sheet words its figures: the Vietnamese of a paper, whatever language a screen shows."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from onestop.documents.rules.wording import short_day
from onestop.indicators.rules.outlook import Standing
from onestop.plans.rules.kinds import TaskState
from onestop.plans.rules.measures import Direction, Kind, Measure
from onestop.plans.rules.targets import Base

STANDINGS = {
    Standing.REACHED: "Đạt",
    Standing.AT_RISK: "Có nguy cơ",
    Standing.SLOW: "Chậm",
    Standing.NO_DATA: "Chưa có số liệu",
}
TASKS = {
    TaskState.OPEN: "Đang thực hiện",
    TaskState.LATE: "Quá hạn",
    TaskState.DONE: "Chờ nghiệm thu",
    TaskState.ACCEPTED: "Đã nghiệm thu",
}
QUARTERS = ("I", "II", "III", "IV")
NOTHING = "–"
BY_HAND = "Báo cáo, có minh chứng"
MEASURED = "Tính từ hồ sơ"
METHOD = (
    "Cách đánh giá: đạt khi kết quả từ đầu năm và dự báo cuối năm đều không thấp hơn chỉ tiêu; có nguy cơ khi một "
    "trong hai thấp hơn; chậm khi cả hai thấp hơn. Dự báo theo nhịp từ đầu tháng trước nữa đến thời điểm tính; dưới "
    "mười hồ sơ thì không dự báo. Chỉ số chưa có số liệu không tính là 0. Chỉ tiêu số lượng, số tiền dự báo theo nhịp "
    "từ đầu năm; chỉ tiêu hệ thống không đo được do đơn vị báo cáo, chỉ tính khi người khác đã nghiệm thu minh chứng."
)


def percent(value: Fraction | Decimal | None, *, signed: bool = False) -> str:
    """`87,3 %`; of nothing a dash; rounded half up to one decimal, with the sign before it if asked for."""
    if value is None:
        return NOTHING
    tenths = _half_up(abs(Fraction(value)) * 10)
    sign = "−" if value < 0 and tenths else "+" if signed and tenths else ""
    return f"{sign}{tenths // 10},{tenths % 10} %"


def amount(measure: Measure, value: Fraction | Decimal | None, *, signed: bool = False) -> str:
    """`1.000 thủ tục`, `4,5 ngày`; of nothing a dash; what is done or not in a word."""
    if value is None:
        return NOTHING
    exact = Fraction(value)
    if measure.kind is Kind.DONE:
        return percent(exact * 100, signed=signed) if signed or exact < 1 else "hoàn thành"
    hundredths = _half_up(abs(exact) * 100)
    whole, rest = divmod(hundredths, 100)
    number = f"{whole:,}".replace(",", ".") + (f",{rest:02d}".rstrip("0") if rest else "")
    sign = "−" if exact < 0 and hundredths else "+" if signed and hundredths else ""
    return f"{sign}{number} {measure.words['vi'].unit}".strip()


def side(measure: Measure, target: Decimal) -> str:
    """`từ 1.000 thủ tục`, `không quá 5 ngày`."""
    told = amount(measure, target)
    if measure.kind is Kind.DONE:
        return told
    return f"từ {told}" if measure.direction is Direction.AT_LEAST else f"không quá {told}"


def evidence(names: Sequence[str]) -> str:
    """`bien-ban.pdf`, `3 tệp`; of none a dash."""
    return NOTHING if not names else names[0] if len(names) == 1 else f"{len(names)} tệp"


def counted(base: Base) -> str:
    """`274.682 / 314.781`."""
    return f"{base.numerator:,} / {base.denominator:,}".replace(",", ".")


def period(year: int, quarter: int) -> str:
    """`Quý III năm 2026`."""
    return f"Quý {QUARTERS[quarter - 1]} năm {year}"


def missed(on: date | None) -> str:
    """`12/08/2026`, empty if never."""
    return short_day(on) if on else ""


def summary(attained: Fraction | None, known: int, weight: int, counts: dict[Standing, int]) -> str:
    """The line under the table: how many targets stand how, and how far the whole is attained."""
    told = [f"{counts[standing]} {word.lower()}" for standing, word in STANDINGS.items() if counts[standing]]
    whole = "chưa có số liệu" if attained is None else f"đạt {percent(attained * 100)} so với chỉ tiêu"
    return f"{', '.join(told)}; tính theo trọng số {whole} (trên {known}/{weight} trọng số có số liệu)."


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
