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
)  # fmt: skip
