"""How a review sheet words its figures: the Vietnamese of a paper, whatever language a screen shows."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from onestop.documents.rules.wording import short_day
from onestop.plans.rules.kinds import Standing, TaskState
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
METHOD = (
    "Cách đánh giá: đạt khi kết quả từ đầu năm và dự báo cuối năm đều không thấp hơn chỉ tiêu; có nguy cơ khi một "
    "trong hai thấp hơn; chậm khi cả hai thấp hơn. Dự báo theo nhịp của tối đa ba tháng trọn vẹn gần nhất. Chỉ số chưa "
    "có số liệu không tính là 0."
)


def percent(value: Fraction | Decimal | None, *, signed: bool = False) -> str:
    """`87,3 %`; of nothing a dash; rounded half up to one decimal, with the sign before it if asked for."""
    if value is None:
        return NOTHING
    tenths = _half_up(abs(Fraction(value)) * 10)
    sign = "−" if value < 0 and tenths else "+" if signed and tenths else ""
    return f"{sign}{tenths // 10},{tenths % 10} %"


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
