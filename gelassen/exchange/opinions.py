"""Whether the sentences of a column sound like what customers say: they judge, and they speak of themselves."""

from __future__ import annotations

import re
from dataclasses import replace

from gelassen.exchange.column import Column
from gelassen.exchange.heading_words import ALONE, folded

PRAISING = set(
    folded(
        "gut gute guten guter gutes super toll tolle toller top klasse prima schön schöne schöner schönes "
        "freundlich freundliche freundliches nett nette lecker leckeres empfehlen empfehle empfehlung "
        "empfehlenswert zufrieden perfekt perfekte hervorragend ausgezeichnet sauber kompetent danke begeistert "
        "wunderbar geholfen weitergeholfen gern gerne günstig pünktlich good great nice love loved loves best "
        "excellent amazing awesome perfect wonderful fantastic recommend recommended friendly helpful happy pleased "
        "satisfied clean comfortable delicious easy thanks enjoyed beautiful worth cheap bon bonne bons bonnes très "
        "bien parfait parfaite agréable sympa sympathique recommande conseille propre délicieux accueillant "
        "magnifique merci génial satisfait satisfaite ravi adorable copieux ottimo ottima ottimi ottime buono buona "
        "buoni bello bella bellissimo consiglio consigliato consigliatissimo perfetto perfetta eccellente gentile "
        "gentili gentilissimi pulito pulita delizioso grazie fantastico soddisfatto soddisfatta torneremo bueno "
        "buena buenos buenas buen bien excelente excelentes recomiendo recomendable recomendado perfecto perfecta "
        "genial limpio limpia amable rico rica bonito gracias encanta encantó volveremos volveré bom boa bons ótimo "
        "ótima recomendo gostei adorei limpo obrigado perfeito perfeita maravilhoso atencioso goed goede mooi mooie "
        "lekker vriendelijk vriendelijke aanrader tevreden prachtig fijn fijne schoon bedankt dobry dobra dobre "
        "polecam świetny świetna świetne miła miły pyszne smaczne czysty czysto piękny dziękuję wspaniały "
        "zadowolony zadowolona najlepszy güzel çok iyi harika harikaydı mükemmel tavsiye memnun temiz lezzetli "
        "teşekkürler süper kaliteli beğendim bayıldı хорошо хороший хорошая хорошее хорошие отлично отличный "
        "отличная отличное прекрасно прекрасный понравилось понравился понравилась рекомендую советую спасибо "
        "вежливый вкусно чисто чистые неплохо удобно удобная удобный dobrý dobrá skvělý skvělé výborný výborné "
        "doporučuji spokojen spokojená bra bästa fantastisk rekommenderar trevlig god godt flot anbefaler hyvä "
        "erinomainen suosittelen finom szép ajánlom kiváló bagus baik mantap suka puas tốt ngon καλό καλή τέλειο "
        "υπέροχο"
    ).split()
)
"""Words with which customers praise and recommend."""

BLAMING = set(
    folded(
        "schlecht schlechte schlechter schlechtes leider unfreundlich enttäuscht enttäuschend enttäuschung "
        "furchtbar schrecklich katastrophe mangelhaft laut schmutzig teuer falsch kaputt bad worst terrible awful "
        "horrible poor disappointed disappointing disappointment waste rude dirty slow broken unfortunately hate "
        "annoying boring useless expensive crash crashes déçu déçue mauvais mauvaise nul nulle sale malheureusement "
        "froid chère fausse bruit purtroppo pessimo pessima male deluso delusa deludente sporco rumore sbagliato "
        "malo mala mal peor pésimo decepción decepcionado desgracia lamentablemente ruido péssimo péssima ruim "
        "infelizmente helaas slecht slechte vies duur niestety zły słaby słabe fatalne fatalny błędny hałas kötü "
        "berbat berbattı maalesef rezalet pahalı yavaştı soğuktu плохо плохой плохая ужасно ужасный ужасная "
        "разочарован сожалению bohužel špatný dålig dårlig rossz sajnos buruk"
    ).split()
)
"""Words with which customers blame; goods, jobs and teams are never described with them."""

OWN = set(
    folded(
        "ich wir uns mir mich unser unsere mein meine meinem unserem i we my our me us je nous mon notre ma nos moi "
        "io noi abbiamo ho mi ci nostro yo nosotros nuestro tuvimos fuimos me eu nós nosso meu fomos ik wij ons "
        "mijn ja my nas nam mnie byliśmy byłem byłam ben biz bizim bize aldım gittik kaldık gittim я мы советую "
        "рекомендую приеду вернемся нас нам мне мой наш"
    ).split()
)
"""Words with which people speak of themselves."""

ENDED_OWN = re.compile(r"\w{2,}(?:lismy|lysmy|[aei]mos|iamo|emmo|remo|[dt][iu]k|ceg[iı]m|cag[iı]m|aldim|ovat)")
"""Verbs that tell who speaks by their ends, in languages that leave the word for it out."""

ALONE_PRAISING = re.compile(
    r"[好棒讚赞]|推薦|推荐|不錯|不错|喜歡|喜欢|満足|美味|最高|良[いかく]|嬉し|おすすめ|親切|좋|최고|친절|맛있|추천|감사|편[하리]"
)
ALONE_BLAMING = re.compile(r"[差爛烂]|最悪|残念|失望|별로|불편|아쉽|안되|안됨|실망")
WORDS = re.compile(r"[^\W\d_]+")
LOOKED_AT = 300
"""So many cells tell how all sound."""

JUDGED = 0.4
"""So many cells at least judge where customers speak."""

PRAISED, BLAMED, OWNED, ASKED = 0.2, 0.1, 0.05, 0.5
"""Customers praise, blame, and speak of themselves, in so many cells; they do not ask in so many."""


def judges(column: Column) -> bool:
    """Whether enough cells praise or blame for a column in which customers speak."""
    return _some(column).share(lambda cell: _praises(cell) or _blames(cell)) >= JUDGED


def is_mixed(column: Column) -> bool:
    """Whether there is praise and blame and somebody who speaks: nobody describes goods, jobs or people so."""
    column = _some(column)
    asked = column.share(lambda cell: cell.rstrip().endswith("?"))
    both = column.share(_praises) >= PRAISED and column.share(_blames) >= BLAMED
    return both and column.share(_speaks) >= OWNED and asked < ASKED


def _some(column: Column) -> Column:
    return replace(column, cells=column.cells[:LOOKED_AT])


def _praises(cell: str) -> bool:
    return bool(PRAISING & _words(cell)) or bool(ALONE.search(cell) and ALONE_PRAISING.search(cell))


def _blames(cell: str) -> bool:
    return bool(BLAMING & _words(cell)) or bool(ALONE.search(cell) and ALONE_BLAMING.search(cell))


def _speaks(cell: str) -> bool:
    told = _words(cell)
    return bool(OWN & told) or any(map(ENDED_OWN.fullmatch, told)) or bool(ALONE.search(cell))


def _words(cell: str) -> set[str]:
    return set(WORDS.findall(folded(cell)))
