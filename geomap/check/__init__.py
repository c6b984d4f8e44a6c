"""A quoted distance against the geodesic: a verdict calibrated on real quotes, and its reason in words."""

from geomap.check.columns import Checks, check_table
from geomap.check.judge import VERDICTS
from geomap.check.table import check_csv

__all__ = ["VERDICTS", "Checks", "check_csv", "check_table"]
