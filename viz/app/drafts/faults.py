"""What is wrong with a draft, in Bokmål: the loader's messages by their pattern; what has none stays as it is."""

import re
from typing import Final

SAID: Final[tuple[tuple[str, str], ...]] = (
    (r"unknown word '(.*)' in condition", r"ukjent ord «\1» i vilkåret"),
    (r"unknown word '(.*)' in .*", r"ukjent ord «\1»"),
    (r"unknown solution '(.*)'", r"ukjent løsning «\1»"),
    (r"unknown kind '(.*)'.*", r"ukjent slag «\1»"),
    (r"did you mean '(.*)'\?.*", r"mente du «\1»?"),
    (r"use one of: (.*)", r"bruk ett av: \1"),
    (r"string should have at least (\d+) characters?", r"skriv minst \1 tegn"),
    (r"string should have at most (\d+) characters?", r"skriv høyst \1 tegn"),
    (r"it should be (?:less|greater) than or equal to .*", "hold deg innenfor grensene"),
    (r"it should be a valid (?:integer|number).*", "skriv et tall"),
    (r"'(.*)' is missing.*", r"«\1» mangler"),
    (r"add .* = …", "fyll ut feltet"),
    (r"from '(.*)' comes after to '(.*)'", r"første år (\1) kommer etter siste år (\2)"),
    (r"swap the years", "bytt om årene"),
    (r"'(.*)' is no name.*", r"«\1» kan ikke være et navn"),
    (r"use small letters and digits joined by hyphens.*", "bruk små bokstaver og tall med bindestrek, som mitt-design"),
    (r"aim has no solutions chosen", "ingen løsninger er valgt"),
    (r"aim has both a list and selectors of solutions", "både enkeltløsninger og en gruppe er valgt"),
    (r"give either solutions = .*", "velg enten løsninger én for én, eller en type, et område eller et nivå"),
    (r"no solution of the catalogue fits the selectors", "ingen løsning i katalogen passer med utvalget"),
    (r"leave one of them out", "ta bort ett av kravene"),
    (r"aim has only one of 'element' and 'covers'", "enten ordning eller dekning mangler"),
    (
        r"(?:an earmarked grant|earmarked money) gives both",
        "øremerkede penger sier både hva de er til, og hvor mye de dekker",
    ),
    (r"the (\w+) cannot be the attribute of (\w+)", "den som er valgt, kan ikke stå for dette"),
    (r"only must and should can carry an or_else", "bare skal og bør kan følges av et «ellers»"),
    (r"write deontic = .*", "velg skal eller bør, eller ta bort «ellers»"),
    (r"put the or_else on a duty", "la det følge en plikt"),
    (r"use (?:state|county|municipality|citizens|businesses)\b.*", "velg en annen"),
    (r"nobody can break (\w+)", "dette kan ingen bryte, og da kan det ikke følge et «ellers»"),
    (r"'(.*)' is not a sum of money in million_nok", r"«\1» er ikke en pengesum"),
    (r"'(.*)' is out of bounds in million_nok", r"«\1» er utenfor grensene"),
    (r"give 0 to 100,000", "skriv 0 til 100 000"),
    (r"write million_nok = 250 or .*", "skriv 250, eller 2025: 108; 2027: 160"),
    (r"text has line breaks or control characters", "teksten har linjeskift eller styretegn"),
    (r"write it on one line", "skriv den på én linje"),
    (r"the condition '(.*)' cannot be read", r"vilkåret «\1» lar seg ikke lese"),
    (r"check brackets and operators; .*", "sjekk parenteser og tegn; for eksempel population < 5000 and not is_north"),
    (r"the condition '(.*)' is neither true nor false", r"vilkåret «\1» er verken sant eller usant"),
    (r"compare it: .*", "sammenlign med noe: population < 5000"),
    (r"[\w.]+ '(.*)' is refused", r"«\1» kan ikke brukes"),
    (r"[\w.]+ is refused", "dette kan ikke brukes"),
    (r"the file is larger than (.*)", r"filen er større enn \1"),
    (r"the text is larger than (.*)", r"filen er større enn \1"),
    (r"split it", "del den opp"),
    (r"there is no statement", "det er ingen utsagn"),
    (r"add at least one \[\[statement\]\]", "legg til minst ett [[statement]]"),
    (r"this is not TOML: .*", "dette er ikke TOML"),
    (r"tables are nested more than (\d+) deep", r"tabeller ligger mer enn \1 nivåer inni hverandre"),
    (r"a key has too many parts", "en nøkkel har for mange deler"),
    (r"unknown key '(.*)'.*", r"ukjent nøkkel «\1»"),
)


def in_language(text: str, language: str) -> str:
    """A message of the loader in a language.

    >>> in_language("did you mean 'population'?", "nb"), in_language("something else", "nb")
    ('mente du «population»?', 'something else')
    """
    if language != "nb":
        return text
    for pattern, words in SAID:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            return found.expand(words)
    return text
