"""Invented lines with every private value marked by ⟦ ⟧, and lines that hold none: P8's labelled set."""

from __future__ import annotations

PRIVATE = """
Write to ⟦o.kravets@home.example⟧ or ⟦office+a@plant.example⟧, not to me.
Call me at ⟦+375 29 555-01-02⟧ or, at night, ⟦+380 (44) 555 01 02⟧.
Тел.: ⟦8 (029) 555-01-02⟧, моб. ⟦029 555 01 03⟧
тэл. ⟦+375 17 555 01 04⟧, факс ⟦17-555-01-05⟧
My cell: ⟦(212) 555-0142⟧; office phone ⟦212 555 0143⟧
Переведите на ⟦GB82 WEST 1234 5698 7654 32⟧ до пятницы.
IBAN ⟦DE89370400440532013000⟧, reference 44.
Карта ⟦4111 1111 1111 1111⟧ заблокирована.
Паспорт ⟦MP 1234567⟧ выдан в мае.
passport no. ⟦123456789⟧ was shown at the border
Личный номер ⟦3120585A001PB7⟧.
СНИЛС ⟦112-233-445 95⟧, ИНН ⟦500100732259⟧
УНП ⟦190190190⟧
Она родилась ⟦12.04.1985⟧ в Гомеле.
Date of birth: ⟦1985-04-12⟧
born on ⟦April 12, 1985⟧ in Brest
нарадзілася ⟦12.04.1985⟧
Живёт по адресу: ⟦ул. Липовая, д. 12, кв. 5⟧.
вул. адрас: ⟦вул. Ліпавая, 12⟧
Мешкає: ⟦вулиця Липова, буд. 12, кв. 5⟧
She lives at ⟦12 Elder Lane, Flat 3⟧ with her mother.
meet me at ⟦4 Old Mill Road⟧ at noon
Confirm here: ⟦https://example.org/confirm?id=88c41f3a77⟧
In-Reply-To: ⟦<20230401.77a@mx.plant.example>⟧
Received from host ⟦203.0.113.77⟧ yesterday
дом. тел ⟦8-017-555-01-06⟧
Skype or ⟦ihar.dudko@mail.example⟧?
проспект: ⟦пр-т Победителей, 7⟧
Кантакт: ⟦+375295550107⟧
card ⟦5555555555554444⟧
""".strip().splitlines()

NONE = """
Contract 2023-44 of 12.04.2019 is worth 1 200 000 euros.
Договор № 17-05/2021 от 4 мая на сумму 240 000,00 рублей.
The lathe weighs 12 500 kg and has serial 8842-17.
ГОСТ 2.104-2006, чертёж 4488.00.00.000, лист 3
See https://example.org/news for the report.
It runs Windows 10.0.19045 and driver 4.2.1.
Самолёт Ил-76 вылетел в 14:30 с грузом 45 тонн.
Приказ 029 от 2021-05-06 подписан директором.
Партия 1234 5678 единиц ушла в Гомель.
на улице было холодно, в доме 12 человек
Room 12, second floor, at 10:15 on Monday
The 44 Directors met on Elm and left by the road.
VAT rate 20 %, price 3,50 per unit, 1:100 scale
Цена выросла с 100 до 1500 за штуку, скидка 5-7 %
Order AB12-3456 and DE-100 arrived together.
Телефон не отвечал весь день.
Она родилась весной и выросла у моря.
In 2019 the plant made 1,234,567 parts.
Артикул 500-100-732, склад 7, ряд 12
meeting @ noon, 5 @ 3.50 each
""".strip().splitlines()
