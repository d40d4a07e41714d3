"""Name and place families for the retrieval test: invented names in Russian, Belarusian and Ukrainian spelling, declined by
school-book tables, romanised by the common systems. Written apart from `leakdesk.language`, so that it can disagree with it.

A family is one name; its forms are every case of every spelling and every romanisation of the nominatives. Two families with
names that differ by one sound are each other's distractors. Spellings are transcriptions: a name that is translated
(Заречье, Заріччя) is no family here.
"""

from __future__ import annotations

from dataclasses import dataclass

# kind, Russian, Belarusian, Ukrainian nominative (of the man, for surnames)
TUNED = """
ov Горбачёв Гарбачоў Горбачов
ov Горбатов Гарбатаў Горбатов
ov Кравцов Краўцоў Кравцов
ov Медведков Мядзведкаў Медведков
ov Лесников Леснікоў Лєсніков
ov Тихонов Ціханаў Тихонов
ov Федотов Фядотаў Федотов
ov Соловьёв Салаўёў Соловйов
ov Журавлёв Жураўлёў Журавльов
ov Дятлов Дзятлаў Дятлов
ov Шевелёв Шавялёў Шевельов
ov Щеглов Шчаглоў Щеглов
ov Яковлев Якаўлеў Яковлєв
ov Ершов Яршоў Єршов
ov Юрков Юркоў Юрков
ov Холодов Халадоў Холодов
ov Гусев Гусеў Гусєв
ov Захарченков Захарчанкаў Захарченков
ov Чернышёв Чарнышоў Чернишов
ov Воробьёв Вераб'ёў Воробйов
in Лопухин Лапухін Лопухін
in Ильюшкин Ільюшкін Ільюшкін
in Пряхин Прахін Пряхін
in Мишкин Мішкін Мішкін
in Деревягин Дзеравягін Дерев'ягін
in Тютчин Цютчын Тютчин
in Щукин Шчукін Щукін
in Савин Савін Савін
ski Заборовский Забароўскі Заборовський
ski Лещинский Ляшчынскі Лещинський
ski Дубровский Дуброўскі Дубровський
ski Вишневский Вішнеўскі Вишневський
ski Хмелевский Хмялеўскі Хмелевський
ski Жуковский Жукоўскі Жуковський
ski Ольховский Альхоўскі Ольховський
ski Тарновский Тарноўскі Тарновський
vich Мясникович Мясніковіч М'ясникович
vich Корсакевич Карсакевіч Корсакевич
vich Ждановский Жданоўскі Ждановський
vich Дашкевич Дашкевіч Дашкевич
vich Юхневич Юхневіч Юхневич
vich Синкевич Сінкевіч Сінкевич
vich Богданович Багдановіч Богданович
vich Гринкевич Грынкевіч Гринкевич
uk Ковальчук Кавальчук Ковальчук
uk Мельничук Мельнічук Мельничук
uk Савчук Саўчук Савчук
uk Головчук Галаўчук Головчук
uk Тимощук Цімашчук Тимощук
uk Бондарик Бандарык Бондарик
enko Петренчиков Петрэнчыкаў Петренчиков
enko Гриценко Грыцэнка Гриценко
enko Лысенко Лысенка Лисенко
enko Ткаченко Ткачэнка Ткаченко
enko Шестеренко Шасцярэнка Шестеренко
enko Яременко Ярэменка Яременко
sk Краснолесск Краснальеск Краснолєськ
sk Береговск Берагоўск Береговськ
sk Новогорск Навагорск Новогорськ
sk Озёрск Азёрск Озерськ
sk Полевск Палеўск Полевськ
sk Заречинск Зарэчынск Зарєчинськ
ov_place Гречихов Грэчыхаў Гречихов
ov_place Чернобоков Чарнабокаў Чернобоков
ichi Лубковичи Лубковічы Лубковичі
ichi Дворичи Дворычы Дворичі
ichi Ганевичи Ганевічы Ганевичі
ichi Ольшевичи Альшэвічы Ольшевичі
vo Гарбузово Гарбузова Гарбузове
vo Вязниково Вязнікава В'язникове
vo Соколово Сокалава Соколове
k Витебчик Віцебчык Вітебчик
k Слонимчик Слонімчык Слонимчик
mir Годомир Гадамір Годомир
mir Светомир Светамір Свєтомир
mir Любомир Любамір Любомир
ets Городец Гарадзец Городець
ets Кобринец Кобрынец Кобринець
ov Буцков Буцкоў Буцков
ov Пуцков Пуцкоў Пуцков
uk Романчук Раманчук Романчук
uk Рыманчук Рыманчук Риманчук
ski Солонский Салонскі Солонський
ski Салинский Салінскі Салинський
vich Левкович Леўковіч Левкович
vich Люткович Люткавіч Люткович
in Гудин Гудзін Гудін
in Кудин Кудзін Кудін
"""

# Families kept aside: judged, never tuned on.
KEPT_ASIDE = """
ov Рябцов Рабцоў Рябцов
ov Колосов Коласаў Колосов
ov Зверев Звераў Звєрєв
ov Муравьёв Мураўёў Муравйов
ov Голубков Галубкоў Голубков
ov Скворцов Скварцоў Скворцов
in Ягодкин Ягадкін Ягодкін
in Карпухин Карпухін Карпухін
in Дедюшин Дзядзюшын Дедюшин
ski Высоцкий Высоцкі Висоцький
ski Липницкий Ліпніцкі Липницький
ski Чайковский Чайкоўскі Чайковський
vich Ходкевич Хадкевіч Ходкевич
vich Манкевич Манкевіч Манкевич
vich Якимович Якімовіч Якимович
uk Гончарук Ганчарук Гончарук
uk Демчук Дземчук Демчук
enko Харченко Харчанка Харченко
enko Недбайленко Нядбайленка Недбайленко
sk Дубравинск Дубравінск Дубравинськ
sk Каменогорск Каменагорск Кам'яногорськ
ichi Барановцы Баранаўцы Баранівці
ichi Телеховичи Целяхавічы Телеховичі
"""

_CASES = {
    # language -> kind -> [(cut from the nominative, endings)]
    "ru": {
        "ov": [("", "а у ым е"), ("", "а ой у")],
        "in": [("", "а у ым е"), ("", "а ой у")],
        "ski": [("ий", "ого ому им ом"), ("ий", "ая ой ую")],
        "vich": [("", "а у ем е")],
        "uk": [("", "а у ом е")],
        "enko": [],
        "sk": [("", "а у ом е")],
        "ov_place": [("", "а у ом е")],
        "ichi": [("и", "ей ам ах")],
        "vo": [("о", "а у ом е")],
        "k": [("", "а у ом е")],
        "mir": [("", "а у ом е")],
        "ets": [("ец", "ца цу цом це")],
    },
    "be": {
        "ov": [("ў", "ва ву вым ве"), ("ў", "ва вай ву")],
        "in": [("", "а у ым е"), ("", "а ай у")],
        "ski": [("і", "ага аму ім"), ("і", "ая ай ую")],
        "vich": [("", "а у ам у")],
        "uk": [("", "а у ом у")],
        "enko": [],
        "sk": [("", "а у ам у")],
        "ov_place": [("ў", "ва ву вам ве")],
        "ichi": [("ы", "ам ах")],
        "vo": [],
        "k": [("", "а у ам у")],
        "mir": [("", "а у ам е")],
        "ets": [("ец", "ца цу цом цы")],
    },
    "uk": {
        "ov": [("", "а у им ові"), ("", "а ої ій у ою")],
        "in": [("", "а у им ові"), ("", "а ої ій у ою")],
        "ski": [("ий", "ого ому им"), ("ий", "а ої ій у ою")],
        "vich": [("", "а у ем еві")],
        "uk": [("", "а у ом ові")],
        "enko": [("о", "а у ом ові")],
        "sk": [("", "а у ом у")],
        "ov_place": [("", "а у ом і")],
        "ichi": [("і", "ам ах")],
        "vo": [("е", "а у ому")],
        "k": [("", "а у ом у")],
        "mir": [("", "а у ом і")],
        "ets": [("ець", "ця цю цем ці")],
    },
}
_NOT_DECLINED_SO = ("ський", "ский")


@dataclass(frozen=True)
class Family:
    """One name: its nominatives, and every form with the language it is written in."""

    name: str
    kind: str
    nominatives: tuple[str, ...]
    forms: tuple[tuple[str, str], ...]


def families(rows: str) -> list[Family]:
    """The families of a table above."""
    return [_family(*row.split()) for row in rows.strip().splitlines()]


def _family(kind: str, ru: str, be: str, uk: str) -> Family:
    kind = (
        "ski" if ru.endswith("ский") or ru.endswith("цкий") else "ov" if kind == "enko" and ru.endswith("ов") else kind
    )
    forms: dict[str, str] = {}
    for language, nominative in (("ru", ru), ("be", be), ("uk", uk)):
        forms.setdefault(nominative, language)
        for cut, endings in _CASES[language][kind]:
            if cut and not nominative.endswith(cut):
                continue
            for ending in endings.split():
                forms.setdefault(nominative.removesuffix(cut) + ending, language)
    latin = {*russian_latin(ru), *belarusian_latin(be), *ukrainian_latin(uk)}
    for each in sorted(latin):
        forms.setdefault(each, "en")
    return Family(ru, kind, (ru, be, uk, *sorted(latin)), tuple(forms.items()))


def _letters(word: str, table: dict[str, str]) -> str:
    out = "".join(table.get(char, char) for char in word.lower())
    return out[:1].upper() + out[1:]


_RU = dict(
    zip(
        "абвгдезийклмнопрстуфхыэъь",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "y",
            "e",
            "",
            "",
        ],
        strict=True,
    )
)
_RU |= {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ё": "yo"}


def russian_latin(word: str) -> set[str]:
    """Passport and press spellings of a Russian name."""
    soft = word.replace("ый", "ы").replace("ий", "и")
    yot = word.lower()
    for consonant in "бвгдзклмнпрстфх":
        yot = yot.replace(f"{consonant}ь" + "ё", f"{consonant}йё")
    plain = {_letters(word, {**_RU, "ё": "e"}), _letters(yot, {**_RU, "ё": "yo"}).replace("yyo", "yo")}
    if word.endswith(("ий", "ый")):
        plain |= {_letters(soft, {**_RU, "ё": "e"})[:-1] + "y", _letters(soft, {**_RU, "ё": "e"})[:-1] + "i"}
    plain.add(_letters(word, {**_RU, "ё": "e", "ю": "iu", "я": "ia"}))
    return plain


_BE = dict(
    zip(
        "абвгдезійклмнопрстуўфхыэ",
        [
            "a",
            "b",
            "v",
            "h",
            "d",
            "e",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "u",
            "f",
            "kh",
            "y",
            "e",
        ],
        strict=True,
    )
)
_BE |= {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "ь": "", "'": ""}
_SOFT_START = {"е": "e", "ё": "o", "ю": "u", "я": "a"}


def belarusian_latin(word: str) -> set[str]:
    """ICAO-like and press spellings, and the national Latin system without its marks."""
    return {_belarusian(word, "i"), _belarusian(word, "y")}


def _belarusian(word: str, glide: str) -> str:
    out: list[str] = []
    low = word.lower()
    for at, char in enumerate(low):
        if char in _SOFT_START:
            before = low[at - 1] if at else ""
            initial = not before or before in "аеёіоуыэюяўь'"
            out.append(
                (
                    "y"
                    if initial and (glide == "y" or char != "е")
                    else glide
                    if not initial and char != "е"
                    else "y"
                    if initial
                    else "i"
                    if glide == "i"
                    else ""
                )
                + _SOFT_START[char]
            )
        else:
            out.append(_BE.get(char, char))
    text = "".join(out)
    return text[:1].upper() + text[1:]


_UK = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщюя",
        [
            "a",
            "b",
            "v",
            "h",
            "g",
            "d",
            "e",
            "ie",
            "zh",
            "z",
            "y",
            "i",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "iu",
            "ia",
        ],
        strict=True,
    )
)
_UK |= {"ь": "", "'": ""}
_UK_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def ukrainian_latin(word: str) -> set[str]:
    """The national system of 2010."""
    low = word.lower()
    first = _UK_FIRST.get(low[0], _UK.get(low[0], low[0]))
    text = first + "".join(_UK.get(char, char) for char in low[1:]).replace("zgh", "zgh")
    text = text.replace("yi", "y") if low.endswith("ий") else text
    return {text[:1].upper() + text[1:]}
