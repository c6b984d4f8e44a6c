"""A quoted distance against the geodesic: a verdict calibrated on real quotes, and its reason in words."""

from geomap.check.claims import check, check_distance
from geomap.check.columns import Checks, check_table
from geomap.check.conversion import Conversion, check_conversion
from geomap.check.judge import VERDICTS
from geomap.check.table import check_csv

__all__ = [
    "VERDICTS",
    "Checks",
    "Conversion",
    "check",
    "check_conversion",
    "check_csv",
    "check_distance",
    "check_table",
]
