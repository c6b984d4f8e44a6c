"""geomap: news reports of an incident in; a sourced, checkable map out."""
