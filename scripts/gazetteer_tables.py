"""What a row of the gazetteer is, what is taken up, which names mislead; knows no files."""

from dataclasses import dataclass, field

ORIGIN = "GeoNames (CC BY 4.0); forms written for this project"

# GeoNames numbers first-level units its own way.
UNITS_UA = "71 74 77 12 14 26 63 65 68 35 43 30 32 09 46 48 51 53 56 40 59 61 05 07 21 23 18"
UNITS_RU = (
    "01AD 03AL 04ALT 05AMU 06ARK 07AST 08BA 09BEL 10BRY 11BU 12CE 13CHE 15CHU 16CU 17DA 19IN 20IRK"
    " 21IVA 22KB 23KGD 24KL 25KLU 27KC 28KR 29KEM 30KHA 31KK 32KHM 33KIR 34KO 37KOS 38KDA 40KGN"
    " 41KRS 42LEN 43LIP 44MAG 45ME 46MO 47MOS 48MOW 49MUR 50NEN 51NIZ 52NGR 53NVS 54OMS 55ORE"
    " 56ORL 57PNZ 59PRI 60PSK 61ROS 62RYA 63SA 64SAK 65SAM 66SPE 67SAR 68SE 69SMO 70STA 71SVE"
    " 72TAM 73TA 75TOM 76TUL 77TVE 78TYU 79TY 80UD 81ULY 83VLA 84VGG 85VLG 86VOR 87YAN 88YAR"
    " 89YEV 90PER 91KYA 92KAM 93ZAB"
)
UNIT = {("UA", f"{number:02}"): f"UA-{code}" for number, code in enumerate(UNITS_UA.split(), 1)}
UNIT |= {("RU", code[:2]): f"RU-{code[2:]}" for code in UNITS_RU.split()}

# How small a settlement may be to be taken up: reports name villages where the fighting is.
FRONT = {f"UA-{code}" for code in ("63", "59", "14", "09", "23", "65", "74", "12", "48")}
BORDER = {f"RU-{code}" for code in ("BEL", "BRY", "KRS")}
WESTERN = "VOR ROS KDA ORL LIP TUL KLU SMO MOS SAR VGG TVE RYA TAM PSK NGR LEN AD STA VLA PNZ SAM"
WEST = {f"RU-{code}" for code in WESTERN.split()}
SURNAME = r"(?:[оеєё]в|[іиы]н|енко|[сц]ь?кий)$"
RELATIONAL = r"[сц]ь?к(?:а|ая|ий|ої|ой|ій|у|ую|ого|ому|ом|им|ім|ою|е|ое)$"
# Words of every text, or first names, that are also names of settlements.
WORDS = (
    "Bar Mena Anna Tim Marks Marx Kem Mine Engel Roman Slava Victoria Mir Марія "
    "Спартак Комар Вітка Гірник Судак Донець Чорнобай Зоря Чайки Українка Солоне Біле "
    "Ладан Короп Авангард Мирне Нове Перемога Свобода Світле Веселе Червоне Садове "
    "Маяк Маяки Металіст Дружба Покров Калач Азов Гвардійське Приморське Прилиманське "
    "Вільне Жовте Хороше Широке Зелене Іскра Artyom Стила Щербак Бабаї Добре Восход "
    "Долина Остров Виноградів Стрим Токарі Багатирі Рені Березовський Центральний "
    "Північний Siverskyi Дачне"
)
NOT_ALONE = set(WORDS.split())
NOT_MEANT = {"Кіровський", "Афіни", "Старе місто", "Абакумова", "Академічеськоє"}


@dataclass
class Settlement:
    """One row of the table that is being built."""

    name_uk: str
    name_ru: str
    admin1: str
    population: int
    kind: str = ""
    name_en: str = ""
    forms_en: list[str] = field(default_factory=list)
    forms_uk: list[str] = field(default_factory=list)
    forms_ru: list[str] = field(default_factory=list)
    common: list[str] = field(default_factory=list)
    ambiguous: str = ""
    origin: str = ORIGIN
    point: tuple[str, str] = ("", "")

    def lists(self) -> tuple[list[str], list[str], list[str]]:
        """Return the three lists of forms, to be changed in place."""
        return self.forms_en, self.forms_uk, self.forms_ru


NEVER = {"Українська", "Українську"}


def unique(forms: list[str]) -> list[str]:
    """Return the forms without repeats and without those of fewer than three letters."""
    return [form for form in dict.fromkeys(forms) if len(form) > 2 and form not in NEVER]
