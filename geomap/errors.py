"""What can go wrong, as one small tree.

    GeomapError              one line: what is wrong, and what to do
    ├── BadInput             the caller handed over something unusable (exit 2 where it is the command itself)
    │   ├── BadReport        a report that cannot be read: empty, binary, too large, no text
    │   └── BadRecord        a record that breaks its own invariant (latitude 91, a span that ends before it starts)
    ├── NotFound             no incident, place or file of that name
    ├── GazetteerError       the gazetteer is missing, damaged, or a dump could not be added
    ├── StoreError           the database cannot be opened, is of another version, or refused a write
    │   └── Overtaken        another saved the incident while it was worked on
    └── RemoteError          a remote service that was switched on did not answer

Every message is a single line for a person to read. A foreign exception becomes one of these where the foreign
library is called, with the original as its cause.
"""

from __future__ import annotations


class GeomapError(Exception):
    """Anything geomap raises on purpose; ``str(error)`` is one line fit to show to a person."""


class BadInput(GeomapError):
    """What was handed over cannot be used as it is."""


class BadReport(BadInput):
    """A report cannot be read: it is empty, binary, too large or has no text."""


class BadRecord(BadInput, ValueError):
    """A record's invariant does not hold."""


class NotFound(GeomapError):
    """Nothing is stored under that name."""


class GazetteerError(GeomapError):
    """The gazetteer is missing or damaged, or a source could not be added to it."""


class StoreError(GeomapError):
    """The store cannot be opened, read or written."""


class Overtaken(StoreError):
    """Another saved the incident while it was worked on: what was made from its earlier state is out of date."""


class RemoteError(GeomapError):
    """A remote service that a person switched on did not answer."""
