"""Thirty names and places as letters really have them: inflected, in small letters, misread by scanners, spelled the German,
Polish or French way. Written before they were ever searched, in another style than `families`.

(what is asked, sentences that must be found); every other sentence here is a distractor. Invented people, real large towns.
"""

from __future__ import annotations

SENTENCES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("Жданович", "Ждановіч", "Zhdanovich"), ("передайте ждановичу, что акт готов", "Размаўляў са Ждановічам учора.", "Herr Schdanowitsch hat unterschrieben.", "spotkanie z Żdanowiczem w środę", "Жданови4 согласовал смету")),
    (("Шевченко", "Shevchenko"), ("лист від шевченко отримано", "Frau Schewtschenko rief gestern an.", "Szewczenko nie odpowiada", "у Шевченко нет подписи", "monsieur Chevtchenko est absent")),
    (("Кузьмин", "Кузьмін", "Kuzmin"), ("спросите у кузьмина про насосы", "Кузьміну перадалі ліст.", "Treffen mit Kusmin am Montag", "Гражданин Кузьмиh уволен", "rozmowa z Kuźminem")),
    (("Чижов", "Чыжоў", "Chizhov"), ("Чижову выдали пропуск", "чыжовым подпісана", "Tschischow liefert nicht", "Czyżow potwierdził", "к Чижовой зайди")),
    (("Хмелевский", "Хмялеўскі", "Khmelevsky"), ("Хмелевского вызвали в прокуратуру", "пра Хмялеўскага не пісаць", "Chmielewski dzwonił", "Chmelewskij war dabei", "хмелевскому передать копию")),
    (("Щербаков", "Shcherbakov"), ("щербаковым подписан акт", "Schtscherbakow und Söhne", "Szczerbakow wyjechał", "Щербакову отказано", "Щер6аков в отпуске")),
    (("Юрченко", "Yurchenko"), ("з юрченком домовились", "Jurtschenko zahlt bar", "Jurczenko przysłał umowę", "Юрченку надіслали рахунок")),
    (("Журавлёв", "Жураўлёў", "Zhuravlyov"), ("журавлев просил перезвонить", "Жураўлёву далі адказ", "Schurawljow kommt später", "документы Журавлёва", "Żurawlow nie przyszedł")),
    (("Гаврилюк", "Havryliuk"), ("Гаврилюка немає на місці", "гаврилюком перевірено", "Hawryluk podpisał", "Gawriljuk bestätigt")),
    (("Белоус", "Білоус", "Bilous"), ("Белоусу передали ключи", "у Білоуса день народження", "білоусом підписано")),
    (("Ткаченко", "Tkachenko"), ("ткаченко, зайдите в бухгалтерию", "Tkatschenko hat recht", "pani Tkaczenko", "Ткаченком узгоджено")),
    (("Лысенко", "Лисенко", "Lysenko"), ("Лысенко молчит", "лисенку дзвонили двічі", "Łysenko odmówił", "Lissenko schweigt")),
    (("Ефимов", "Яфімаў", "Efimov"), ("Ефимова допросили", "яфімавым пацверджана", "Jefimow ist krank", "Yefimov signed", "Jefimow podpisał")),
    (("Мельниченко", "Melnychenko"), ("мельниченка призначили", "Melnitschenko fragt nach", "Мельниченко просит аванс")),
    (("Соловьёв", "Салаўёў", "Solovyov"), ("соловьев в командировке", "Салаўёвым напісана", "Solowjow meldet sich", "Sołowjow wyjechał", "Соловьёвой выслали счёт")),
    (("Цветков", "Цвяткоў", "Tsvetkov"), ("цветкову не звоните", "Zwetkow wartet", "Cwietkow czeka", "са Цвятковым", "Цветкова видели в цеху")),
    (("Дорошенко", "Doroshenko"), ("Дорошенко підписав", "Doroschenko bezahlt", "Doroszenko płaci", "дорошенкові передали")),
    (("Худяков", "Khudyakov"), ("худякова нет в списке", "Chudjakow fehlt", "Chudiakow", "Худякову дали выговор")),
    (("Ященко", "Yashchenko"), ("ященком складено", "Jaschtschenko rief an", "Jaszczenko")),
    (("Муравьёв", "Мураўёў", "Muravyov"), ("Муравьеву отгрузили", "мураўёвым", "Murawjow fliegt morgen", "Murawjow podpisał")),
    (("Барановичи", "Баранавічы", "Baranavichy"), ("выехали из барановичей", "у Баранавічах дождж", "Baranowicze czekają", "zug nach Baranowitschi", "под Барановичами")),
    (("Гомель", "Homel", "Gomel"), ("из гомеля привезли", "у Гомелі склад", "Homel potwierdza", "Гомелем согласовано")),
    (("Чернигов", "Чернігів", "Chernihiv"), ("з чернігова", "под Черниговом", "Tschernihiw meldet", "Czernihów", "у Чернігові")),
    (("Житомир", "Zhytomyr"), ("до Житомира", "Schytomyr", "Żytomierz", "в житомире", "під Житомиром")),
    (("Запорожье", "Запоріжжя", "Zaporizhzhia"), ("из запорожья", "у Запоріжжі", "Saporischschja", "в Запорожье привезли")),
    (("Мозырь", "Мазыр", "Mazyr"), ("в мозыре", "з Мазыра", "Мозырем", "Mosyr liefert")),
    (("Днепр", "Дніпро", "Dnipro"), ("в днепре", "у Дніпрі", "з Дніпра", "Dnipro office")),
    (("Могилёв", "Магілёў", "Mogilev"), ("из могилева", "у Магілёве", "Mahiliou works", "Mogiljow", "Mohylew")),
    (("Орша", "Ворша", "Orsha"), ("в орше", "з Воршы", "Orscha", "Orszą", "под Оршей")),
    (("Жлобин", "Жлобін", "Zhlobin"), ("в жлобине", "са Жлобіна", "Schlobin", "Żłobin")),
)  # fmt: skip

#: Sentences that nothing above may find.
BYSTANDERS = (
    "ткач принёс ткань, мельник ушёл", "журавли летят над рекой, соловьи молчат", "цветы и цветки на столе", "лысый человек у входа",
    "баран бодает ворота", "хмель растёт у забора", "щербатая чашка", "чиж поёт, муравей ползёт", "шевелится занавес", "днём было тихо",
    "Der Zweck heiligt die Mittel", "The children sat at the table", "Могила неизвестного солдата", "белый ус, чёрный ус", "Schlosser gesucht",
)  # fmt: skip
