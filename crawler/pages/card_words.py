"""The words by which reviews are known that nothing but their looks marks: in class names, in headings, in texts."""

from __future__ import annotations

import re

ABOUT_REVIEWS = re.compile(
    r"review|rezension|bewertung|kundenstimm|stimmen|g(?:ä|ae)stebuch|guestbook|gbook|testimonial|t[ée]moignage|feedback"
    r"|opini[oóe]|avis\b|recension|reseña|meinung|erfahrung|beoordeling|recenz|hodnocen|отзыв|reactions?\b",
    re.IGNORECASE,
)
ABOUT_TALK = re.compile(r"comment|kommentar", re.IGNORECASE)
HEADING = re.compile(
    ABOUT_REVIEWS.pattern
    + r"|(?:kunden|g[äa]ste|patienten|teilnehmer|mandanten|klienten)\b.{0,60}\b(?:sagen|schreiben|meinen|berichten)"
    r"|\bdas sagen\b|sagen (?:unsere|über)|(?:customers|clients|guests|people|patients|they)(?: are| have)? sa[yi]"
    r"|worte? unserer|disent de nous|dicono di noi|dicen de nosotros|klanten|ervaringen|comment|kommentar",
    re.IGNORECASE,
)

NAME = re.compile(
    r"author|autor|auteur|autore|\bnm\b|\bfn\b|\buser|\bcite\b|kunde|\bclient\b|customer|reviewer|verfasser|\bwho\b"
    r"|\bname\b|person\b|signature|byline|\bposter\b|username",
    re.IGNORECASE,
)
DATE = re.compile(r"date|datum|\btime\b|zeit|\bdt\b|\bwhen\b|published", re.IGNORECASE)
TITLE = re.compile(r"title|headline|titel|subject|betreff|heading", re.IGNORECASE)
BESIDE = re.compile(
    r"avatar|badge|\bbtn|button|initial|\bicon|\blogo|breadcrumb|\bsays\b|\brole\b|position|verified"
    r"|\bav\b|\bimg\b|helpful"
    r"|\bsource\b|platform",
    re.IGNORECASE,
)
STARRY = re.compile(r"star|rating|stern|bewertung|\brate|score|note|\bst\b", re.IGNORECASE)
ANSWER = re.compile(
    r"(?:owner|company|business|shop|inhaber|management|host|merchant|seller|dealer)"
    r"[-_ ]?(?:reply|response|answer|antwort)"
    r"|\b(?:antwort|admin[-_]?(?:comment|reply|response)|review[-_]?(?:reply|response))\b",
    re.IGNORECASE,
)
OTHER_THINGS = re.compile(
    r"\bfaq|\bteam\b|\bstaff\b|\bpric(?:e|es|ing)\b|\bpreis|\bcart\b|\bsteps?\b|\bfeatures?\b|\bservices?\b|\bleistung"
    r"|\brecent|\bsidebar|\bproducts?\b|\bprodukte?\b|\bnews\b|\brelated\b|\bmenu\b|\bnav\b"
    r"|\bbreadcrumbs?\b|\bvorteile?\b|\btips?\b",
    re.IGNORECASE,
)
"""Class names of cards that are something else, unless the same names speak of reviews."""

PRICE = re.compile(r"(?:€|EUR|\$|£|CHF|zł)\s?\d|\d(?:[.,]\d\d|[.,]-{1,2})?\s?(?:€|EUR|CHF|zł|Kč)", re.IGNORECASE)
READ_ON = re.compile(
    r"weiter ?lesen|mehr (?:lesen|erfahren)|read (?:more|on|the)|continue|learn more|lire la suite|en savoir|leggi"
    r"|scopri|leer m|czytaj|lees (?:meer|verder)|zum artikel|zur .{3,30}seite|.{3,30} lesen$",
    re.IGNORECASE,
)
UNFILLED = re.compile(r"lorem ipsum|\{\{|\}\}|\[(?:name|text|datum|kunde|author)\b|<%|max mustermann", re.IGNORECASE)
DASHED = re.compile(r"[-–—―~]{1,2}\s*(?=\S)")
"""What stands before the name of who is quoted."""

BY = re.compile(
    r"(?:verifizierte[rn]? (?:käufer(?:in)?|kunde|kundin)|ověřený zákazník|verified (?:buyer|customer)"
    r"|(?:geschrieben |bewertet |kommentar )?von|(?:written |posted |review )?by|par|autore?|autor|name|di|por)[: ]\s*",
    re.IGNORECASE,
)
SAYS = re.compile(
    r"(?<!\s)\s*(?:,\s*)?\b(?:sagte?|schrieb|schreibt|meinte?|says|said|wrote|a (?:écrit|dit))?(?:\s*:)?\s*$",
    re.IGNORECASE,
)
QUOTES = ("„“", "„”", '„"', '""', "“”", "«»", "»«", "‚‘", "''", "‘’", "”“", "””", '“"')
STATES = frozenset(
    "even odd alt active first last show fade current selected byuser bypostauthor hidden cloned prev next "
    "display-none featured".split()
)
"""Names of classes that tell cards of one kind apart."""
META = re.compile(
    r"\(?\d+ (?:votes?|stimmen)\b|^\d(?:[.,]\d)?\s?/\s?(?:5|10)\b"
    r"|^(?:vor (?:ein|\d|über|etwa|mehr)|il y a\b|hace\b|(?:an?|\d+) (?:day|week|month|year)s? ago)|\bago$"
    r"|\d\+? (?:\w{3,15}[ -])?(?:bewertung|rezension|review|avis\b|opini|recension|erfahrungsbericht"
    r"|kommentar|comment)",
    re.IGNORECASE,
)
"""How long ago, and how many there are: nothing that anybody said."""

NO_NAME = re.compile(r"product|produkt|brand|item-name|company|firma|ingredient|sitename|shop-name", re.IGNORECASE)
NO_PERSON = re.compile(
    r"profil|öffnen|ansehen|kontakt|\bmehr\b|\bmore\b|jetzt|\balle\b|fazit|\bpro\b|contra|overall", re.IGNORECASE
)
PARTICLES = frozenset("von van de der den du da di del la le und and et y i e the zu".split())
EDITORIAL = re.compile(r"verdict|\bpros?\b|\bcons\b|ingredient|product[-_]name|testbericht|fazit", re.IGNORECASE)
"""Names of classes in the reviews that a site writes itself."""

SUMMARY = re.compile(
    r"summary|overview|aggregate|average|gesamt|\btotal|\bhero\b|\bcta\b|banner|\bform\b", re.IGNORECASE
)
"""Names of the box above reviews that counts them."""

WRITER = re.compile(r"author|autor|reviewer|customer|kunde|user", re.IGNORECASE)
CUT = re.compile(
    r"(?<!\s)\s*+(?:…|\.\.\.)\s*+(?:read more|more|mehr(?: lesen| anzeigen)?|weiterlesen|lire la suite)?\s*+$", re.I
)
"""The end of a text of which the page shows the beginning only."""

OURSELVES = re.compile(r"\b(?:ihr|euer|unser|your|our|votre|notre|il vostro|het)\b.*\bt[ée]am\b|\bteam von\b", re.I)
"""The business signs."""
