"""The questions that the claims of one incident answer: which answers are the same, which are rivals, who backs each.

Two claims give one answer when a value satisfies both within what their wording allows; the finer wording stands for
it and the wider is *coarser*. An answer is as strong as the origins behind it that are shown to be independent,
however many reports repeat them. Answers that cannot all hold are contested, and make a conflict.
"""

from geomap.compare.comparisons import compare, conflicts
from geomap.compare.questions import plausible_day
from geomap.compare.support import Rank, Sourcing

__all__ = ["Rank", "Sourcing", "compare", "conflicts", "plausible_day"]
