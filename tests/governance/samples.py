# ruff: noqa: E501 - documents are set as their offices set them
"""Invented decision documents of invented members, in many layouts, with what a careful registrar would enter.

Every document holds traps: dates, numbers and §§ that are another's. What is left out of `expected` is *ej angivet*.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.governance.making import Block, Heading, Page, Text, Title, bullets, columns, lines, points

SSR = "Samverkan Stockholmsregionen"
FOOT = "Justerandes sign\tUtdragsbestyrkande"
NOTHING: dict[str, Any] = {
    "document_type": None, "organisation": None, "body": None, "date": None, "paragraph": None, "diarienummer": None,
    "title": None, "period": None, "stage": None, "outcome": None, "villkor": None, "proposed_to": None,
    "approved_by_director": None, "immediately_adjusted": None, "attachments": None, "send_to": None,
    "earlier_decisions": [], "subject_matches": True,
}  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """Blocks, what runs along the pages, and the fields; `kinds` leaves out a rendering that cannot carry the layout."""

    name: str
    blocks: Sequence[Block]
    expected: dict[str, Any]
    head: str = ""
    foot: str = ""
    kinds: tuple[str, ...] = ("text", "wrapped", "docx", "pdf")
    fields: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        assert not set(self.expected) - set(NOTHING)
        object.__setattr__(self, "fields", NOTHING | self.expected)


BACKGROUND = Text(
    "Målbilden har tagits fram under 2022 och ersätter målbilden för 2019–2022, som beslutades på olika håll under 2019. "
    "Den har varit på remiss till den 31 januari 2023 enligt länsstyrelsens dnr 451-1234-2022. Enligt 6 kap. 1 § "
    "kommunallagen (2017:725) leder styrelsen förvaltningen. Budgeten för 2024–2026 påverkas inte."
)

KS_ADOPTS = Sample(
    "styrelsen antar",
    [
        columns("PROTOKOLLSUTDRAG\nKommunstyrelsen", "Sammanträdesdatum\n2023-05-29"),
        Title("§ 72 Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen"),
        lines("Dnr KS 2023/00187"),
        Heading("Beslut"),
        points(
            "Kommunstyrelsen antar Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen.",
            "Kommunstyrelsen uppdrar åt kommundirektören att återrapportera arbetet senast den 1 december 2025.",
            "Paragrafen förklaras omedelbart justerad.",
        ),
        Heading("Sammanfattning"),
        BACKGROUND,
        Heading("Beslutsunderlag"),
        bullets(
            "Arbetsutskottets protokollsutdrag 2023-05-10 § 40",
            "Tjänsteskrivelse daterad 2023-04-18",
            "Gemensam målbild 2023–2026",
        ),
        Heading("Expedieras till"),
        lines("Samverkan Stockholmsregionen", "Säkerhets- och beredskapsenheten"),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Granåsa kommun", "body": "Kommunstyrelsen",
        "date": "2023-05-29", "paragraph": "72", "diarienummer": "KS 2023/00187",
        "title": "Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen", "period": [2023, 2026],
        "stage": "beslut", "outcome": "antar", "immediately_adjusted": True,
        "attachments": [
            "Arbetsutskottets protokollsutdrag 2023-05-10 § 40", "Tjänsteskrivelse daterad 2023-04-18",
            "Gemensam målbild 2023–2026",
        ],
        "send_to": ["Samverkan Stockholmsregionen", "Säkerhets- och beredskapsenheten"],
        "earlier_decisions": [{"body": "Arbetsutskottet", "date": "2023-05-10", "paragraph": "40"}],
    },
    head="GRANÅSA KOMMUN\tSida 1 (2)", foot=FOOT,
)  # fmt: skip

AU_TO_KS_TO_KF = Sample(
    "utskottet till styrelsen till fullmäktige",
    [
        lines("Kommunstyrelsens arbetsutskott", "2023-05-10"),
        lines("§ 40", "Dnr: VS-KS-2023-311"),
        Title("Antagande av gemensam målbild 2023-2026 för Samverkan Stockholmsregionen"),
        Heading("Arbetsutskottets beslut"),
        Text(
            "Arbetsutskottet föreslår kommunstyrelsen föreslå kommunfullmäktige besluta att anta Gemensam målbild "
            "2023-2026 för Samverkan Stockholmsregionen."
        ),
        Heading("Ärendebeskrivning"),
        BACKGROUND,
        Text("Kommunfullmäktige antog den 17 juni 2019, § 61, målbilden för 2019-2022."),
        Heading("Beslutsgång"),
        Text("Ordföranden finner att arbetsutskottet beslutar i enlighet med förvaltningens förslag."),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Västanviks stad",
        "body": "Kommunstyrelsens arbetsutskott", "date": "2023-05-10", "paragraph": "40",
        "diarienummer": None, "title": "Antagande av gemensam målbild 2023-2026 för Samverkan Stockholmsregionen",
        "period": [2023, 2026], "stage": "förslag", "outcome": "antar", "proposed_to": "Kommunstyrelsen",
        "earlier_decisions": [{"body": "Kommunfullmäktige", "date": "2019-06-17", "paragraph": "61"}],
    } | {"diarienummer": "VS-KS-2023-311"},
    head="Västanviks stad", foot="Ordförandes signatur\tJusterandes signatur\tUtdragsbestyrkande",
)  # fmt: skip

KS_TO_KF = Sample(
    "styrelsen till fullmäktige, med arbetsutskottets förslag nedan",
    [
        columns("Lillhamra kommun\nKommunstyrelsen", "Sammanträdesprotokoll\n29 maj 2023"),
        lines("§ 88", "Gemensam målbild 2023 till 2026, Samverkan Stockholmsregionen", "KS/2023:188"),
        Heading("Kommunstyrelsens förslag till kommunfullmäktige"),
        Text("Kommunstyrelsen föreslår kommunfullmäktige att anta målbilden."),
        Heading("Arbetsutskottets förslag till kommunstyrelsen"),
        Text("Kommunstyrelsen föreslår kommunfullmäktige att lägga målbilden till handlingarna."),
        Heading("Yrkanden"),
        Text("En ledamot yrkar att paragrafen justeras omedelbart och att ärendet återremitteras."),
        Heading("Reservation"),
        Text("En ledamot reserverar sig mot beslutet."),
        Heading("Bilagor"),
        lines("Inga"),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Lillhamra kommun", "body": "Kommunstyrelsen",
        "date": "2023-05-29", "paragraph": "88", "diarienummer": "KS/2023:188",
        "title": "Gemensam målbild 2023 till 2026, Samverkan Stockholmsregionen", "period": [2023, 2026],
        "stage": "förslag", "outcome": "antar", "proposed_to": "Kommunfullmäktige", "attachments": [],
    },
)  # fmt: skip

KF_DECIDES = Sample(
    "fullmäktige med §§ för alla tre organen",
    [
        lines("Kommunfullmäktige", "Sammanträdesdatum 2023-06-19"),
        lines("KF § 131", "KS § 88", "KSAU § 40"),
        lines("Diarienummer 2023/188"),
        Title("Målbild 2023–2026 för Samverkan Stockholmsregionen"),
        Heading("Kommunfullmäktiges beslut"),
        Text("Målbilden för Samverkan Stockholmsregionen 2023–2026 antas."),
        Heading("Kommunstyrelsens beslut"),
        Text("Kommunstyrelsen föreslår kommunfullmäktige att anta målbilden."),
        Heading("Beslutet skickas till"),
        Text("Länsstyrelsen Stockholm, Samverkan Stockholmsregionen och Kommundirektören"),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Lillhamra kommun", "body": "Kommunfullmäktige",
        "date": "2023-06-19", "paragraph": "131", "diarienummer": "2023/188",
        "title": "Målbild 2023–2026 för Samverkan Stockholmsregionen", "period": [2023, 2026], "stage": "beslut",
        "outcome": "antar",
        "send_to": ["Länsstyrelsen Stockholm", "Samverkan Stockholmsregionen", "Kommundirektören"],
        "earlier_decisions": [
            {"body": "Kommunstyrelsen", "paragraph": "88"},
            {"body": "Kommunstyrelsens arbetsutskott", "paragraph": "40"},
        ],
    },
    head="LILLHAMRA KOMMUN", foot=FOOT,
)  # fmt: skip

REGION = Sample(
    "regionens tjänsteutlåtande",
    [
        columns("Region Nordanmark\nRegionledningskontoret", "TJÄNSTEUTLÅTANDE\n2023-04-12", "Diarienummer\nRS 2023-0456"),
        columns("Handläggare\nFörnamn Efternamn", "Till\nRegionstyrelsen"),
        Title("Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen"),
        Heading("Förslag till beslut"),
        Text("Regionstyrelsen föreslås besluta att ställa sig bakom målbilden."),
        Heading("Bakgrund"),
        BACKGROUND,
        Text("Landstingsstyrelsen beslutade den 20 maj 2014, § 101, att lägga avsiktsförklaringen till handlingarna."),
        Text("Regionstyrelsen sammanträder den 30 maj 2023."),
        Text("Målbilden ska godkännas av regiondirektören innan den träder i kraft."),
        Heading("Bilagor"),
        points("Gemensam målbild 2023–2026", "Milstolpar"),
        lines("Förnamn Efternamn", "Regiondirektör"),
    ],
    {
        "document_type": "tjänsteutlåtande", "organisation": "Region Nordanmark", "body": "Regionstyrelsen",
        "date": "2023-04-12", "diarienummer": "RS 2023-0456",
        "title": "Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen", "period": [2023, 2026],
        "stage": "förslag", "outcome": "antar", "proposed_to": "Regionstyrelsen",
        "attachments": ["Gemensam målbild 2023–2026", "Milstolpar"],
        "earlier_decisions": [{"body": "Landstingsstyrelsen", "date": "2014-05-20", "paragraph": "101"}],
    },
)  # fmt: skip

FEDERATION = Sample(
    "förbundets direktion tecknar",
    [
        lines("Mellanskogs räddningstjänstförbund", "Direktionen", "Utdrag ur protokoll", "Sammanträde 2015-03-26"),
        Title("Överenskommelse om gemensam funktion för regional samverkan"),
        lines("§ 17", "Dnr 2015/44"),
        Text("Direktionen beslutar"),
        points(
            "att teckna överenskommelsen om Samverkan Stockholmsregionen under förutsättning att övriga parter gör detsamma,",
            "att utvärdera deltagandet efter ett år.",
        ),
        Text("Kostnaden är 49 000 kronor per år 2015–2017."),
        Heading("Delges"),
        lines("Samverkan Stockholmsregionen"),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Mellanskogs räddningstjänstförbund", "body": "Direktionen",
        "date": "2015-03-26", "paragraph": "17", "diarienummer": "2015/44",
        "title": "Överenskommelse om gemensam funktion för regional samverkan", "stage": "beslut", "outcome": "tecknar",
        "villkor": [
            "att teckna överenskommelsen om Samverkan Stockholmsregionen under förutsättning att övriga parter gör detsamma,",
            "att utvärdera deltagandet efter ett år.",
        ],
        "send_to": ["Samverkan Stockholmsregionen"],
    },
)  # fmt: skip

AUTHORITY = Sample(
    "myndighetens beslut",
    [
        columns("Trafikverket", "BESLUT", "Datum\n2023-04-03", "Ärendenummer\nTRV 2023/12345"),
        Title("Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen"),
        Heading("Beslut"),
        Text("Trafikverket ställer sig bakom Gemensam målbild 2023–2026."),
        Heading("Skälen för beslutet"),
        BACKGROUND,
    ],
    {
        "document_type": "other", "organisation": "Trafikverket", "body": "Trafikverket", "date": "2023-04-03",
        "diarienummer": "TRV 2023/12345", "title": "Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen",
        "period": [2023, 2026], "stage": "beslut", "outcome": "antar",
    },
)  # fmt: skip

REMITTED = Sample(
    "återremiss",
    [
        lines("Granåsa kommun", "Kommunstyrelsen", "Protokollsutdrag 2023-03-27"),
        lines("§ 31 Gemensam målbild 2023–2026, Samverkan Stockholmsregionen", "Dnr KS 2023/187"),
        Heading("Kommunstyrelsens beslut"),
        Text("Kommunstyrelsen återremitterar ärendet för komplettering av kostnaderna."),
        Heading("Förslag till beslut"),
        Text("Kommunstyrelsen antar Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen."),
        Heading("Yrkanden"),
        Text("En ledamot yrkar bifall till förslaget att anta målbilden. En annan yrkar återremiss."),
        Heading("Propositionsordning"),
        Text("Ordföranden finner att ärendet återremitteras. Paragrafen justeras inte omedelbart."),
        Heading("Jäv"),
        Text("En ledamot deltar inte på grund av jäv."),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Granåsa kommun", "body": "Kommunstyrelsen",
        "date": "2023-03-27", "paragraph": "31", "diarienummer": "KS 2023/187",
        "title": "Gemensam målbild 2023–2026, Samverkan Stockholmsregionen", "period": [2023, 2026],
        "stage": "beslut", "outcome": "återremitterar", "immediately_adjusted": False,
    },
)  # fmt: skip

REJECTED = Sample(
    "antar inte",
    [
        lines("Västanviks stad", "Kommunstyrelsen", "SAMMANTRÄDESPROTOKOLL", "Sammanträdesdatum: 8 maj 2023"),
        lines("Justeringsdatum: 15 maj 2023", "Anslagsdatum: 16 maj 2023"),
        lines("§ 5", "Målbild för Samverkan Stockholmsregionen 2023–2026"),
        Heading("Beslut"),
        points(
            "Kommunstyrelsen avslår yrkandet om återremiss.",
            "Kommunstyrelsen beslutar att inte anta målbilden för Samverkan Stockholmsregionen.",
        ),
        Heading("Bakgrund"),
        Text("Flera medlemmar, däribland Nacka kommun, har antagit målbilden."),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Västanviks stad", "body": "Kommunstyrelsen",
        "date": "2023-05-08", "paragraph": "5", "title": "Målbild för Samverkan Stockholmsregionen 2023–2026",
        "period": [2023, 2026], "stage": "beslut", "outcome": "avslår",
    },
)  # fmt: skip

LAID_TO_FILE = Sample(
    "lägger till handlingarna",
    [
        lines("Kommunstyrelsens lednings- och trygghetsutskott", "2023-09-05"),
        lines("§ 101  Information om målbild för Samverkan Stockholmsregionen 2023–2026"),
        Heading("Beslut"),
        Text("Informationen läggs till handlingarna."),
        Heading("Ärendet"),
        Text(
            "Kommunchefen har godkänt målbilden. Utskottet informeras om arbetet. Kommunstyrelsen behandlade remissen "
            "2023-01-24, § 9, dnr KS 2022/901."
        ),
    ],
    {
        "document_type": "protokollsutdrag", "body": "Kommunstyrelsens lednings- och trygghetsutskott",
        "date": "2023-09-05", "paragraph": "101",
        "title": "Information om målbild för Samverkan Stockholmsregionen 2023–2026", "period": [2023, 2026],
        "stage": "beslut", "outcome": "lägger till handlingarna", "approved_by_director": True,
        "earlier_decisions": [
            {"body": "Kommunstyrelsen", "date": "2023-01-24", "paragraph": "9", "diarienummer": "KS 2022/901"}
        ],
    },
)  # fmt: skip

OTHER_NETWORK = Sample(
    "ett annat nätverks målbild",
    [
        lines("Granåsa kommun", "Kommunstyrelsen", "Protokollsutdrag", "2023-05-29"),
        lines("§ 73 Gemensam målbild 2023–2026 för Samverkan Västerhavsregionen", "Dnr KS 2023/200"),
        Heading("Beslut"),
        Text("Kommunstyrelsen antar Gemensam målbild 2023–2026 för Samverkan Västerhavsregionen."),
        Heading("Sammanfattning"),
        Text("Arbetet liknar det som sker i Samverkan Stockholmsregionen, som har en egen målbild för 2019–2022."),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Granåsa kommun", "body": "Kommunstyrelsen",
        "date": "2023-05-29", "paragraph": "73", "diarienummer": "KS 2023/200",
        "title": "Gemensam målbild 2023–2026 för Samverkan Västerhavsregionen", "period": [2023, 2026],
        "stage": "beslut", "outcome": "antar", "subject_matches": False,
    },
)  # fmt: skip

OTHER_MATTER = Sample(
    "ett helt annat ärende",
    [
        columns("Granåsa kommun\nSamhällsbyggnadsnämnden", "Protokollsutdrag\n2024-02-14"),
        lines("§ 12", "Svar på remiss om samverkan i Stockholmsregionen kring kollektivtrafik", "Dnr SBN 2024/15"),
        Heading("Beslut"),
        Text("Samhällsbyggnadsnämnden antar yttrandet som sitt eget och överlämnar det till Region Stockholm."),
        Heading("Sammanfattning"),
        Text("Region Stockholm har tagit fram en målbild för kollektivtrafiken 2030–2035."),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Granåsa kommun", "body": "Samhällsbyggnadsnämnden",
        "date": "2024-02-14", "paragraph": "12", "diarienummer": "SBN 2024/15",
        "title": "Svar på remiss om samverkan i Stockholmsregionen kring kollektivtrafik", "stage": "beslut",
        "outcome": "antar yttrande", "subject_matches": False,
    },
)  # fmt: skip

WHOLE_MINUTES = Sample(
    "ett helt protokoll",
    [
        lines("Kommunstyrelsen", "Sammanträdesprotokoll", "Sammanträdesdatum 2023-05-29"),
        Heading("Innehåll"),
        lines("§ 71 Upphandling av växtnäring", "§ 72 Målbild 2023–2026 för Samverkan Stockholmsregionen", "§ 73 Budget 2024"),
        Page(),
        Title("§ 71 Upphandling av växtnäring"),
        lines("Dnr KS 2023/11"),
        Heading("Beslut"),
        Text("Kommunstyrelsen återremitterar ärendet. Paragrafen förklaras omedelbart justerad."),
        Page(),
        Title("§ 72 Målbild 2023–2026 för Samverkan Stockholmsregionen"),
        lines("Dnr KS 2023/187"),
        Heading("Beslut"),
        Text("Kommunstyrelsen antecknar att man tagit del av informationen om målbilden."),
        Heading("Beslutet skickas till"),
        lines("Samverkan Stockholmsregionen"),
        Page(),
        Title("§ 73 Budget 2024"),
        lines("Dnr KS 2023/12"),
        Heading("Beslut"),
        Text("Kommunstyrelsen fastställer budgeten."),
        Heading("Bilagor"),
        lines("Budget 2024"),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Granåsa kommun", "body": "Kommunstyrelsen",
        "date": "2023-05-29", "paragraph": "72", "diarienummer": "KS 2023/187",
        "title": "Målbild 2023–2026 för Samverkan Stockholmsregionen", "period": [2023, 2026], "stage": "beslut",
        "outcome": "noterar", "send_to": ["Samverkan Stockholmsregionen"],
    },
    head="Granåsa kommun", foot=FOOT,
)  # fmt: skip

LOST_DIGITS = Sample(
    "tappade siffror",
    [
        lines("Granåsa kommun", "Kommunstyrelsen", "PROTOKOLLSUTDRAG", "Sammanträdesdatum 2023-0 -29"),
        lines("§", "Dnr KS 2023/"),
        Title("Målbild 20 3–2026 för Sarnverkan Stockho1msregionen"),
        Heading("Kommunstyrelsens beslut"),
        Text("Kommunstyrelsen antar målbilden."),
        Heading("Sammanfattning"),
        Text("Arbetsutskottet behandlade ärendet 2023-05-1 . Målbilden har tagits fram gemensamt."),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Granåsa kommun", "body": "Kommunstyrelsen",
        "title": "Målbild 20 3–2026 för Sarnverkan Stockho1msregionen", "stage": "beslut", "outcome": "antar",
    },
)  # fmt: skip

OFFICE_LETTER = Sample(
    "tjänsteskrivelse med två datum och hänvisning till remiss",
    [
        columns("TJÄNSTESKRIVELSE\nKommunledningskontoret", "Vårt datum\n2022-12-19", "Vårt dnr\nKS 2022/901"),
        columns("Ert datum\n2022-10-14", "Er beteckning\n451-9876-2022"),
        columns("Handläggare\nFörnamn Efternamn", "Telefon\n08-123 45 67"),
        lines("Kommunstyrelsen"),
        Title("Yttrande över remiss: Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen"),
        lines("Remiss från Länsstyrelsen i Stockholms län"),
        Heading("Kommunledningskontorets förslag till beslut"),
        points(
            "Kommunstyrelsen antar kommunledningskontorets förslag till yttrande som sitt eget och överlämnar det till Samverkan Stockholmsregionen.",
            "Paragrafen förklaras omedelbart justerad.",
        ),
        Heading("Ärendet i korthet"),
        BACKGROUND,
        Page(),
        Heading("Bilagor"),
        lines("Bilaga 1 Förslag till yttrande, daterat 2022-12-15", "Bilaga 2 Gemensam målbild 2023–2026 (remissversion)"),
        lines("Förnamn Efternamn", "Kommundirektör"),
        Heading("Beslutet skickas till"),
        lines("Länsstyrelsen Stockholm"),
    ],
    {
        "document_type": "tjänsteskrivelse", "organisation": "Granåsa kommun", "body": "Kommunstyrelsen",
        "date": "2022-12-19", "diarienummer": "KS 2022/901",
        "title": "Yttrande över remiss: Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen",
        "period": [2023, 2026], "stage": "förslag", "outcome": "antar yttrande", "proposed_to": "Kommunstyrelsen",
        "immediately_adjusted": True,
        "attachments": [
            "Förslag till yttrande, daterat 2022-12-15", "Gemensam målbild 2023–2026 (remissversion)",
        ],
        "send_to": ["Länsstyrelsen Stockholm"],
    },
    head="Granåsa kommun\tSida 1 (2)",
)  # fmt: skip

COMPANY = Sample(
    "bolagets styrelse",
    [
        lines("Hamnholmens Hamn AB", "Styrelsen", "Utdrag ur protokoll", "2023-06-01"),
        lines("§ 8 Målbild för Samverkan Stockholmsregionen"),
        Text("Styrelsen beslutar att godkänna målbilden för åren 2023 till och med 2026."),
        Text("Vid protokollet"),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Hamnholmens Hamn AB", "body": "Styrelsen",
        "date": "2023-06-01", "paragraph": "8", "title": "Målbild för Samverkan Stockholmsregionen",
        "period": [2023, 2026], "stage": "beslut", "outcome": "antar",
    },
)  # fmt: skip

BY_REFERENCE = Sample(
    "beslutar enligt förslaget",
    [
        columns("Lillhamra kommun", "Protokollsutdrag"),
        columns("Sammanträdesdatum", "Paragraf", "Diarienummer"),
        columns("2023-06-12", "§ 99", "KS-2023/188"),
        lines("Kommunstyrelsen"),
        Title("Gemensam målbild"),
        Heading("Kommunstyrelsens beslut"),
        Text("Kommunstyrelsen beslutar i enlighet med arbetsutskottets förslag."),
        Heading("Arbetsutskottets förslag till beslut"),
        Text("Kommunstyrelsen antar Samverkan Stockholmsregionens målbild för 2023–2026 med tillägget att kostnaden följs upp."),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Lillhamra kommun", "body": "Kommunstyrelsen",
        "date": "2023-06-12", "paragraph": "99", "diarienummer": "KS-2023/188", "title": "Gemensam målbild",
        "period": [2023, 2026], "stage": "beslut", "outcome": "antar",
        "villkor": [
            "Kommunstyrelsen antar Samverkan Stockholmsregionens målbild för 2023–2026 med tillägget att kostnaden följs upp."
        ],
    },
)  # fmt: skip

LETTER = Sample(
    "remissvar som brev",
    [
        columns("Mellanskogs räddningstjänstförbund", "REMISSVAR\n2023-01-26", "Dnr 2022/310"),
        columns("Till\nLänsstyrelsen i Stockholms län\nBox 22067\n104 22 Stockholm"),
        Title("Remissvar avseende Gemensam målbild 2023–2026, Samverkan Stockholmsregionen"),
        Text("Förbundet har tagit del av remissen daterad den 14 oktober 2022 och har inget att erinra."),
        lines("Förnamn Efternamn", "Förbundsdirektör"),
    ],
    {
        "document_type": "skrivelse", "organisation": "Mellanskogs räddningstjänstförbund", "date": "2023-01-26",
        "diarienummer": "2022/310", "title": "Remissvar avseende Gemensam målbild 2023–2026, Samverkan Stockholmsregionen",
        "period": [2023, 2026],
    },
)  # fmt: skip

ATTACHMENT = Sample(
    "bilaga: målbilden själv",
    [
        lines("Bilaga 1"),
        Title("Gemensam målbild 2023–2026 Samverkan Stockholmsregionen"),
        lines("Version 1.0", "Antagen av regionala chefsgruppen den 10 mars 2023"),
        Heading("Bakgrund"),
        Text("Målbilden gäller för alla medlemmar."),
    ],
    {
        "document_type": "bilaga", "title": "Gemensam målbild 2023–2026 Samverkan Stockholmsregionen",
        "period": [2023, 2026],
        "earlier_decisions": [{"body": "Regionala chefsgruppen", "date": "2023-03-10"}],
    },
)  # fmt: skip

MARGIN_HEADINGS = Sample(
    "rubriker i marginalen",
    [
        columns("Lillhamra kommun", "Protokollsutdrag"),
        columns("Kommunstyrelsen", "2023-06-12"),
        columns("§ 99", "Målbild 2023–2026 för Samverkan Stockholmsregionen"),
        columns("Beslut", "Kommunstyrelsen noterar informationen."),
        columns("Ärendet", "Målbilden har inte godkänts av kommundirektören."),
        columns("Skickas till", "Samverkan Stockholmsregionen"),
    ],
    {
        "document_type": "protokollsutdrag", "organisation": "Lillhamra kommun", "body": "Kommunstyrelsen",
        "date": "2023-06-12", "paragraph": "99", "title": "Målbild 2023–2026 för Samverkan Stockholmsregionen",
        "period": [2023, 2026], "stage": "beslut", "outcome": "noterar", "approved_by_director": False,
        "send_to": ["Samverkan Stockholmsregionen"],
    },
)  # fmt: skip

SAMPLES = (
    KS_ADOPTS, AU_TO_KS_TO_KF, KS_TO_KF, KF_DECIDES, REGION, FEDERATION, AUTHORITY, REMITTED, REJECTED, LAID_TO_FILE,
    OTHER_NETWORK, OTHER_MATTER, WHOLE_MINUTES, LOST_DIGITS, OFFICE_LETTER, COMPANY, BY_REFERENCE, LETTER, ATTACHMENT,
    MARGIN_HEADINGS,
)  # fmt: skip
