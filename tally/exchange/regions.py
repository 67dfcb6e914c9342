"""What a country's own side says of people hurt in each of its regions on one day."""

from tally.evidence import Count, Night
from tally.model import Metric
from tally.tolls import region_tolls


def stated_tolls(night: Night, metric: Metric, country: str) -> dict[str, Count]:
    """Return the toll of each region by code, with the bounds and the doubt that were stated.

    The regions' tolls of a briefing are only the least, fit to be added up.
    """
    return {
        code: _stated(night, metric, count)
        for code, count in region_tolls(night, metric, country).items()
    }


def _stated(night: Night, metric: Metric, least: Count) -> Count:
    ids = {night.claims[number - 1].id for number in least.numbers}
    same = (
        estimate
        for estimate in night.estimates
        if estimate.metric == metric
        and estimate.low == least.low
        and ids.intersection(estimate.claim_ids)
    )
    found = next(same, None)
    return night.count(found) if found else least
