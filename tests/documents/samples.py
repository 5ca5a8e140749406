"""Documents as the program would print them: a snowstorm with power cuts on 5 January 2027, seen at 06.30."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from gemensam.documents.shapes import (
    Activity,
    AgendaPoint,
    Agreement,
    Attendance,
    BinderDocument,
    Cell,
    Change,
    Column,
    ExcerptDocument,
    Fact,
    FeedHead,
    Frame,
    Gap,
    Language,
    LetterDocument,
    LogDocument,
    LogEntry,
    Matrix,
    MatrixMember,
    Meeting,
    MinutesDocument,
    Need,
    OneSheetDocument,
    PaperField,
    PaperSheet,
    PaperTable,
    Passage,
    PictureDocument,
    Question,
    Remark,
    Reservation,
    Role,
    ScaleValue,
    Section,
    Statement,
    TableDocument,
    TextDocument,
    TextSection,
    Undertaking,
)


def at(clock: str, day: int = 5) -> int:
    """Return a local clock time of a day in January 2027 as milliseconds since the epoch."""
    hour, minute = clock.split(".")
    return int(datetime(2027, 1, day, int(hour), int(minute), tzinfo=ZoneInfo("Europe/Stockholm")).timestamp() * 1000)


MEMBERS = (
    "Upplands Väsby,Vallentuna,Österåker,Värmdö,Järfälla,Ekerö,Huddinge,Botkyrka,Salem,Haninge,Tyresö,Upplands-Bro,"
    "Nykvarn,Täby,Danderyd,Sollentuna,Stockholm,Södertälje,Nacka,Sundbyberg,Solna,Lidingö,Vaxholm,Norrtälje,Sigtuna,"
    "Nynäshamn,Länsstyrelsen,Region Stockholm,Polisen,MRM,SOS Alarm,Trafikverket,Kustbevakningen,Stockholms hamnar,"
    "SSBF,SBFF,Attunda"
).split(",")

TECHNICAL, TRANSPORT, CARE = "Teknisk försörjning", "Transporter", "Vård, omsorg och skola"
SAFETY, SUPPLY = "Trygghet och säkerhet", "Försörjning och ledning"
ACTIVITIES = tuple(
    Activity(code=code, name=name, short=short, group=group)
    for code, name, short, group in (
        ("el", "El", "El", TECHNICAL),
        ("varme", "Värme och kyla", "Värme", TECHNICAL),
        ("drivmedel", "Drivmedel och reservkraft", "Drivmedel", TECHNICAL),
        ("dricksvatten", "Dricksvatten", "Vatten", TECHNICAL),
        ("avlopp_avfall", "Avlopp och avfall", "Avlopp", TECHNICAL),
        ("tele_internet", "Telefoni och internet", "Tele", TECHNICAL),
        ("it", "It-system och digitala tjänster", "It", TECHNICAL),
        ("vag", "Vägar och framkomlighet", "Väg", TRANSPORT),
        ("koll_tag_flyg", "Kollektivtrafik, järnväg och flyg", "Koll/tåg", TRANSPORT),
        ("sjo", "Sjötrafik, färjor och skärgård", "Sjö", TRANSPORT),
        ("sjukvard", "Hälso- och sjukvård", "Sjukvård", CARE),
        ("aldreomsorg", "Äldreomsorg och hemsjukvård", "Äldre", CARE),
        ("socialtjanst", "Socialtjänst, LSS och krisstöd", "Social", CARE),
        ("skola", "Förskola, skola och fritids", "Skola", CARE),
        ("raddning", "Räddningstjänst och alarmering", "Räddning", SAFETY),
        ("ordning", "Ordning och säkerhet", "Ordning", SAFETY),
        ("forsorjning", "Livsmedel, varor och betalningar", "Varor", SUPPLY),
        ("ledning", "Krisledning, bemanning och samband", "Ledning", SUPPLY),
    )
)
SCALE = (
    ScaleValue(code="ingen", digit="1", word="Ingen påverkan", short="Ingen", form="circle"),
    ScaleValue(code="mattlig", digit="2", word="Måttlig påverkan", short="Måttlig", form="square"),
    ScaleValue(code="betydande", digit="3", word="Betydande påverkan", short="Betydande", form="triangle"),
    ScaleValue(code="allvarlig", digit="4", word="Allvarlig påverkan", short="Allvarlig", form="diamond"),
    ScaleValue(code="kritisk", digit="5", word="Kritisk påverkan", short="Kritisk", form="octagon"),
    ScaleValue(code="vet_ej", digit="", word="Vet ej ännu", short="Vet ej", form="unknown"),
    ScaleValue(code="aterkommer", digit="", word="Återkommer kl. …", short="Åter", form="unknown"),
    ScaleValue(code="ej_rapporterat", digit="", word="Ej rapporterat", short="Ej rapp.", form="hatched"),
    ScaleValue(code="ej_tillfragad", digit="", word="Ej tillfrågad", short="Ej tillfr.", form="none"),
    ScaleValue(code="har_inte", digit="", word="Har inte verksamheten", short="–", form="none"),
    ScaleValue(code="annan_krets", digit="", word="Lämnat i mindre krets", short="Mindre krets", form="none"),
)
HEADS = (
    FeedHead(node="samverkan-1", incarnation=1, number=1184, digest="9f3a5c0be1d27744" + "a1" * 24),
    FeedHead(node="norrtalje", incarnation=2, number=203, digest="0b77e2c94d1f3a60" + "c4" * 24),
    FeedHead(node="ledningsplats-bil-4", incarnation=1, number=17, digest="5e11d09ab3c8f2e7" + "07" * 24),
)
SWEDISH_FRAME = Frame(
    title="Samlad lägesbild nr 4",
    language="sv",
    author="Samverkan Stockholmsregionen, Länsstyrelsen Stockholm – lägesbildsansvarig",
    space="Snöoväder och strömavbrott, januari 2027",
    printed_at=at("06.41"),
    printed_by="Nacka kommun – TiB",
    circle="37 aktörer",
    marks=("demonstration", "TLP:AMBER"),
    heads=HEADS,
)


def frame(title: str, language: Language = "sv", **changes: object) -> Frame:
    return replace(SWEDISH_FRAME, title=title, language=language, **changes)  # type: ignore[arg-type]


def cell(member: int, activity: int) -> Cell:
    """Return a cell that differs from its neighbours, by rule: no two runs differ."""
    worst = (member * 7 + activity * 5) % 23
    if worst == 3:
        return Cell(value="vet_ej")
    if worst == 9:
        return Cell(value="aterkommer", detail="07.30")
    if worst == 14:
        return Cell(value="har_inte")
    value = ("ingen", "ingen", "mattlig", "ingen", "betydande", "ingen", "allvarlig", "mattlig")[worst % 8]
    if (member, activity) == (23, 0):
        return Cell(value="kritisk", marks=("Inaktuell",))
    return Cell(value=value, marks=("Obekräftad",) if worst == 6 and member % 2 else ())


def matrix_member(place: int, name: str) -> MatrixMember:
    if name in {"Vaxholm", "Salem"}:
        cells = tuple(Cell(value="ej_rapporterat") for _ in ACTIVITIES)
        return MatrixMember(
            name=name, cells=cells, notes=("Senast rapporterat i går 16.20", "Kontakt: reserv (Rakel) 06.12")
        )
    if name == "MRM":
        return MatrixMember(name=name, cells=tuple(Cell(value="har_inte") for _ in ACTIVITIES))
    cells = tuple(cell(place, activity) for activity in range(len(ACTIVITIES)))
    notes = ("Försenad",) if place % 11 == 4 else ()
    return MatrixMember(name=name, cells=cells, notes=notes, oldest_at=at("06.30") - (8 + place * 5 % 140) * 60_000)


MATRIX = Matrix(
    scale=SCALE,
    activities=ACTIVITIES,
    members=tuple(matrix_member(place, name) for place, name in enumerate(MEMBERS)),
)


def statement(text: str, organisation: str, **rest: object) -> Statement:
    known: dict[str, object] = {"stated_at": at("06.10"), "type": "fakta", "source": "Egen verksamhet"}
    return Statement(text=text, organisation=organisation, **(known | rest))  # type: ignore[arg-type]


PICTURE = PictureDocument(
    frame=SWEDISH_FRAME,
    number=4,
    previous=3,
    stated_at=at("06.30"),
    valid_until_at=at("09.00"),
    next_at=at("09.00"),
    published_at=at("06.38"),
    published_by="Länsstyrelsen Stockholm – lägesbildsansvarig",
    reported=34,
    members=37,
    sections=(
        Section(
            heading="Sammanfattning",
            text="Snöovädret har sedan i går kväll slagit ut elen i norra skärgården och delar av Norrtälje. "
            "Framkomligheten är dålig på E18 norr om Kapellskär och på alla mindre vägar i Roslagen.\n\n"
            "Äldreomsorgen i Norrtälje och Vaxholm är värst berörd. Två boenden går på reservkraft. "
            "Elnätsbolaget räknar med att elen är tillbaka i tätorterna under eftermiddagen.",
        ),
        Section(
            heading="Konsekvenser",
            text="Per verksamhet, värst först.",
            statements=(
                statement(
                    "11 400 elnätskunder utan el i Norrtälje kommun. Väddö, Björkö och Singö är helt utan.",
                    "Norrtälje kommun",
                    activity="El",
                    value="kritisk",
                    source="Leverantör: elnätsbolaget",
                    reference="Lägesrapport 7",
                    marks=("Inaktuell (2 h 10 min)",),
                    stated_at=at("04.20"),
                ),
                statement(
                    "Två särskilda boenden går på reservkraft. 14 personer med hemtjänst har inte nåtts.",
                    "Norrtälje kommun",
                    activity="Äldreomsorg och hemsjukvård",
                    value="allvarlig",
                    reference="Lägesrapport 7",
                ),
                statement(
                    "Färjorna till Ljusterö och Blidö är inställda tills vidare. Isbrytning pågår.",
                    "Trafikverket",
                    activity="Sjötrafik, färjor och skärgård",
                    value="betydande",
                    type="bedomning",
                    reference="Lägesrapport 3",
                ),
                statement(
                    "Uppgift om att mobilmasten på Arholma är nere.",
                    "Norrtälje kommun",
                    activity="Telefoni och internet",
                    value="vet_ej",
                    type="antagande",
                    source="Allmänheten",
                    marks=("Obekräftad",),
                    stated_at=at("23.15", 4),
                ),
            ),
        ),
        Section(
            heading="Åtgärder",
            text="Region Stockholm förstärker ambulanssjukvården i norra länet. "
            "Trafikverket har all snöröjning i gång och prioriterar E18 och väg 76.",
        ),
        Section(
            heading="Bedömning",
            assessment=True,
            text="Troligt: elen är åter i Norrtälje tätort före kl. 15 och på öarna under onsdagen.\n"
            "Värsta rimliga: nytt snöfall i kväll fördröjer reparationerna ett dygn.\n"
            "Avgörande osäkerhet: om bandvagn kan nå Singö före mörkrets inbrott.",
        ),
    ),
    matrix=MATRIX,
    changes=(
        Change(
            organisation="Norrtälje kommun",
            heading="Ändrade värden",
            activity="El",
            before="allvarlig",
            after="kritisk",
        ),
        Change(
            organisation="Värmdö kommun",
            heading="Ändrade värden",
            activity="Vägar och framkomlighet",
            before="betydande",
            after="mattlig",
        ),
        Change(
            organisation="Vaxholms stad",
            heading="Ändrade värden",
            activity="Alla",
            before="mattlig",
            after="ej_rapporterat",
            text="Ingen rapport sedan i går 16.20; kontakt via Rakel 06.12.",
        ),
        Change(organisation="Region Stockholm", heading="Nya uppgifter", text="Förstärkningsläge från 05.00."),
    ),
    gaps=(
        Gap(
            organisation="Vaxholms stad",
            text="Ej rapporterat. Kontakt via reservsamband (Rakel).",
            last_at=at("16.20", 4),
        ),
        Gap(organisation="Salems kommun", text="Ej rapporterat.", last_at=None),
        Gap(
            organisation="Norrtälje och elnätsbolaget",
            text="Motstridiga uppgifter om antal kunder utan el.",
            last_at=at("06.05"),
        ),
    ),
)

MINUTES = MinutesDocument(
    frame=frame("Mötesanteckningar från samverkanskonferens 47", circle="37 aktörer"),
    number="47",
    started_at=at("08.00"),
    ended_at=at("08.31"),
    published_at=at("09.05"),
    published_by="Länsstyrelsen Stockholm – TiB",
    form="Telefonkonferens, öppen linje",
    summary="Konferensen hölls i aktiverat läge med anledning av snöovädret och strömavbrotten i norra länet.",
    roles=(
        Role(name="Mötesledare", function="Länsstyrelsen Stockholm – TiB"),
        Role(name="Mötessekreterare", function="Länsstyrelsen Stockholm – sekreterare"),
        Role(name="Lägesbildsansvarig", function="Länsstyrelsen Stockholm – lägesbildsansvarig"),
        Role(name="Kommunikationskoordinator", function="Region Stockholm – kommunikatör"),
    ),
    attendance=tuple(
        Attendance(
            organisation=name,
            present=name not in {"Vaxholm", "Salem", "MRM"},
            status="Ej hörd"
            if name in {"Vaxholm", "Salem", "MRM"}
            else "Till 08.20"
            if name == "Täby"
            else "Närvarande",
            function="" if name in {"Vaxholm", "Salem", "MRM"} else f"{name} – {'TiB' if place % 3 else 'krisledning'}",
            represents="Vaxholm" if name == "Österåker" else "",
            joined_at=at("07.58") + place * 7000,
        )
        for place, name in enumerate(MEMBERS)
    ),
    agenda=(
        AgendaPoint(number="1", heading="Upprop", text="34 av 37 aktörer är med. Österåker företräder även Vaxholm."),
        AgendaPoint(
            number="2",
            heading="Samlad lägesbild nr 4",
            text="Lägesbilden föredrogs. Inga invändningar.",
            statements=(statement("11 400 elnätskunder är utan el.", "Norrtälje kommun", stated_at=at("07.40")),),
        ),
        AgendaPoint(number="3", heading="Avvikelser"),
        AgendaPoint(
            number="4",
            heading="Kommunikation",
            text="Gemensamt budskap: åk inte ut på vägarna i Roslagen i onödan. Talesperson är Norrtälje kommun.",
        ),
    ),
    needs=(
        Need(
            number="47-1",
            text="Två bandvagnar med förare till Singö och Väddö",
            organisation="Norrtälje kommun",
            to="MRM, SBFF",
            due_at=at("12.00"),
            status="Erbjudet av SBFF",
        ),
        Need(
            number="47-2",
            text="Drivmedel till reservkraft vid två boenden",
            organisation="Norrtälje kommun",
            to="Alla",
            due_at=at("08.00", 6),
            status="Öppet",
        ),
    ),
    questions=(
        Question(
            text="När är väg 283 framkomlig igen?",
            organisations="Norrtälje kommun, SSBF, Österåkers kommun",
            answer="Trafikverket: Ett körfält från kl. 14.00.",
        ),
        Question(text="Vem svarar allmänheten om drickvatten?", organisations="Vaxholms stad", answer="Obesvarad"),
    ),
    remarks=(Remark(organisation="Vaxholms stad", text="Vi deltog från kl. 08.05.", answer="Rättat i närvaron."),),
    agreements=(
        Agreement(
            number="47:1",
            text="Aktörerna samordnar tillsynen av personer med trygghetslarm i områden utan el.",
            undertakings=(
                Undertaking(
                    organisation="Norrtälje kommun",
                    text="Lämnar en lista över områden, utan personuppgifter, till SBFF och Polisen.",
                    due_at=at("10.00"),
                    status="Bekräftat av Norrtälje kommun 08.41",
                ),
                Undertaking(
                    organisation="SBFF",
                    text="Kör en bandvagn längs väg 283.",
                    due_at=at("12.00"),
                    status="Antecknat",
                ),
            ),
            reservations=(
                Reservation(organisation="Polisen", text="Kan delta bara om ingen händelse med fara för liv pågår."),
            ),
            follow_up_at=at("16.00"),
        ),
        Agreement(number="47:2", text="Gemensamt budskap om resor i Roslagen används av alla till kl. 18.00."),
    ),
    next_meeting=Meeting(
        at=at("16.00"), text="Samma nummer och kod. Faller linjen: Rakel, talgruppen i sambandsplanen."
    ),
)

TABLE = TableDocument(
    frame=frame("Öppna behov", marks=("exercise",)),
    summary="Alla behov som inte är lösta, äldst först.",
    columns=(
        Column(heading="Nr", weight=0),
        Column(heading="Behov", weight=4),
        Column(heading="Aktör", weight=2),
        Column(heading="Antal", kind="number", weight=0),
        Column(heading="Läge", weight=2),
    ),
    rows=tuple(
        (
            f"47-{n}",
            "Bandvagn med förare till Singö och Väddö",
            MEMBERS[n % 37],
            str(n * 3),
            "Öppet" if n % 2 else "Erbjudet",
        )
        for n in range(1, 61)
    ),
    note="Ett behov stängs av den aktör som har det.",
)

LOG = LogDocument(
    frame=frame("Logg"),
    selection="Alla poster 4 jan 22.00–5 jan 06.30",
    entries=tuple(
        LogEntry(
            position=n,
            occurred_at=at("22.00", 4) + n * 420_000,
            recorded_at=at("22.03", 4) + n * 421_000,
            organisation=MEMBERS[n * 5 % 37],
            function="TiB" if n % 4 else "",
            kind=("Lägesrapport", "Begäran om lägesrapport", "Behov", "Åtgärd")[n % 4],
            text="Strömavbrottet har spridit sig till Väddö. Reservkraft i drift vid två boenden." if n % 3 else "",
            marks=("TLP:AMBER",) if n % 9 == 0 else (),
            notes=(f"Rättad av {n + 12}",) if n % 10 == 2 else (),
        )
        for n in range(1, 71)
    ),
)

EXCERPT = ExcerptDocument(
    frame=frame("Lägesbild till MCF"),
    stated_at=at("06.30"),
    published_at=at("06.45"),
    sender="Länsstyrelsen Stockholm, Samverkan Stockholmsregionen",
    to="Myndigheten för civilt försvar",
    source="Samlad lägesbild nr 4",
    scale=tuple(value for value in SCALE if value.code == "kritisk"),
    sections=(
        Section(heading="Behov av stöd", text="Två reservkraftverk.\n\nFyll på vatten i dunkar."),
        Section(
            heading="Konsekvenser",
            statements=(statement("Elen är borta på Väddö.", "Norrtälje kommun", activity="El", value="kritisk"),),
        ),
    ),
)

BINDER = BinderDocument(
    frame=frame("Reservpärm"),
    sheets=(
        PaperSheet(
            title="Lägesrapport",
            text="Fyll i för hand.\n\nRing in den när linjen är tillbaka.",
            fields=(
                PaperField(label="Det viktigaste just nu", help="Tre meningar.", lines=3),
                PaperField(label="Kom in via", options=("Telefon", "Rakel", "Bud")),
            ),
        ),
        PaperSheet(
            title="Larmlista",
            landscape=True,
            tables=(
                PaperTable(
                    heading="Funktioner",
                    columns=(Column(heading="Aktör"), Column(heading="Funktion"), Column(heading="Nåddes kl.")),
                    rows=tuple((member, "TiB", "") for member in MEMBERS),
                    blank=3,
                    text="I larmordning.",
                    dense=True,
                ),
                PaperTable(heading="Anteckningar", columns=(Column(heading="Vad"),), rows=(("Prov",),), roomy=True),
            ),
        ),
    ),
)
ONE_SHEET = OneSheetDocument(
    frame=frame("Ett blad"), sheets=(BINDER.sheets[0], replace(BINDER.sheets[1], landscape=False))
)
LETTER = LetterDocument(
    frame=frame("Kostnadsandel 2027"),
    facts=(
        Fact(name="Medlem", value="Nacka kommun"), Fact(name="Belopp", value="160 102,37 kr"),
        Fact(name="Läge", value="Preliminär"), Fact(name="", value=""),
    ),
    passages=(
        Passage(
            heading="Beräkning", text="Hälften av budgeten.\n\nAvrundas.", points=("Första punkten", "#read(1)"),
            columns=(Column(heading="Kommun", weight=2), Column(heading="Kronor", kind="number")),
            rows=(("Nacka", "12,50"), ("Täby", "7,25")), total=("Summa", "19,75"),
        ),
        Passage(heading="Barnperspektiv", gap="Fylls i av medlemmen"),
    ),
)  # fmt: skip
TEXT = TextDocument(
    frame=frame("Remissammanställning"),
    facts=(("Version", "1"), ("Remiss", "Förslag till målbild")),
    sections=(
        TextSection(heading="Sammanfattning", paragraphs=("Första stycket.\n\nAndra stycket.", "#read(1)")),
        TextSection(
            heading="Mål för perioden", level=3,
            columns=(Column(heading="Stycke"), Column(heading="Synpunkt", weight=3)),
            rows=(("3.1", "Alla övar varje år"), ("3.2", "Tidsmålet")),
        ),
    ),
)  # fmt: skip
DOCUMENTS = {
    "picture": PICTURE, "excerpt": EXCERPT, "minutes": MINUTES, "table": TABLE, "log": LOG, "binder": BINDER,
    "letter": LETTER, "one_sheet": ONE_SHEET, "text": TEXT,
}  # fmt: skip
