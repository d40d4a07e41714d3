"""Small invented lists, one in each format that leakdesk reads. Nobody in them exists."""

from __future__ import annotations

import io

from leakdesk.screening.streams import ListFile

OFAC_SDN = (
    '9001,"KALUGIN-PROBNY, Artsiom Viktaravich","individual","BELARUS] [TESTPROG","Deputy Chairman of a Committee",-0- ,-0- ,-0- ,'
    '-0- ,-0- ,-0- ,"DOB 30 Aug 1964; alt. DOB 1965; POB Goreslavl, Belarus; nationality Belarus; Passport AB1234567 (Belarus); '
    "a.k.a. 'PROBA'.\"\n"
    '9002,"121 GORESLAVL AIRCRAFT REPAIR PLANT",-0- ,"BELARUS",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n'
    '9003,"GORESLAVL STAR","vessel","TESTPROG",-0- ,"X1",-0- ,-0- ,-0- ,"Cyprus",-0- ,"Identification Number IMO 9123456."\n\x1a'
)
OFAC_ALT = '9001,1,"aka","KALUGIN-PROBNYI, Artem",-0- \n9002,2,"fka","121 ARZ OAO",-0- \n'
OFAC_ADD = '9002,1,"1 Zavodskaya St.","Goreslavl","Belarus",-0- \n'
OFAC_XML = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="http://example.org/sdn"><publshInformation><Publish_Date>03/21/2024</Publish_Date><Record_Count>2</Record_Count></publshInformation>
<sdnEntry><uid>9001</uid><firstName>Artsiom Viktaravich</firstName><lastName>KALUGIN-PROBNY</lastName><sdnType>Individual</sdnType>
<programList><program>BELARUS</program></programList><idList><id><uid>5</uid><idType>Passport</idType><idNumber>AB1234567</idNumber></id></idList>
<akaList><aka><uid>1</uid><type>a.k.a.</type><category>weak</category><lastName>PROBA</lastName></aka></akaList>
<nationalityList><nationality><country>Belarus</country></nationality></nationalityList>
<dateOfBirthList><dateOfBirthItem><dateOfBirth>circa 1964</dateOfBirth></dateOfBirthItem></dateOfBirthList></sdnEntry>
<sdnEntry><uid>9002</uid><lastName>121 GORESLAVL AIRCRAFT REPAIR PLANT</lastName><sdnType>Entity</sdnType></sdnEntry></sdnList>"""
UN = """<?xml version='1.0' encoding='utf-8'?>
<CONSOLIDATED_LIST dateGenerated="2024-02-27T00:00:09.554Z"><INDIVIDUALS><INDIVIDUAL><DATAID>77</DATAID>
<FIRST_NAME>ARTSIOM</FIRST_NAME><SECOND_NAME>KALUGIN-PROBNY</SECOND_NAME><UN_LIST_TYPE>Test</UN_LIST_TYPE><REFERENCE_NUMBER>TSi.001</REFERENCE_NUMBER>
<LISTED_ON>2019-10-17</LISTED_ON><NAME_ORIGINAL_SCRIPT>Арцём Калугін-Пробны</NAME_ORIGINAL_SCRIPT><NATIONALITY><VALUE>Belarus</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Proba</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1964</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>78</DATAID><FIRST_NAME>GORESLAVL TRADING</FIRST_NAME><REFERENCE_NUMBER>TSe.002</REFERENCE_NUMBER>
</ENTITY></ENTITIES></CONSOLIDATED_LIST>"""
EU_CSV = (
    "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_DesignationDate;Entity_SubjectType;"
    "Entity_SubjectType_ClassificationCode;Entity_Regulation_Programme;NameAlias_WholeName;NameAlias_Remark;BirthDate_BirthDate;"
    "Citizenship_CountryIso2Code;Identification_Number;Identification_TypeDescription\n"
    "22/09/2024;13;EU.1.1;2022-03-02;P;person;BLR;Artsiom Kalugin-Probny;;;;;\n"
    "22/09/2024;13;EU.1.1;2022-03-02;P;person;BLR;Арцём КАЛУГІН-ПРОБНЫ;;1964-08-30;BY;;\n"
    "22/09/2024;13;EU.1.1;2022-03-02;P;person;BLR;Proba;Low quality alias;;;AB1234567;National passport\n"
    "22/09/2024;14;EU.1.2;2023-08-03;E;enterprise;BLR;121 Aircraft Repair Plant;;;;;\n"
)
EU_XML = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://example.org/export" generationDate="2024-09-22T00:00:00+02:00"><sanctionEntity designationDate="2022-03-02" euReferenceNumber="EU.1.1" logicalId="13">
<regulation programme="BLR" publicationDate="2022-03-02" entryIntoForceDate="2022-03-03"/><subjectType code="person" classificationCode="P"/>
<nameAlias wholeName="Artsiom Kalugin-Probny" strong="true"/><nameAlias wholeName="Proba" strong="false"/>
<citizenship countryIso2Code="BY" countryDescription="BELARUS"/><birthdate circa="false" year="1964" monthOfYear="8" dayOfMonth="30"/>
<identification identificationTypeDescription="National passport" number="AB1234567"/></sanctionEntity></export>"""
UK_XML = """<?xml version="1.0" encoding="utf-8"?>
<Designations><DateGenerated>21/09/2024</DateGenerated><Designation><DateDesignated>25/01/2021</DateDesignated><UniqueID>BLR0900</UniqueID>
<Names><Name><Name1>ARTSIOM</Name1><Name6>KALUGIN-PROBNY</Name6><NameType>Primary Name</NameType></Name>
<Name><Name1>ARTEM</Name1><Name6>KALUGIN-PROBNYI</Name6><NameType>Alias</NameType></Name></Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>Арцём Калугін-Пробны</NameNonLatinScript></NonLatinName></NonLatinNames>
<RegimeName>A test regime</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip>
<IndividualDetails><Individual><DOBs><DOB>dd/mm/1964</DOB></DOBs><Nationalities><Nationality>Belarus</Nationality></Nationalities></Individual></IndividualDetails>
</Designation></Designations>"""
UK_CSV = (
    "Report Date: 21-Sep-2024,,,,,,,,,\n"
    "Last Updated,Unique ID,Name 6,Name 1,Designation Type,Name type,Alias strength,D.O.B,Nationality(/ies),Date Designated\n"
    "01/02/2024,BLR0900,KALUGIN-PROBNY,ARTSIOM,Individual,Primary Name,,30/08/1964,Belarus,25/01/2021\n"
    "01/02/2024,BLR0900,PROBA,,Individual,Alias,Low quality a.k.a.,,,25/01/2021\n"
    "01/02/2024,BLR0901,121 AIRCRAFT REPAIR PLANT,,Entity,Primary Name,,,,25/01/2021\n"
)
OFSI_CSV = (
    "Last Updated,21/09/2024,,,,,,\n"
    "Name 6,Name 1,Name 2,DOB,Nationality,Group Type,Alias Type,Group ID\n"
    "KALUGIN-PROBNY,ARTSIOM,,30/08/1964,Belarus,Individual,Primary name,15000\n"
)
SWISS = """<?xml version="1.0" encoding="UTF-8"?>
<swiss-sanctions-list list-type="full-list" date="2024-09-20"><sanctions-program><program-name lang="eng">A test ordinance</program-name><sanctions-set lang="eng" ssid="11">x</sanctions-set></sanctions-program>
<target ssid="500" sanctions-set-id="11"><individual sex="male"><identity main="true"><name name-type="primary-name" quality="good">
<name-part order="1" name-part-type="family-name"><value>Kalugin-Probny</value><spelling-variant lang="bel" script="Cyrl">Калугін-Пробны</spelling-variant></name-part>
<name-part order="2" name-part-type="given-name"><value>Artsiom</value><spelling-variant lang="bel" script="Cyrl">Арцём</spelling-variant></name-part></name>
<day-month-year day="30" month="8" year="1964"/><nationality><country iso-code="BY">Belarus</country></nationality></identity></individual>
<modification modification-type="listed" effective-date="2022-03-16" publication-date="2022-03-16"/></target>
<target ssid="501" sanctions-set-id="11"><entity><identity><name name-type="primary-name" quality="good"><name-part order="1" name-part-type="whole-name"><value>Goreslavl Trading</value></name-part></name>
<address place-id="9"/></identity><relation relation-type="owned-by" target-id="500" ssid="7"/></entity>
<modification modification-type="listed" publication-date="2020-01-01"/><modification modification-type="de-listed" publication-date="2023-05-05"/></target>
<place ssid="9"><location>Goreslavl</location><country iso-code="BY">Belarus</country></place></swiss-sanctions-list>"""
CANADA = """<?xml version="1.0" encoding="utf-8"?>
<data-set><record><Country>Belarus / Bélarus</Country><LastName>Kalugin-Probny</LastName><GivenName>Artsiom</GivenName><DateOfBirth>30-08-1964</DateOfBirth>
<Schedule>1, Part 1</Schedule><Item>9</Item><Aliases>Artem Kalugin-Probnyi; Proba</Aliases><DateOfListing>2020-09-29</DateOfListing></record>
<record><Country>Belarus / Bélarus</Country><Entity>121 Aircraft Repair Plant/121e usine</Entity><Schedule>1, Part 2</Schedule><Item>2</Item></record></data-set>"""
UKRAINE = (
    '[{"sid": 7001, "subjectType": "individual", "name": "Калугін-Пробний Артем Вікторович (Калугин-Пробный Артём, Калугін-Пробны Арцём)", '
    '"translit": "Kaluhin-Probnyi Artem", "aliases": null, "bd": "1964-08-30", "citizenships": ["Білорусь"], '
    '"identifiers": [{"id": "doc:passport", "code": "AB1234567"}], "actions": [{"decree": {"number": "111/2023", "date": "2023-02-05"}}]},\n'
    '{"sid": 7002, "subjectType": "legal", "name": "121 авіаремонтний завод", "translit": "", "aliases": [], "citizenships": [], "identifiers": null}]'
)
OS_JSON = "\n".join(
    [
        '{"id":"Q1","caption":"Artsiom Kalugin-Probny","schema":"Person","target":true,"datasets":["by_test"],"last_seen":"2024-09-20T01:00:00","properties":{"name":["Artsiom Kalugin-Probny","Артём Калугин-Пробный"],"birthDate":["1964-08-30"],"nationality":["by"],"topics":["sanction"]}}',
        '{"id":"S1","caption":"x","schema":"Sanction","datasets":["by_test"],"properties":{"entity":["Q1"],"program":["Test"],"startDate":["2021-06-21"]}}',
        '{"id":"P1","caption":"x","schema":"Passport","datasets":["by_test"],"properties":{"holder":["Q1"],"number":["AB1234567"]}}',
        '{"id":"C1","caption":"Goreslavl Trading","schema":"Company","target":false,"datasets":["by_test"],"properties":{"name":["Goreslavl Trading LLC"],"jurisdiction":["by"]}}',
        '{"id":"O1","caption":"x","schema":"Ownership","datasets":["by_test"],"properties":{"owner":["Q1"],"asset":["C1"],"percentage":["60 %"]}}',
        '{"id":"A1","caption":"x","schema":"Address","datasets":["by_test"],"properties":{"full":["Goreslavl"]}}',
    ]
)
OS_CSV = (
    '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails","dataset","first_seen","last_seen","last_change"\n'
    '"Q1","Person","Artsiom Kalugin-Probny","Артём Калугин-Пробный;Artem Kalugin-Probnyi","1964-08-30;1964","by","","AB1234567","Test programme","","","A test list","2021-06-22","2024-09-20","2024-01-01"\n'
)
OWN_CSV = (
    "id,schema,name,aliases,birth_date,countries,identifiers,sanctions\n"
    "p1,Person,Artsiom Kalugin-Probny,Калугин-Пробный Артём Викторович;Proba,1964-08-30,by,Passport AB1234567,own research\n"
    "b1,Organization,121 Aircraft Repair Plant,,,by,,\n"
)
GOODS_CSV = "code,wording,regime,tier,hs,terms\nT1,Machine tools of a test,A test regime,1,8457.10;8458,machining cent*;обрабатывающ* центр*\n"

#: Format -> (file name -> text, title, date, entries).
SAMPLES: dict[str, tuple[dict[str, str], str, str, int]] = {
    "ofac.csv": (
        {"sdn.csv": OFAC_SDN, "alt.csv": OFAC_ALT, "add.csv": OFAC_ADD},
        "OFAC Specially Designated Nationals",
        "",
        3,
    ),
    "ofac.xml": ({"sdn.xml": OFAC_XML}, "OFAC Specially Designated Nationals", "2024-03-21", 2),
    "un.xml": ({"un.xml": UN}, "UN Security Council consolidated list", "2024-02-27", 2),
    "eu.csv": ({"eu.csv": EU_CSV}, "EU consolidated financial sanctions list", "2024-09-22", 2),
    "eu.xml": ({"eu.xml": EU_XML}, "EU consolidated financial sanctions list", "2024-09-22", 1),
    "uk.xml": ({"uk.xml": UK_XML}, "UK Sanctions List", "2024-09-21", 1),
    "uk.csv": ({"uk.csv": UK_CSV}, "UK Sanctions List", "2024-09-21", 2),
    "swiss.xml": ({"seco.xml": SWISS}, "Swiss (SECO) sanctions list", "2024-09-20", 2),
    "canada.xml": ({"sema.xml": CANADA}, "Canada consolidated autonomous sanctions list", "", 2),
    "ukraine.json": ({"ua.json": UKRAINE}, "Ukraine state sanctions register", "", 2),
    "opensanctions.json": ({"entities.ftm.json": OS_JSON}, "OpenSanctions (by_test)", "2024-09-20", 1),
    "opensanctions.csv": ({"targets.simple.csv": OS_CSV}, "OpenSanctions (A test list)", "2024-09-20", 1),
    "own.csv": ({"own.csv": OWN_CSV}, "", "", 2),
    "goods.csv": ({"goods.csv": GOODS_CSV}, "A test regime", "", 0),
}


def as_file(name: str, text: str | bytes) -> ListFile:
    """A list in memory."""
    data = text if isinstance(text, bytes) else text.encode()
    return ListFile(name, lambda: io.BytesIO(data))


def files_of(format_: str) -> list[ListFile]:
    """The files of a sample."""
    return [as_file(name, text) for name, text in SAMPLES[format_][0].items()]
