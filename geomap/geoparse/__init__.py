"""Place names in a report: finding them (``recognize``) and saying which place is meant (``resolve``)."""
