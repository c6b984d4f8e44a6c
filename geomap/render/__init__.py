"""An incident made visible: GeoJSON first, then the map and its pages."""
