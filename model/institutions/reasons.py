"""Why a rule came, softened or went, in words: each cause as a clause in English and Norwegian Bokmål."""

from typing import Final

from agents.vocabulary import STAGES
from model.institutions.phrases import Pair, a_stage

# `{}` is who or what stands behind it; a clause without stands alone.
CLAUSES: Final[dict[str, Pair]] = {
    "outset": {"en": "it was there before the first year", "nb": "det fantes før det første året"},
    "design": {"en": "the design sets it ({})", "nb": "designet fastsetter det ({})"},
    "size": {"en": "the municipality is large", "nb": "kommunen er stor"},
    "champion": {"en": "a champion drove it", "nb": "en ildsjel drev det fram"},
    "agenda": {"en": "climate stood high on the agenda", "nb": "klima sto høyt på dagsordenen"},
    "neighbours": {"en": "it copied {}", "nb": "forbildet var {}"},
    "duty": {"en": "a duty asks for it ({})", "nb": "en plikt krever det ({})"},
    "money": {"en": "there was money or help for it ({})", "nb": "det fantes penger eller hjelp til det ({})"},
    "network": {"en": "a learning network carried it ({})", "nb": "et læringsnettverk bar det fram ({})"},
    "county": {"en": "the county supported it ({})", "nb": "fylkeskommunen støttet det ({})"},
    "platform": {"en": "the strategic platform carried it", "nb": "den strategiske plattformen bar det fram"},
    "practice": {"en": "it was well practised", "nb": "det var godt innarbeidet"},
    "little practice": {"en": "it was hardly lived", "nb": "det ble lite etterlevd"},
    "nobody carries it": {"en": "nobody carried it any more", "nb": "ingen bar det lenger"},
    "money ended": {"en": "the money for it ended", "nb": "pengene til det tok slutt"},
    "small municipality": {
        "en": "a small municipality finds it hard to keep",
        "nb": "en liten kommune har vansker med å holde på det",
    },
    "chance": {"en": "it happened by chance", "nb": "det skjedde ved en tilfeldighet"},
    "strategy": {"en": "the regional strategy called for it", "nb": "den regionale strategien krevde det"},
    "municipalities": {"en": "its municipalities led the way, {} foremost", "nb": "kommunene gikk foran, {} fremst"},
    "support": {"en": "the design offered support for it ({})", "nb": "designet ga støtte til det ({})"},
    "weak strategy": {"en": "the regional strategy was weak", "nb": "den regionale strategien var svak"},
    "few municipalities": {"en": "few municipalities took part", "nb": "få kommuner var med"},
    "support ended": {"en": "the support from above ended", "nb": "støtten ovenfra tok slutt"},
    "tenure and load": {"en": "years in post and the load", "nb": "år i jobben og belastningen"},
    "citizens and agenda": {
        "en": "citizens and the agenda called for it",
        "nb": "innbyggerne og dagsordenen kalte på det",
    },
    "all champions leave": {
        "en": "in this experiment all leave at once",
        "nb": "i dette forsøket slutter alle på en gang",
    },
    "capacity": {"en": "there was capacity for it", "nb": "det fantes kapasitet til det"},
    "experience": {"en": "there was experience to build on", "nb": "det fantes erfaring å bygge på"},
    "rule": {"en": "a rule provides for it ({})", "nb": "en regel legger til rette for det ({})"},
    "setbacks": {"en": "it met setbacks year after year", "nb": "det møtte motgang år etter år"},
    "project grant": {"en": "there was a project grant ({})", "nb": "det fantes et prosjekttilskudd ({})"},
    "project money ended": {"en": "the project money ended", "nb": "prosjektpengene tok slutt"},
    "anchored in the line": {"en": "it was anchored in the line", "nb": "det var forankret i linja"},
    "somebody convened it": {"en": "somebody convened it", "nb": "noen kalte sammen til det"},
    "voters": {"en": "the voters wanted it so", "nb": "velgerne ville det slik"},
    "published gap": {
        "en": "the published gap to the goal asked for it",
        "nb": "det publiserte gapet til målet tilsa det",
    },
}
WHAT: Final[dict[str, Pair]] = {
    "there before": {"en": "was there before", "nb": "fantes fra før"},
    **{f"became {s}": {"en": f"became {a_stage(s, 'en')}", "nb": f"ble {a_stage(s, 'nb')}"} for s in STAGES[1:]},
    **{
        f"softened to {s}": {"en": f"softened to {a_stage(s, 'en')}", "nb": f"ble myknet opp til {a_stage(s, 'nb')}"}
        for s in STAGES[1:-1]
    },
    "dropped": {"en": "was dropped", "nb": "ble oppgitt"},
    "champion appeared": {"en": "a champion appeared", "nb": "en ildsjel kom til"},
    "last champion left": {"en": "the last champion left", "nb": "den siste ildsjelen sluttet"},
    "in force": {"en": "in force", "nb": "gjelder"},
}


def reason(cause: str, behind: str, language: str) -> str:
    """A cause as a clause; `behind`: the name of who or what stands behind it, may be empty.

    A cause that has no clause, as of a phase of somebody's own, is told as it stands.

    >>> reason("neighbours", "Bergen", "en"), reason("chance", "", "nb")
    ('it copied Bergen', 'det skjedde ved en tilfeldighet')
    """
    clause = CLAUSES[cause][language] if cause in CLAUSES else f"{cause} ({{}})"
    return clause.format(behind) if behind else clause.replace(" ({})", "").format("…")
