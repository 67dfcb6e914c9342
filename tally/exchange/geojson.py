"""Claims as GeoJSON (RFC 7946): a feature a claim, placed only where its settlement is known.

A claim about a region, a sea or a whole country has null geometry and the codes of its regions:
a point in the middle of a region says something that nobody said.
"""

import json
from pathlib import Path

from tally.exchange.exported import CAUTIONS, Edition, Loss, texts_left
from tally.exchange.places import point
from tally.exchange.records import from_json, to_json
from tally.files import write_whole
from tally.model import Claim


def write_geojson(edition: Edition, path: Path) -> tuple[Loss, ...]:
    """Write a feature collection; a coordinate is that of the settlement, to four decimals."""
    features = [_feature(edition, claim) for claim in edition.claims]
    held = {
        "type": "FeatureCollection",
        "features": features,
        "notes": [*CAUTIONS, "Points are those of settlements in GeoNames (CC BY 4.0)."],
    }
    write_whole(path, json.dumps(held, ensure_ascii=False, indent=1) + "\n")
    return (texts_left(edition),)


def read_geojson(path: Path) -> tuple[Claim, ...]:
    """Return the claims of a file that `write_geojson` wrote."""
    held = json.loads(path.read_text(encoding="utf-8"))
    return tuple(from_json(feature["properties"]) for feature in held["features"])


def _feature(edition: Edition, claim: Claim) -> dict[str, object]:
    document = edition.documents.get(claim.document_id)
    at = point(claim.place, claim.admin1)
    names = [edition.names.place("", (code,)) for code in claim.admin1]
    return {
        "type": "Feature",
        "id": claim.id,
        "geometry": {"type": "Point", "coordinates": list(at)} if at else None,
        "properties": {
            **to_json(claim),
            "admin1_names": names,
            "geo_precision": precision(claim),
            "publisher": document.publisher if document else "",
            "url": document.url if document else "",
        },
    }


def precision(claim: Claim) -> str:
    """Return how finely a claim is placed, from its settlement to the whole country."""
    if point(claim.place, claim.admin1):
        return "settlement"
    if claim.place and not claim.admin1:
        return "sea or unknown"
    if not claim.admin1:
        return "country"
    return "region" if len(claim.admin1) == 1 else "regions"
