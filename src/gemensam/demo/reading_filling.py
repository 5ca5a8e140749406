"""Decision documents that wait for the joint office in the demonstration: invented, and each says so itself."""

import typst

from gemensam.core.policy import Principal
from gemensam.demo.stage import ACCOUNT
from gemensam.governance.intake.files import own_rows, take_in
from gemensam.ledger.reading import lens_for

OFFICE, REGISTRAR = "kansliet", "kansliet-registrerare"
INVENTED = "Påhittad handling för demonstrationen"
MINUTES = f"""#set page(paper: "a4", footer: [{INVENTED} #h(1fr) Utdragsbestyrkande])
#set text(lang: "sv", size: 10.5pt)
#grid(columns: 2, column-gutter: 60pt,
  [HUDDINGE KOMMUN \\ Kommunstyrelsen], [PROTOKOLLSUTDRAG \\ Sammanträdesdatum \\ 2023-08-30])

#text(size: 15pt, weight: "bold")[§ 41 Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen]

Diarienummer KS-2023/780

*Kommunstyrelsens beslut*

+ Kommunstyrelsen antar Gemensam målbild 2023–2026 för Samverkan Stockholmsregionen.
+ Paragrafen förklaras omedelbart justerad.

*Sammanfattning*

Målbilden ersätter den för 2019–2022. Arbetsutskottet behandlade ärendet den 7 juni 2023, § 13.

*Beslutet skickas till*

Samverkan Stockholmsregionen
"""
LETTER = f"""{INVENTED}

TYRESÖ KOMMUN
Tjänsteskrivelse
2023-05-15
Diarienummer KSM 2023-512

Målbild 2023–2026 för Samverkan Stockholmsregionen

Förslag till beslut
Kommunstyrelsen antar målbilden 2023–2026 för Samverkan Stockholmsregionen.

Beskrivning av ärendet
Målbilden har tagits fram tillsammans.
"""
OTHER = f"""{INVENTED}

NACKA KOMMUN
Protokollsutdrag
Kommunstyrelsen
2023-05-29

§ 88 Bidrag till schackklubben 2023–2026

Beslut
Kommunstyrelsen antar riktlinjer för bidrag till schackklubben.
"""


def fill_reading(now: int) -> None:
    """Have three documents wait that were never there: minutes, a memorandum, and one about something else. ms UTC."""
    lens = lens_for(Principal(ACCOUNT, OFFICE, REGISTRAR, frozenset()), now)
    known = set(own_rows(lens).values_list("name", flat=True))
    texts = {"Tyresö tjänsteskrivelse.txt": LETTER, "Nacka § 88.txt": OTHER}
    for name, text in texts.items():
        if name not in known:
            take_in(lens, name, text.encode())
    if "Huddinge § 41.pdf" not in known:
        drawn = typst.compile(MINUTES.encode())
        take_in(lens, "Huddinge § 41.pdf", bytes(drawn))
