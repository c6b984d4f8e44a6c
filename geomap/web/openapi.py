"""The OpenAPI document, with errors in the shape that they are really answered in."""

from __future__ import annotations

from typing import Any

from apiflask import APIFlask

from geomap.web.schemas import Problem

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
DESCRIPTIONS = {
    "400": "The text cannot be read",
    "404": "No incident or revision of that name",
    "413": "More than is read at once",
    "415": "Not JSON",
    "422": "The request does not fit its schema, or its text is no report",
    "429": "Too many requests at once",
    "503": "The store or the gazetteer cannot be read",
}
READING = ("400", "413", "415", "422", "429", "503")
"""What may go wrong where a text is sent to be read."""


def describe(app: APIFlask) -> None:
    """Set what the document says of the API as a whole, and finish it."""
    app.config["VALIDATION_ERROR_SCHEMA"] = app.config["HTTP_ERROR_SCHEMA"] = Problem
    app.description = "News reports of an incident in; a sourced, checkable map out."
    app.config["AUTO_SERVERS"] = False
    app.spec_processor(_finish)


def _finish(document: Any) -> Any:
    for path in document["paths"].values():
        for method, operation in path.items():
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
            responses = operation["responses"]
            for code in (*(READING if method == "post" else ()), "503"):
                responses.setdefault(code, {})
            for code, response in responses.items():
                if code >= "400":
                    response["description"] = DESCRIPTIONS.get(code, response.get("description", "An error"))
                    response["content"] = PROBLEM
            operation["responses"] = dict(sorted(responses.items()))
    for schema in ("HTTPError", "ValidationError"):
        document["components"]["schemas"].pop(schema, None)
    return document
