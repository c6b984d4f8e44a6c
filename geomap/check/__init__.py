"""What a report quotes, checked: distances against the geodesic, times against clocks, totals against their parts."""

from geomap.check.claims import check, check_distance
from geomap.check.columns import Checks, check_table
from geomap.check.conversion import Conversion, check_conversion
from geomap.check.judge import VERDICTS
from geomap.check.quoted import holds_a_check
from geomap.check.sums import check_sums
from geomap.check.table import check_csv
from geomap.check.times import check_time

__all__ = [
    "VERDICTS",
    "Checks",
    "Conversion",
    "check",
    "check_conversion",
    "check_csv",
    "check_distance",
    "check_sums",
    "check_table",
    "check_time",
    "holds_a_check",
]
