"""Tables of the kind that charts draw, with every sign of doubt, long names and days unsaid."""

import datetime as dt

import pandas as pd

NOBODY = None
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WORD = "Ukrainian officials"

STEPS = pd.DataFrame(
    [("Killed, Odesa, 23 May", WORD, "Ukraine", 1, 2, 2, "2"),
     ("Killed, Odesa, 23 May", WORD, "Ukraine", 2, 3, 3, "3"),
     ("Injured, Kyiv Oblast, 25 May", WORD, "Ukraine", 2, 10, NOBODY, "≥ 10"),
     ("Injured, Kyiv Oblast, 25 May", WORD, "Ukraine", 2.5, 23, 29, "23–29"),
     ("Killed, Shostka, 20 May", "Russia’s Ministry of Defence", "Russia", 0, NOBODY, 70, "≤ 70"),
     ("Injured, Lgov, 22 May", "Alexander Khinshtein", "Russia", 0, 12, 12, "12"),
     ("Injured, Lgov, 22 May", "Alexander Khinshtein", "Russia", 2, NOBODY, NOBODY, ""),
     ("Injured, Lgov, 22 May", "Alexander Khinshtein", "Russia", 5.5, 16, NOBODY, "≥ 16")],
    columns=["heading", "note", "side", "at", "low", "high", "sign"],
)  # fmt: skip
STEPS.attrs["ticks"] = ["20 May", "21 May", "22 May", "23 May", "24 May", "25 May", "26 May"]

PAIRS = pd.DataFrame(
    [("People", "Killed, Shostka, 20 May", "National Guard", "Ukraine", 6, 6, "6",
      "Russia’s Ministry of Defence", "Russia", NOBODY, 70, "≤ 70"),
     ("People", "Injured, Kharkiv, 21 May", "Oleh Syniehubov", "Ukraine", 6, 6, "6",
      "police", "Ukraine", 7, 7, "7"),
     ("People", "Killed, 25 May", "the United Nations", "third_party", 12, 12, "12",
      "a report, naming no source", "unattributed", 13, NOBODY, "≥ 13"),
     ("Drones", "Ukrainian drones stopped", "the Ministry", "Russia", 1177, 1177, "1,177",
      "the Ministry", "Russia", 1170, 1548, "1,170–1,548"),
     ("Drones", "Russian drones launched", "Air Force", "Ukraine", 298, 298, "298",
      "a paper", "unattributed", 250, 250, "~250")],
    columns=["heading", "subject", *(f"{name}_{key}" for key in ("one", "other")
                                     for name in ("who", "side", "low", "high", "sign"))],
)  # fmt: skip

# What nobody said, a stated zero, a least, a range.
SAID = [(NOBODY, 0, "", False), (0, 0, "0", False), (64, 64, "≥ 64", True), (3, 10, "3–10", False)]
MULTIPLES = pd.DataFrame(
    [(heading, f"{name} {number}", side, f"{14 + day} May", *SAID[(day + number) % 4])
     for heading, side, name in (
         ("Ukrainian drones stopped, on Russia’s word", "Russia", "Oblast"),
         ("People injured, the least on Ukraine’s word", "Ukraine", "Region"),
     )
     for number in range(6)
     for day in range(15)],
    columns=["heading", "region", "side", "day", "drawn", "reach", "sign", "open"],
)  # fmt: skip

FIRST = dt.date(2025, 5, 14)
DATES = [FIRST + dt.timedelta(days=n) for n in range(33)]
MONDAYS = [date - dt.timedelta(days=date.weekday()) for date in DATES]
CALENDAR = pd.DataFrame(
    [(heading, date, f"{monday.day} {monday:%b}", side, SAID[n % 4][0],
      "≥ 1,112" if n == 6 else SAID[n % 4][2])
     for heading, side in (
         ("Killed, Ukraine’s word", "Ukraine"), ("Injured, Ukraine’s word", "Ukraine"),
         ("Drones stopped, Russia", "Russia"),
     )
     for n, (date, monday) in enumerate(zip(DATES, MONDAYS, strict=True))],
    columns=["heading", "date", "week", "side", "drawn", "sign"],
)  # fmt: skip
CALENDAR["shown"] = CALENDAR["sign"].str.replace(" ", "")
