"""The map itself: Folium's, with our own assets and without a word of any report in its script.

Folium escapes neither popups nor tooltips nor layer names, and runs what it finds in them. So it gets geometry, roles
and statuses alone, under ids that we make; names and sentences travel as JSON (:func:`script_json`) and are set as
text by static/js. Colours, patterns and symbols are CSS classes, which is how a map follows light and dark.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import folium
from branca.element import Figure, MacroElement
from folium.map import CustomPane, FitBounds
from folium.template import Template
from markupsafe import Markup

from geomap.render.crowd import columns, crowd
from geomap.render.document import LAYERS
from geomap.render.geojson import Json
from geomap.render.view import WIDEST_M, WORLD

NAME = "incident"
"""The map's element is #map_incident and its script's variable map_incident."""

SYMBOL_PX = 28
"""A symbol's box: WCAG 2.2 asks for a target of 24 px."""

SENT = """id layer label name native status speakers lonlat hidden
    status_text quoted_text quoted_km measured_km azimuth bearing ends disputed""".split()
"""What the map's own code is told of an entry."""

SILENT = ("native", "speakers", "hidden", "disputed")
"""What it is not told where it is false or empty."""

OSM_CREDIT = '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors'


@dataclass(frozen=True, slots=True)
class MapParts:
    """What a page needs of the map: an element for the body, and the script that fills it (to run after Leaflet)."""

    html: str
    script: str


class IncidentMap(folium.Map):
    """A Folium map whose page brings Leaflet itself, so that nothing is asked of another host."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  (folium reads them from the class)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, view: Json) -> None:
        west, south, east, north = view["event"] or WORLD
        super().__init__(
            location=[(south + north) / 2, (west + east) / 2],
            zoom_start=7,
            tiles=None,
            zoom_control=True,
            attribution_control=False,  # ours names the sources at once, so that nothing moves when it appears
            zoom_snap=0.25,
            zoom_delta=1,
            wheel_px_per_zoom_level=120,
        )
        self._id = NAME
        for number, pane in enumerate(("regions", "lines", "dots")):
            element = CustomPane(pane, z_index=410 + 20 * number, pointer_events=True)
            element._id = pane
            element.add_to(self)
        fit = FitBounds([[south, west], [north, east]], padding=(28, 28))
        fit.options["animate"] = False  # an animation would still run when the page sets its own view
        fit.add_to(self)


class Handover(MacroElement):
    """The last line of the script: gives our own code the map and its layers by name."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            window.geomap = {map: {{ this._parent.get_name() }}, layers: {
                {%- for name, variable in this.layers.items() %}{{ name|tojson }}: {{ variable }},{% endfor -%}
            } };
        {% endmacro %}
        """
    )

    def __init__(self, layers: dict[str, str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's
        self._name = "Handover"
        self.layers = layers


def parts(document: Json, *, osm: bool = False) -> MapParts:
    """The map of a view document; ``osm`` adds OpenStreetMap's tiles as a layer that is off at first."""
    canvas = IncidentMap(document["view"])
    layers = {}
    # A crowd is no layer of Folium's: a page's own script draws it (crowd.js).
    for name in [each for each in reversed(LAYERS) if each != "mentioned" or not crowd(document)]:
        features = list(_features(document, name))
        if features:
            layers[name] = _layer(name, features).add_to(canvas).get_name()
    if osm:
        layers["osm"] = _tiles().add_to(canvas).get_name()
    Handover(layers).add_to(canvas)
    figure = cast("Figure", canvas.get_root())
    figure.render()
    return MapParts(html=figure.html.render(), script=figure.script.render())


def script_json(value: object) -> Markup:
    """JSON that cannot end its <script> element or open a comment in it, whatever text it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  (escaped just above)


def map_data(document: Json) -> Json:
    """What the map's own code needs to know of each entry: never more than its labels, and a ``crowd`` in columns."""
    many = crowd(document)
    ids = {entry["id"] for entry in many}
    entries = [entry for entry in document["entries"] if entry["id"] not in ids]
    data = {
        "id": document["id"],
        "view": document["view"],
        "entries": [_sent(entry) for entry in entries],
    }
    return data | {"crowd": columns(many)} if many else data


def _sent(entry: Json) -> Json:
    """What the map's code is told: nothing that goes without saying, and of a distance's ends what it draws."""
    sent = {key: entry[key] for key in SENT if entry.get(key) or (key not in SILENT and entry.get(key) is not None)}
    ends = [{"name": end["name"], "lonlat": end["lonlat"]} for end in entry.get("ends") or ()]
    return sent | {"ends": ends} if ends else sent


def _features(document: Json, layer: str) -> Iterable[Json]:
    """The layer's features with nothing but geometry, classes of our own and an id of our own."""
    drawn = {feature["id"]: feature["geometry"] for feature in document["features"]}
    for entry in document["entries"]:
        if entry["layer"] == layer and not entry.get("hidden"):
            ids = entry["id"], f"{entry['id']}.region"
            for id in reversed(ids) if layer == "distance" else ids:  # a line lies over its region
                if id in drawn:
                    properties = {"entry": entry["id"], "classes": _classes(entry, id)}
                    yield {"type": "Feature", "id": id, "geometry": drawn[id], "properties": properties}


def _classes(entry: Json, id: str) -> str:
    part = id.partition(".")[2] or ("line" if entry["layer"] in ("route", "distance") else "point")
    broad = " broad" if entry.get("reach_km", 0) * 1000 > WIDEST_M else ""
    rivalled = " disputed" if entry.get("disputed") else ""
    return f"feature {entry['layer']} {entry['status']} {part}{broad}{rivalled}"


def _layer(name: str, features: list[Json]) -> folium.GeoJson:
    options: dict[str, Any] = {"pane": "lines" if name in ("route", "distance") else "regions"}
    layer = folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        style_function=lambda feature: {"className": feature["properties"]["classes"]},
        marker=_symbol(),
        control=False,
        show=name != "mentioned",
        smooth_factor=0,
        **options,
    )
    layer._id = name.replace("-", "_")
    return layer


def _symbol() -> folium.Marker:
    icon = folium.DivIcon(icon_size=(SYMBOL_PX, SYMBOL_PX), icon_anchor=(SYMBOL_PX // 2, SYMBOL_PX // 2))
    return folium.Marker(icon=icon, rise_on_hover=True)


def _tiles() -> folium.TileLayer:
    layer = folium.TileLayer(
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        attr=OSM_CREDIT,
        max_zoom=19,
        show=False,
        control=False,
        overlay=True,
    )
    layer._id = "osm"
    return layer
