# ruff: noqa: E501 - documents are set as their offices set them
"""Invented documents as plain text, set as different offices set them: each with what a careful registrar would enter."""

from typing import Any

from tests.governance.samples import NOTHING


def case(name: str, text: str, **expected: Any) -> tuple[str, str, dict[str, Any]]:
    assert not set(expected) - set(NOTHING)
    return name, text, NOTHING | expected


CASES = (
    case(
        "numret inom parentes efter rubriken",
        """\
LILLHAMRA KOMMUN          SAMMANTRÄDESPROTOKOLL          3 (14)
Kommunstyrelsen
                          Sammanträdesdatum
                          2023-05-08

§ 74  Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen (KS/2023:123)

Kommunstyrelsens beslut

Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen godkänns.

Expedieras
Samverkan Stockholmsregionen
Akten
""",
        document_type="protokollsutdrag", organisation="Lillhamra kommun", body="Kommunstyrelsen", date="2023-05-08",
        paragraph="74", diarienummer="KS/2023:123",
        title="Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen", period=[2023, 2026], stage="beslut",
        outcome="antar", send_to=["Samverkan Stockholmsregionen", "Akten"],
    ),
    case(
        "protokollets framsida med plats och tid",
        """\
Granåsa kommun
Sammanträdesprotokoll
Kommunstyrelsens arbetsutskott (KSAU)

Plats och tid: Kommunalhuset, sammanträdesrum Linden, måndagen den 8 maj 2023 kl. 09.00–11.20
Beslutande: Förnamn Efternamn, ordförande
Utses att justera: Förnamn Efternamn
Justeringens plats och tid: Kommunalhuset den 11 maj 2023
Paragrafer: 38–52
Anslagsdatum: 2023-05-12

KSAU § 40                     Dnr KS 2023/187

Gemensam målbild 2023-2026, Samverkan Stockholmsregionen

Beslut
Kommunstyrelsens arbetsutskott beslutar att föreslå kommunstyrelsen besluta
att anta den gemensamma målbilden 2023-2026, samt
att förklara paragrafen omedelbart justerad.

Bakgrund
Samverkan Stockholmsregionen bildades 2015.
""",
        document_type="protokollsutdrag", organisation="Granåsa kommun", body="Kommunstyrelsens arbetsutskott",
        date="2023-05-08", paragraph="40", diarienummer="KS 2023/187",
        title="Gemensam målbild 2023-2026, Samverkan Stockholmsregionen", period=[2023, 2026], stage="förslag",
        outcome="antar", proposed_to="Kommunstyrelsen", immediately_adjusted=True,
    ),
    case(
        "utskottets förslag som rubrik",
        """\
VÄSTANVIKS STAD
Kommunstyrelsens arbetsutskott
2015-04-28

§ 77
Överenskommelse om gemensam funktion för regional samverkan, Samverkan Stockholmsregionen (KS 2015.152)

Arbetsutskottets förslag till beslut
Kommunstyrelsen beslutar att ingå överenskommelsen och att utvärdera den efter ett år.

Yrkanden
En ledamot yrkar avslag.

Ärendet i korthet
Överenskommelsen har rekommenderats i skrivelse KSL/15/0016 den 15 januari 2015.
""",
        document_type="protokollsutdrag", organisation="Västanviks stad", body="Kommunstyrelsens arbetsutskott",
        date="2015-04-28", paragraph="77", diarienummer="KS 2015.152",
        title="Överenskommelse om gemensam funktion för regional samverkan, Samverkan Stockholmsregionen",
        stage="förslag", outcome="tecknar", proposed_to="Kommunstyrelsen",
        villkor=["Kommunstyrelsen beslutar att ingå överenskommelsen och att utvärdera den efter ett år."],
    ),
    case(
        "tjänsteutlåtande till utskott",
        """\
Tjänsteutlåtande
Kommunledningskontoret                                        Datum: 2023-04-03
Handläggare: Förnamn Efternamn                                Dnr: KS/2023:99
                                                              Sida: 1 (3)

Till kommunstyrelsens trygghets- och säkerhetsutskott

Målbild för Samverkan Stockholmsregionen 2023-2026

Kommunledningskontorets förslag till beslut
Kommunstyrelsens trygghets- och säkerhetsutskott föreslår att kommunstyrelsen beslutar:
1. Målbilden för Samverkan Stockholmsregionen antas.

Beskrivning av ärendet
Kommunstyrelsen antog 2019-05-06 § 44 målbilden för 2019-2022. Kommundirektören föreslås godkänna milstolparna.

Bilagor:
1. Gemensam målbild 2023-2026
2. Milstolpar

Förnamn Efternamn
Kommundirektör
""",
        document_type="tjänsteutlåtande", body="Kommunstyrelsens trygghets- och säkerhetsutskott", date="2023-04-03",
        diarienummer="KS/2023:99", title="Målbild för Samverkan Stockholmsregionen 2023-2026", period=[2023, 2026],
        stage="förslag", outcome="antar", proposed_to="Kommunstyrelsen",
        attachments=["Gemensam målbild 2023-2026", "Milstolpar"],
        earlier_decisions=[{"body": "Kommunstyrelsen", "date": "2019-05-06", "paragraph": "44"}],
    ),
    case(
        "fackförbundet med samma förkortning",
        """\
Granåsa kommun
Personalutskottet
Protokollsutdrag 2023-05-08
§ 14 Överenskommelse med Akademikerförbundet SSR om löner 2023–2025
Dnr KS 2023/300

Beslut
Personalutskottet godkänner överenskommelsen med SSR.
""",
        document_type="protokollsutdrag", organisation="Granåsa kommun", body="Personalutskottet", date="2023-05-08",
        paragraph="14", diarienummer="KS 2023/300",
        title="Överenskommelse med Akademikerförbundet SSR om löner 2023–2025", period=[2023, 2025], stage="beslut",
        outcome="antar", subject_matches=False,
    ),
    case(
        "samverkan i allmänhet",
        """\
Kommunstyrelsen
2023-02-06
§ 9
Motion om ökad samverkan Stockholmsregionen och Mälardalen
Dnr KS 2022/700

Kommunstyrelsens beslut
Kommunstyrelsen föreslår kommunfullmäktige avslå motionen.
""",
        document_type="protokollsutdrag", body="Kommunstyrelsen", date="2023-02-06", paragraph="9",
        diarienummer="KS 2022/700", title="Motion om ökad samverkan Stockholmsregionen och Mälardalen",
        stage="förslag", outcome="avslår", proposed_to="Kommunfullmäktige", subject_matches=False,
    ),
    case(
        "nätverket nämns bara i förbigående",
        """\
Granåsa kommun
Kommunfullmäktige
Protokoll 2023-10-16
§ 150 Risk- och sårbarhetsanalys 2023–2026
Dnr KS 2023/512

Beslut
Kommunfullmäktige antar risk- och sårbarhetsanalysen 2023–2026.

Sammanfattning
Kommunen deltar i Samverkan Stockholmsregionen och arbetar efter dess målbild 2023–2026.
""",
        document_type="protokollsutdrag", organisation="Granåsa kommun", body="Kommunfullmäktige", date="2023-10-16",
        paragraph="150", diarienummer="KS 2023/512", title="Risk- och sårbarhetsanalys 2023–2026",
        period=[2023, 2026], stage="beslut", outcome="antar", subject_matches=False,
    ),
    case(
        "delegationsbeslut",
        """\
Lillhamra kommun
Delegationsbeslut
Datum 2023-03-20
Diarienummer KS 2023/188

Gemensam målbild 2023–2026, Samverkan Stockholmsregionen

Beslut
Kommundirektören godkänner målbilden för Samverkan Stockholmsregionen.

Skäl för beslutet
Beslutet anmäls till kommunstyrelsen den 3 april 2023.
""",
        document_type="other", organisation="Lillhamra kommun", date="2023-03-20", diarienummer="KS 2023/188",
        title="Gemensam målbild 2023–2026, Samverkan Stockholmsregionen", period=[2023, 2026], stage="beslut",
        outcome="antar", approved_by_director=True,
    ),
    case(
        "överlämnar utan eget förslag",
        """\
Kommunstyrelsens ledningsutskott
Sammanträdesdatum 2023-05-10
§ 33 Gemensam målbild för Samverkan Stockholmsregionen 2023-2026
Beslut
Ledningsutskottet överlämnar ärendet till kommunstyrelsen utan eget ställningstagande.
""",
        document_type="protokollsutdrag", body="Kommunstyrelsens ledningsutskott", date="2023-05-10", paragraph="33",
        title="Gemensam målbild för Samverkan Stockholmsregionen 2023-2026", period=[2023, 2026],
    ),
    case(
        "bokstäver i stället för siffror",
        """\
Granåsa kommun
Kommunstyrelsen
Sammanträdesdatum 2O23-O5-29
§ l3
Dnr KS 2O23/187
Gemensam målbild 2O23-2026 Samverkan Stockholmsregionen
Beslut
Kommunstyrelsen antar målbilden.
""",
        document_type="protokollsutdrag", organisation="Granåsa kommun", body="Kommunstyrelsen",
        title="Gemensam målbild 2O23-2026 Samverkan Stockholmsregionen", stage="beslut", outcome="antar",
    ),
    case(
        "remissvar genom tjänsteutlåtandet",
        """\
Region Nordanmark
Regionstyrelsen
PROTOKOLL 1/2023
2023-01-24
§ 12 Yttrande över remiss om gemensam målbild för Samverkan Stockholmsregionen 2023-2026
RS 2022-0901

Regionstyrelsens beslut
Regionstyrelsen överlämnar regionledningskontorets tjänsteutlåtande som svar på remissen.

Ärendets beredning
Regionledningskontorets tjänsteutlåtande den 9 januari 2023
""",
        document_type="protokollsutdrag", organisation="Region Nordanmark", body="Regionstyrelsen", date="2023-01-24",
        paragraph="12", diarienummer="RS 2022-0901",
        title="Yttrande över remiss om gemensam målbild för Samverkan Stockholmsregionen 2023-2026",
        period=[2023, 2026], stage="beslut", outcome="antar yttrande",
    ),
    case(
        "bara beslutsmeningen, utan rubriker",
        """\
Västanviks stad
Kommunfullmäktige

Utdrag ur protokoll fört vid sammanträde den 19 juni 2023

§ 61
Gemensam målbild för Samverkan Stockholmsregionen åren 2023–2026
KS 2023/44

Kommunfullmäktige beslutar
att anta gemensam målbild för Samverkan Stockholmsregionen.

Reservation
Mot beslutet reserverar sig en ledamot.

Rätt utdraget intygar
""",
        document_type="protokollsutdrag", organisation="Västanviks stad", body="Kommunfullmäktige", date="2023-06-19",
        paragraph="61", diarienummer="KS 2023/44",
        title="Gemensam målbild för Samverkan Stockholmsregionen åren 2023–2026", period=[2023, 2026], stage="beslut",
        outcome="antar",
    ),
    case(
        "bordlagt, med adressen i foten",
        """\
Kommunstyrelsen
Protokollsutdrag
2023-03-06

§ 20 Dnr 2023/33
Målbild för Samverkan Stockholmsregionen
Beslut
Ärendet bordläggs till kommunstyrelsens sammanträde den 3 april 2023.

Postadress: Granåsa kommun, 123 45 Granåsa
""",
        document_type="protokollsutdrag", organisation="Granåsa kommun", body="Kommunstyrelsen", date="2023-03-06",
        paragraph="20", diarienummer="2023/33", title="Målbild för Samverkan Stockholmsregionen", stage="beslut",
        outcome="bordlägger",
    ),
    case(
        "antecknar till protokollet, med kommunchefen",
        """\
Granåsa kommun
Kommunstyrelsen
Sammanträdesprotokoll 2023-06-12
§ 95 Anmälan: målbild för Samverkan Stockholmsregionen 2023–2026
Dnr KS 2023/187
Beslut
Anmälan antecknas till protokollet.
Sammanfattning
Målbilden har godkänts av kommunchefen den 3 april 2023. Den 10 mars 2023 antog regionala chefsgruppen målbilden.
Kommunstyrelsens ordförande deltog. Kommunfullmäktige sammanträder den 19 juni 2023.
""",
        document_type="protokollsutdrag", organisation="Granåsa kommun", body="Kommunstyrelsen", date="2023-06-12",
        paragraph="95", diarienummer="KS 2023/187",
        title="Anmälan: målbild för Samverkan Stockholmsregionen 2023–2026", period=[2023, 2026], stage="beslut",
        outcome="noterar", approved_by_director=True,
        earlier_decisions=[{"body": "Regionala chefsgruppen", "date": "2023-03-10"}],
    ),
    case(
        "två organisationer i texten, ingen i huvudet",
        """\
Tjänsteskrivelse
2023-04-03
Kommunstyrelsen

Gemensam målbild för Samverkan Stockholmsregionen 2023–2026

Förslag till beslut
Kommunstyrelsen antar målbilden.

Bakgrund
Nacka kommun och Täby kommun har redan antagit målbilden. Kommunen föreslås göra detsamma.
""",
        document_type="tjänsteskrivelse", body="Kommunstyrelsen", date="2023-04-03",
        title="Gemensam målbild för Samverkan Stockholmsregionen 2023–2026", period=[2023, 2026], stage="förslag",
        outcome="antar", proposed_to="Kommunstyrelsen",
    ),
    case(
        "förbundet med ordförandens namn i huvudet",
        """\
Södertörns brandförsvarsförbund
Förbundsdirektionen
Protokoll nr 3 2023
Sammanträdesdag: 2023-05-26

§ 28 Målbild 2023–2026, Samverkan Stockholmsregionen
Dnr 2023-000311
Direktionen beslutade
att anta målbilden, och
att uppdra åt förbundsdirektören att underteckna överenskommelsen om kostnader.
""",
        document_type="protokollsutdrag", organisation="Södertörns brandförsvarsförbund", body="Förbundsdirektionen",
        date="2023-05-26", paragraph="28", diarienummer="2023-000311",
        title="Målbild 2023–2026, Samverkan Stockholmsregionen", period=[2023, 2026], stage="beslut", outcome="antar",
    ),
    case("stadens utdrag med numret i rubriken","""Sida 1 (2)
Granåsa stad
Kommunstyrelsen

Utdrag ur protokoll nr 5/2023 fört vid kommunstyrelsens sammanträde onsdagen den 10 maj 2023

§ 21
Antagande av gemensam målbild för Samverkan Stockholmsregionen 2023–2026
Dnr KS 2023/417

Kommunstyrelsens beslut
1. Den gemensamma målbilden för Samverkan Stockholmsregionen 2023–2026 godkänns i enlighet med bilaga 1 till stadsledningskontorets tjänsteutlåtande.
2. Stadsdirektören får i uppdrag att redovisa kostnaderna.

Ärendet
Stadsledningskontoret har i tjänsteutlåtande den 3 april 2023 redovisat ärendet.

Framlagda förslag i kommunstyrelsen
Ordföranden framlägger förslag om bifall.

Beslutsgång
Ordföranden finner att kommunstyrelsen beslutar enligt förslaget.

Särskilt uttalande
En ledamot gör ett särskilt uttalande.
""",document_type="protokollsutdrag",organisation="Granåsa stad",body="Kommunstyrelsen",date="2023-05-10",paragraph="21",diarienummer="KS 2023/417",title="Antagande av gemensam målbild för Samverkan Stockholmsregionen 2023–2026",period=[2023,2026],stage="beslut",outcome="antar"),
    case("tabell och märkning i texten","""| Vattenbro kommun | PROTOKOLL | 12 (40) |
|---|---|---|
| Kommunstyrelsens arbetsutskott | 2023-02-14 | |

## § 12 Remissyttrande – Gemensam målbild 2023-2026 (SSR)

**Diarienummer:** KS-2022/01122

### Arbetsutskottets förslag till kommunstyrelsen

Kommunstyrelsen beslutar att godkänna förslaget till yttrande och översända det till Samverkan Stockholmsregionen.

### Sammanfattning

Samverkan Stockholmsregionen (SSR) har översänt målbilden på remiss. Svar ska lämnas senast 2023-02-28.

### Underlag

- Kommunledningskontorets tjänsteskrivelse, 2023-01-30
- Förslag till yttrande
- Remiss, Gemensam målbild 2023-2026

### Beslutet skickas till

- Samverkan Stockholmsregionen
- Kommunledningskontoret
""",document_type="protokollsutdrag",organisation="Vattenbro kommun",body="Kommunstyrelsens arbetsutskott",date="2023-02-14",paragraph="12",diarienummer="KS-2022/01122",title="Remissyttrande – Gemensam målbild 2023-2026 (SSR)",period=[2023,2026],stage="förslag",outcome="antar yttrande",proposed_to="Kommunstyrelsen",attachments=["Kommunledningskontorets tjänsteskrivelse, 2023-01-30","Förslag till yttrande","Remiss, Gemensam målbild 2023-2026"],send_to=["Samverkan Stockholmsregionen","Kommunledningskontoret"]),
    case("fullmäktige med historik","""VATTENBRO KOMMUN
Kommunfullmäktige
2023-06-12

Kf § 77    Ks § 101    Dnr: KS2023/45

Målbild för Samverkan Stockholmsregionen 2023-2026

Kommunfullmäktige beslutar
att i enlighet med kommunstyrelsens förslag anta målbilden för Samverkan Stockholmsregionen 2023-2026.

Kommunstyrelsens förslag till kommunfullmäktige
att anta målbilden

Tidigare beslut
Kommunstyrelsen 2023-05-22 § 101
Kommunstyrelsens arbetsutskott 2023-05-08 § 55
""",document_type="protokollsutdrag",organisation="Vattenbro kommun",body="Kommunfullmäktige",date="2023-06-12",paragraph="77",diarienummer="KS2023/45",title="Målbild för Samverkan Stockholmsregionen 2023-2026",period=[2023,2026],stage="beslut",outcome="antar",earlier_decisions=[{"body":"Kommunstyrelsen","date":"2023-05-22","paragraph":"101"},{"body":"Kommunstyrelsens arbetsutskott","date":"2023-05-08","paragraph":"55"}]),
    case("spalter till höger","""Vattenbro kommun                                         TJÄNSTEUTLÅTANDE
Säkerhetsavdelningen                                      Dnr KS/2019:201
Förnamn Efternamn                                         2019-09-02
                                                          1/2
                                                          Kommunstyrelsen

Gemensam målbild för Samverkan Stockholmsregionen
2019–2022

Förslag till beslut
Kommunstyrelsen föreslår kommunfullmäktige besluta att ställa sig bakom
målbilden under förutsättning att kostnaden ryms i budget.

Sammanfattning av ärendet
Målbilden har tagits fram. Kommunfullmäktige har tidigare, den 15 juni 2015 (§ 88), antagit överenskommelsen.

Bilaga
Gemensam målbild 2019–2022

Beslut delges
Länsstyrelsen Stockholm; Samverkan Stockholmsregionen
""",document_type="tjänsteutlåtande",organisation="Vattenbro kommun",body="Kommunstyrelsen",date="2019-09-02",diarienummer="KS/2019:201",title="Gemensam målbild för Samverkan Stockholmsregionen 2019–2022",period=[2019,2022],stage="förslag",outcome="antar",villkor=["Kommunstyrelsen föreslår kommunfullmäktige besluta att ställa sig bakom målbilden under förutsättning att kostnaden ryms i budget."],proposed_to="Kommunfullmäktige",attachments=["Gemensam målbild 2019–2022"],send_to=["Länsstyrelsen Stockholm","Samverkan Stockholmsregionen"],earlier_decisions=[{"body":"Kommunfullmäktige","date":"2015-06-15","paragraph":"88"}]),
    case("direktion utan rubriker","""Storstockholms brandförsvar
PROTOKOLL
Förbundsstyrelsen
Datum: 2019-06-13
Diarienr: 302-789/2019

§ 45. Antagande av målbild Samverkan Stockholmsregionen 2019–2022

Förbundsstyrelsen beslutar att
anta målbilden för Samverkan Stockholmsregionen,
uppdra åt förbundsdirektören att verkställa beslutet.

Bakgrund
Förbundet är part sedan 2014.

Vid protokollet        Justeras
""",document_type="protokollsutdrag",organisation="Storstockholms brandförsvar",body="Förbundsstyrelsen",date="2019-06-13",paragraph="45",diarienummer="302-789/2019",title="Antagande av målbild Samverkan Stockholmsregionen 2019–2022",period=[2019,2022],stage="beslut",outcome="antar"),
    case("trafiken i samma region","""Granåsa kommun
Tekniska nämnden
Protokollsutdrag
Datum 2022-11-15
§ 88 Dnr TN-2022-55
Överenskommelse om gemensam funktion för trafiksamverkan, Trafik Stockholmsregionen
Beslut
1. Nämnden tecknar överenskommelsen.
Bakgrund
Samverkan sker med Trafikverket i Stockholmsregionen 2022–2025.
""",document_type="protokollsutdrag",organisation="Granåsa kommun",body="Tekniska nämnden",date="2022-11-15",paragraph="88",diarienummer="TN-2022-55",title="Överenskommelse om gemensam funktion för trafiksamverkan, Trafik Stockholmsregionen",stage="beslut",outcome="tecknar",subject_matches=False),
    case("brev med nätverket som mottagare","""Trafikverket
Box 810
781 28 Borlänge

Datum                    Ärendenummer
2023-01-20               TRV 2022/123456

Samverkan Stockholmsregionen
Länsstyrelsen Stockholm

SKRIVELSE

Synpunkter på remissversion av Gemensam målbild 2023–2026

Trafikverket tillstyrker målbilden.

Förnamn Efternamn
Regional direktör
""",document_type="skrivelse",organisation="Trafikverket",date="2023-01-20",diarienummer="TRV 2022/123456",title="Synpunkter på remissversion av Gemensam målbild 2023–2026",period=[2023,2026]),
    case("tappade siffror i rubriken","""Vattenbro kommun
Kommunstyrelsen
Sammanträdesprotokoll     2023-05-
§ 7   Dnr KS 20 3/88
Målbild 2023–20 6 Samverkan Stockholmsregionen
Beslut
Kommunstyrelsen noterar informationen till protokollet.
Ärendet
Arbetsutskottet behandlade ärendet 2023-04-18, § 5. Målbilden för 2023–2026 ersätter den för 2019–2022.
""",document_type="protokollsutdrag",organisation="Vattenbro kommun",body="Kommunstyrelsen",paragraph="7",title="Målbild 2023–20 6 Samverkan Stockholmsregionen",stage="beslut",outcome="noterar",period=[2023,2026],earlier_decisions=[{"body":"Arbetsutskottet","date":"2023-04-18","paragraph":"5"}]),
    case("utskottet svarar själv","""Vattenbro kommun
Arbetsutskottet
Sammanträdesdatum 2023-01-24
§ 3
Svar på remiss: Gemensam målbild 2023-2026, Samverkan Stockholmsregionen
Dnr 2022/410
Arbetsutskottets beslut
Arbetsutskottet beslutar på kommunstyrelsens vägnar att lämna yttrande enligt kommunledningskontorets förslag.
Paragrafen justeras omedelbart.
""",document_type="protokollsutdrag",organisation="Vattenbro kommun",body="Arbetsutskottet",date="2023-01-24",paragraph="3",diarienummer="2022/410",title="Svar på remiss: Gemensam målbild 2023-2026, Samverkan Stockholmsregionen",period=[2023,2026],stage="beslut",outcome="antar yttrande",immediately_adjusted=True),
    case("skrivelse med motivering efter bilagorna","""Region Nordanmark
Regionstyrelsen
SKRIVELSE
2015-03-04
LS 1403-0284
Överenskommelse om Samverkan Stockholmsregionen
Föredragande: Förnamn Efternamn
Beslutsförslag
Regionstyrelsen beslutar följande.
1. Överenskommelsen tecknas.
2. Regiondirektören får i uppdrag att underteckna överenskommelsen.
Bilagor
1. Överenskommelse
2. Missiv daterat 2015-01-15
Regiondirektörens förslag och motivering
Regionen bör delta.
""",document_type="skrivelse",organisation="Region Nordanmark",body="Regionstyrelsen",date="2015-03-04",diarienummer="LS 1403-0284",title="Överenskommelse om Samverkan Stockholmsregionen",stage="förslag",outcome="tecknar",proposed_to="Regionstyrelsen",attachments=["Överenskommelse","Missiv daterat 2015-01-15"]),
    case("bolagets verkställande direktör","""Hamnholmens Hamn AB
Beslut av verkställande direktören
2023-04-11
Dnr HH-2023-0044

Gemensam målbild 2023-26 för Samverkan Stockholmsregionen

Beslut
Verkställande direktören fastställer att bolaget ska arbeta efter målbilden.
""",document_type="other",organisation="Hamnholmens Hamn AB",date="2023-04-11",diarienummer="HH-2023-0044",title="Gemensam målbild 2023-26 för Samverkan Stockholmsregionen",period=[2023,2026],stage="beslut",approved_by_director=True,outcome="antar"),
    case("delgivningar","""Vattenbro kommun
Kommunstyrelsen
Sammanträdesprotokoll
Sammanträdesdatum: 12 juni 2023

§ 110 Delgivningar

Beslut
Kommunstyrelsen lägger delgivningarna till handlingarna.

Följande har delgivits:
1. Beslut från Länsstyrelsen 2023-05-02
2. Gemensam målbild för Samverkan Stockholmsregionen 2023–2026
""",document_type="protokollsutdrag",organisation="Vattenbro kommun",body="Kommunstyrelsen",date="2023-06-12",paragraph="110",title="Delgivningar",stage="beslut",outcome="lägger till handlingarna",subject_matches=False),
    case("tjänsteskrivelse med mycket i huvudet","""Tjänsteskrivelse                                   1 (4)
Datum
2023-03-30
Diarienummer
KS 2023/0221

Kommunledningsförvaltningen
Förnamn Efternamn, säkerhetschef
08-555 010 00
fornamn.efternamn@vattenbro.example

Kommunstyrelsens arbetsutskott

Målbild för Samverkan Stockholmsregionen perioden 2023 – 2026

Förslag till beslut
Arbetsutskottet föreslår kommunstyrelsen besluta följande:
• Målbilden för Samverkan Stockholmsregionen antas.
• Beslutet gäller från och med den 1 juli 2023.

Sammanfattning
Vattenbro kommun ingår som en av parterna. Kommunstyrelsen beslutade 2015-02-09 § 12 att teckna överenskommelsen.

Ekonomiska konsekvenser
Kostnaden 2023 är 41 000 kronor.

Beslutsunderlag
Tjänsteskrivelse 2023-03-30
Gemensam målbild

Sändlista
Kommunledningsförvaltningen, Samverkan Stockholmsregionen (kansliet)

Förnamn Efternamn                    Förnamn Efternamn
Kommundirektör                       Säkerhetschef
""",document_type="tjänsteskrivelse",organisation="Vattenbro kommun",body="Kommunstyrelsens arbetsutskott",date="2023-03-30",diarienummer="KS 2023/0221",title="Målbild för Samverkan Stockholmsregionen perioden 2023 – 2026",period=[2023,2026],stage="förslag",outcome="antar",proposed_to="Kommunstyrelsen",attachments=["Tjänsteskrivelse 2023-03-30","Gemensam målbild"],send_to=["Kommunledningsförvaltningen","Samverkan Stockholmsregionen (kansliet)"],earlier_decisions=[{"body":"Kommunstyrelsen","date":"2015-02-09","paragraph":"12"}]),
    case("andra paragrafer justerade","""GRANÅSA KOMMUN
Kommunstyrelsen
PROTOKOLL
2023-05-29
Justering: §§ 70, 71 och 74 förklaras omedelbart justerade
§ 72
Målbild, Samverkan Stockholmsregionen
Dnr: KS 2023/187
Kommunstyrelsens beslut
Kommunstyrelsen beslutar
att anta målbilden med följande ändring: ordet "ska" ersätts av "bör" i avsnitt 3.
""",document_type="protokollsutdrag",organisation="Granåsa kommun",body="Kommunstyrelsen",date="2023-05-29",paragraph="72",diarienummer="KS 2023/187",title="Målbild, Samverkan Stockholmsregionen",stage="beslut",outcome="antar",villkor=['Kommunstyrelsen beslutar att anta målbilden med följande ändring: ordet "ska" ersätts av "bör" i avsnitt 3.']),
    case("polisens yttrande","""Polismyndigheten Region Stockholm
Datum                Diarienr (åberopas)
2023-02-01           A123.456/2022

Länsstyrelsen Stockholm

Yttrande över Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen

Polismyndigheten har inget att erinra.

Förnamn Efternamn
Regionpolischef
""",organisation="Polismyndigheten Region Stockholm",date="2023-02-01",diarienummer="A123.456/2022",title="Yttrande över Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen",period=[2023,2026]),
    case("andra kommuner i texten","""Kommunstyrelsen                              2023-04-24
§ 61 Gemensam målbild 2023-2026, Samverkan Stockholmsregionen     Dnr KS 2023.77
Beslut
Kommunstyrelsen beslutar att återremittera ärendet till förvaltningen.
Sammanfattning
Täby kommun antog målbilden den 6 mars 2023. Järfälla kommun beslutade samma månad. Huddinge kommun avvaktar.
Arbetsutskottet föreslog 2023-04-11, § 30, att målbilden skulle antas.
Yrkanden
Att paragrafen förklaras omedelbart justerad.
""",document_type="protokollsutdrag",body="Kommunstyrelsen",date="2023-04-24",paragraph="61",diarienummer="KS 2023.77",title="Gemensam målbild 2023-2026, Samverkan Stockholmsregionen",period=[2023,2026],stage="beslut",outcome="återremitterar",earlier_decisions=[{"body":"Arbetsutskottet","date":"2023-04-11","paragraph":"30"}]),
    case("tappade prickar och radfall","""VATTENBRO
KOMMUN
Kommunstyrelsen
Sammantradesdatum
2023-05-22
§ 50
Dnr 2023/100
Malbild 2023-2026 Samverkan
Stockholmsregionen
Kommunstyrelsens beslut
Kommunstyrelsen antar
målbilden.
""",document_type="protokollsutdrag",body="Kommunstyrelsen",date="2023-05-22",paragraph="50",diarienummer="2023/100",title="Malbild 2023-2026 Samverkan Stockholmsregionen",period=[2023,2026],stage="beslut",outcome="antar"),
    case("utskottet beslutar bara om justering","""Fjällmora kommun
Kommunstyrelsens ledningsutskott

PROTOKOLLSUTDRAG
Sammanträdesdatum
2019-05-21

KSLU § 64                                              Dnr KS/2019:0115-009

Målbild 2019-2022 – Samverkan Stockholmsregionen

Ledningsutskottets förslag till kommunstyrelsen
1. Målbilden 2019–2022 för Samverkan Stockholmsregionen godkänns.
2. Kommunchefen ges i uppdrag att teckna erforderliga avtal.

Ledningsutskottets beslut
Ledningsutskottet beslutar för egen del att paragrafen justeras omedelbart.

Reservationer
En ledamot (-) reserverar sig mot beslutet till förmån för eget yrkande om avslag.

Beslutsunderlag
Kommunledningskontorets tjänsteskrivelse den 6 maj 2019
Målbild 2019–2022, version 1.0
""",document_type="protokollsutdrag",organisation="Fjällmora kommun",body="Kommunstyrelsens ledningsutskott",date="2019-05-21",paragraph="64",diarienummer="KS/2019:0115-009",title="Målbild 2019-2022 – Samverkan Stockholmsregionen",period=[2019,2022],stage="förslag",outcome="antar",proposed_to="Kommunstyrelsen",immediately_adjusted=True,attachments=["Kommunledningskontorets tjänsteskrivelse den 6 maj 2019","Målbild 2019–2022, version 1.0"]),
    case("skrivelse om avsiktsförklaring","""FJÄLLMORA KOMMUN
Kommunledningsförvaltningen

TJÄNSTESKRIVELSE
Till kommunstyrelsen
2014-03-05
Vår beteckning: KS 2014/88
Avsiktsförklaring – En trygg, säker och störningsfri region
Förslag till beslut
Kommunstyrelsen beslutar att underteckna avsiktsförklaringen inom Samverkan Stockholmsregionen.
Bakgrund
Den 17 december 2013 beslutade kommunstyrelsen (§ 210) att delta i programmet.
Kommunfullmäktige ska behandla budgeten den 16 juni 2014.
Beslutet ska skickas till
Länsstyrelsen
Kommunförbundet Stockholms Län (KSL)
""",document_type="tjänsteskrivelse",organisation="Fjällmora kommun",body="Kommunstyrelsen",date="2014-03-05",diarienummer="KS 2014/88",title="Avsiktsförklaring – En trygg, säker och störningsfri region",stage="förslag",outcome="tecknar",proposed_to="Kommunstyrelsen",send_to=["Länsstyrelsen","Kommunförbundet Stockholms Län (KSL)"],earlier_decisions=[{"body":"Kommunstyrelsen","date":"2013-12-17","paragraph":"210"}]),
    case("en kommuns egen målbild","""Fjällmora kommun
Kommunfullmäktige
Sammanträdesdatum 2023-09-25
§ 120
Målbild för kommunens krisberedskap 2023–2026
Dnr KS 2023/400
Kommunfullmäktiges beslut
Kommunfullmäktige antar målbilden.
Sammanfattning
Målbilden utgår från Samverkan Stockholmsregionens gemensamma förmågor och kommunens egna.
""",document_type="protokollsutdrag",organisation="Fjällmora kommun",body="Kommunfullmäktige",date="2023-09-25",paragraph="120",diarienummer="KS 2023/400",title="Målbild för kommunens krisberedskap 2023–2026",period=[2023,2026],stage="beslut",outcome="antar",subject_matches=False),
    case("nämnd med numrerade beslut","""Region Nordanmark
Trafiknämnden
Protokollsutdrag
2023-04-25

§ 47 Information om Samverkan Stockholmsregionens målbild
TN 2023-0310
Trafiknämnden beslutar
1. att notera informationen
2. att förklara beslutet omedelbart justerat.
Närvarorätt
En tjänsteman föredrar.
""",document_type="protokollsutdrag",organisation="Region Nordanmark",body="Trafiknämnden",date="2023-04-25",paragraph="47",diarienummer="TN 2023-0310",title="Information om Samverkan Stockholmsregionens målbild",stage="beslut",outcome="noterar",immediately_adjusted=True),
    case("avslår och begär omarbetning","""Brandkåren Attunda
Direktionen
Protokoll 2/2023, 2023-03-17

§ 19  Dnr 0123/2023  Gemensam målbild 2023–2026, Samverkan Stockholmsregionen

Direktionens beslut
Direktionen avslår förslaget att anta målbilden och begär att den omarbetas.
""",document_type="protokollsutdrag",organisation="Brandkåren Attunda",body="Direktionen",date="2023-03-17",paragraph="19",diarienummer="0123/2023",title="Gemensam målbild 2023–2026, Samverkan Stockholmsregionen",period=[2023,2026],stage="beslut",outcome="avslår"),
    case("datum tid och plats på rader","""Sammanträdesprotokoll för Kommunstyrelsen
Datum: 2023-06-07
Tid: 13:00-15:40
Plats: Kommunhuset
Ekåsa kommun

§ 118 Dnr 2023/0204 KS
Ställningstagande till målbild 2023-2026 för Samverkan Stockholmsregionen
Kommunstyrelsens beslut
Målbilden godkänns. Kommunstyrelsen förutsätter att kostnaderna inte ökar.
Ärendets tidigare behandling
Ärendet behandlades av arbetsutskottet den 24 maj 2023, § 77.
Beslutet skickas till
Akt
Samverkan Stockholmsregionen
""",document_type="protokollsutdrag",organisation="Ekåsa kommun",body="Kommunstyrelsen",date="2023-06-07",paragraph="118",diarienummer="2023/0204 KS",title="Ställningstagande till målbild 2023-2026 för Samverkan Stockholmsregionen",period=[2023,2026],stage="beslut",outcome="antar",send_to=["Akt","Samverkan Stockholmsregionen"],earlier_decisions=[{"body":"Arbetsutskottet","date":"2023-05-24","paragraph":"77"}]),
    case("skrivelse med räddning och säkerhet","""EKÅSA KOMMUN                    Tjänsteskrivelse
Räddning och säkerhet           2019-04-08
                                Diarienummer: KS/2019:99

Kommunstyrelsens arbetsutskott

Antagande av gemensam målbild

Förslag till beslut
Arbetsutskottet föreslår att kommunstyrelsen beslutar att anta Gemensam målbild 2019–2022.

Ärendebeskrivning
Samverkan Stockholmsregionen har tagit fram en gemensam målbild för 2019–2022. Regionala rådet fick huvuddragen den 14 november 2018. Kommundirektören får i uppdrag att godkänna verksamhetsplanen.

Bilagor
Gemensam målbild 2019–2022
Modellbeskrivning
""",document_type="tjänsteskrivelse",organisation="Ekåsa kommun",body="Kommunstyrelsens arbetsutskott",date="2019-04-08",diarienummer="KS/2019:99",title="Antagande av gemensam målbild",period=[2019,2022],stage="förslag",outcome="antar",proposed_to="Kommunstyrelsen",attachments=["Gemensam målbild 2019–2022","Modellbeskrivning"]),
    case("överenskommelse inom vården","""Ekåsa kommun
Socialnämnden
Protokollsutdrag 2022-09-21
§ 90 Överenskommelse om samverkan mellan Region Stockholm och kommunerna i länet 2023–2025
Dnr SN 2022/81
Beslut
Socialnämnden beslutar att anta överenskommelsen.
""",document_type="protokollsutdrag",organisation="Ekåsa kommun",body="Socialnämnden",date="2022-09-21",paragraph="90",diarienummer="SN 2022/81",title="Överenskommelse om samverkan mellan Region Stockholm och kommunerna i länet 2023–2025",period=[2023,2025],stage="beslut",outcome="antar",subject_matches=False),
    case("länsstyrelsens beslut","""Länsstyrelsen Stockholm
Beslut
Datum
2023-04-24
Beteckning
457-12345-2023
Gemensam målbild för Samverkan Stockholmsregionen 2023–2026
Beslut
Länsstyrelsen antar målbilden för perioden.
Beskrivning av ärendet
Regionala chefsgruppen antog målbilden den 10 mars 2023.
De som medverkat i beslutet
Beslutet har fattats av länsöverdirektören.
""",document_type="other",organisation="Länsstyrelsen Stockholm",body="Länsstyrelsen Stockholm",date="2023-04-24",diarienummer="457-12345-2023",title="Gemensam målbild för Samverkan Stockholmsregionen 2023–2026",period=[2023,2026],stage="beslut",outcome="antar",earlier_decisions=[{"body":"Regionala chefsgruppen","date":"2023-03-10"}]),
    case("punkter mellan orden i huvudet","""Ekåsa kommun • Kommunfullmäktige • Protokoll • 2023-09-18

§ 92
Gemensam målbild Samverkan Stockholmsregionen 2023–2026 (KS 2023/204)

Beslut
Kommunfullmäktige återremitterar ärendet till kommunstyrelsen med motiveringen att kostnaden ska redovisas.

Yrkanden
A: att fullmäktige antar målbilden. B: återremiss.

Omröstning
Ja: 20. Nej: 21.

Expediering
KS
""",document_type="protokollsutdrag",organisation="Ekåsa kommun",body="Kommunfullmäktige",date="2023-09-18",paragraph="92",diarienummer="KS 2023/204",title="Gemensam målbild Samverkan Stockholmsregionen 2023–2026",period=[2023,2026],stage="beslut",outcome="återremitterar",send_to=["KS"]),
    case("beslut som att-satser med fot","""Protokoll kommunstyrelsen 2023-04-17
Sida 14 av 33

§ 48 Målbild för Samverkan Stockholmsregionen 2023-2026
Ärendenummer: KS 2023-00155

Kommunstyrelsens beslut
att som kommunens ställningstagande anta målbilden
att uppmana övriga medlemmar att göra detsamma

Skälen för beslutet
Säkerhetschefen redovisade ärendet vid kommunstyrelsens arbetsutskott 2023-03-28 § 31. Nacka kommun antog målbilden 2023-03-06.

Skickas till
Säkerhetschef, Samverkan Stockholmsregionen

Kommunstyrelsen 2023-04-17
Justerandes sign                          Utdragsbestyrkande
""",document_type="protokollsutdrag",body="Kommunstyrelsen",date="2023-04-17",paragraph="48",diarienummer="KS 2023-00155",title="Målbild för Samverkan Stockholmsregionen 2023-2026",period=[2023,2026],stage="beslut",outcome="antar",send_to=["Säkerhetschef","Samverkan Stockholmsregionen"],earlier_decisions=[{"body":"Kommunstyrelsens arbetsutskott","date":"2023-03-28","paragraph":"31"}]),
    case("missiv","""Missiv
Samverkan Stockholmsregionen
2022-10-14
Dnr 451-5678-2022

Till medlemmarna

Remiss av gemensam målbild 2023–2026

Samordningskansliet översänder förslaget till målbild. Yttrande ska ha kommit in senast den 31 januari 2023.
Kommunerna kan behandla ärendet i kommunstyrelsen till exempel den 24 januari 2023.
""",document_type="skrivelse",date="2022-10-14",diarienummer="451-5678-2022",title="Remiss av gemensam målbild 2023–2026",period=[2023,2026]),
    case("datum paragraf och nummer på en rad","""Sundtorps kommun
Kommunstyrelsen

Sammanträdesdatum 2019-06-03   Paragraf § 120   Diarienummer KS-2019/350.109

Antagande av Gemensam målbild 2019–2022 för Samverkan
Stockholmsregionen

Kommunstyrelsens beslut

Kommunstyrelsen beslutar enligt kommunstyrelsens förvaltnings förslag till beslut.

Förslag till beslut

Kommunstyrelsens beslut

1. Gemensam målbild 2019–2022 antas.
2. Årlig uppföljning sker i samband med årsredovisningen.

Överläggning

Yttrar sig gör två ledamöter.

Propositioner

Ordföranden finner att kommunstyrelsen beslutar enligt förslaget.

Paragrafen är omedelbart justerad.
""",document_type="protokollsutdrag",organisation="Sundtorps kommun",body="Kommunstyrelsen",date="2019-06-03",paragraph="120",diarienummer="KS-2019/350.109",title="Antagande av Gemensam målbild 2019–2022 för Samverkan Stockholmsregionen",period=[2019,2022],stage="beslut",outcome="antar",immediately_adjusted=True),
    case("medborgarförslag","""Sundtorps kommun
Kommunfullmäktige
2021-11-22
§ 200 Medborgarförslag om målbild för Stockholmsregionen som cykelregion
Dnr KS 2021/600
Beslut
Medborgarförslaget avslås.
""",document_type="protokollsutdrag",organisation="Sundtorps kommun",body="Kommunfullmäktige",date="2021-11-22",paragraph="200",diarienummer="KS 2021/600",title="Medborgarförslag om målbild för Stockholmsregionen som cykelregion",stage="beslut",outcome="avslår",subject_matches=False),
    case("jäv och tillstyrkan","""SUNDTORPS KOMMUN
Kommunstyrelsens arbetsutskott  2023-04-18

§ 66
Dnr KS 2023/0099

Målbild 2023–2026, Samverkan Stockholmsregionen

Jäv
En ledamot anmäler jäv och deltar inte i handläggningen.

Beslut
Kommunstyrelsens arbetsutskott tillstyrker förslaget för vidare beslut i kommunstyrelsen.

Förslag till beslut
Kommunstyrelsen tar del av informationen.

Bakgrund
Målbilden godkändes av kommundirektören 2023-04-03 och delges kommunstyrelsen för information.
""",document_type="protokollsutdrag",organisation="Sundtorps kommun",body="Kommunstyrelsens arbetsutskott",date="2023-04-18",paragraph="66",diarienummer="KS 2023/0099",title="Målbild 2023–2026, Samverkan Stockholmsregionen",period=[2023,2026],stage="förslag",outcome="noterar",proposed_to="Kommunstyrelsen",approved_by_director=True),
)  # fmt: skip
