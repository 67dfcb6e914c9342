"""Claims for tests that keep, pass on and take back: one that is real-looking, and any at all."""

import datetime as dt

from hypothesis import strategies as st

from tally.model import Claim, Metric

ONE = Claim(
    id="c1",
    document_id="2025-05-21-xinhua",
    lang="en",
    metric=Metric.DRONES_INTERCEPTED,
    low=159,
    high=159,
    hedge="exact",
    aggregation="period",
    attacker="Ukraine",
    claimant="the Russian Ministry of Defense",
    claimant_side="Russia",
    place="",
    admin1=(),
    period_start=dt.date(2025, 5, 21),
    period_end=dt.date(2025, 5, 21),
    window="20:00-08:00",
    as_of="",
    published="2025-05-21",
    victims="",
    weapon="",
    mode="intercepted_and_destroyed",
    part_of="",
    unverified=False,
    quote="159 drones",
    start=10,
    end=13,
    rule="figure",
)

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
NUMBER = st.none() | st.integers(0, 10**9)
DAY = st.none() | st.dates(dt.date(2022, 1, 1), dt.date(2027, 1, 1))
CODES = st.lists(st.sampled_from(["RU-MOW", "RU-MOS", "UA-43"]), max_size=3, unique=True)
CLAIMS = st.builds(
    Claim,
    id=st.uuids().map(str),
    document_id=TEXT,
    lang=st.sampled_from(["en", "uk", "ru"]),
    metric=st.sampled_from(Metric),
    low=NUMBER,
    high=NUMBER,
    hedge=st.sampled_from(["exact", "about", "at_least", "range"]),
    aggregation=st.sampled_from(["period", "increment", "cumulative"]),
    attacker=TEXT,
    claimant=TEXT,
    claimant_side=st.sampled_from(["Ukraine", "Russia", "third_party", "unattributed"]),
    place=TEXT,
    admin1=CODES.map(tuple),
    period_start=DAY,
    period_end=DAY,
    published=st.sampled_from(["2025-05-21", "2025-05-21T06:30+03:00", "2025-06-01"]),
    unverified=st.booleans(),
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
    **dict.fromkeys(
        ["window", "as_of", "victims", "weapon", "mode", "part_of", "quote", "rule", "review"], TEXT
    ),
)
