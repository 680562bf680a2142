"""What a German word is by its shape alone, for words that no list holds: a participle, an infinitive, an adjective.

Used only where the place in the clause leaves no other sense: a participle at the end behind "haben", an adjective
behind "sein". There a wrong guess changes no order and no ending. Pure.
"""

from __future__ import annotations

import re

_PREFIX = (
    r"(?:ab|an|auf|aus|bei|dar|ein|fest|fort|frei|heim|her|heran|heraus|herein|herum|herunter|hin|hinaus|hinein|hinunter"
    r"|hoch|kaputt|leer|los|mit|nach|nieder|offen|quer|raus|rein|rüber|rum|runter|still|tot|um|unter|vor|vorbei|voll|weg"
    r"|weiter|wieder|zu|zurück|zusammen|schief|sitzen|stehen|liegen|stecken|hängen|verloren|bloß|wund|wahr|teil|statt)"
)
_PARTICIPLE = re.compile(
    rf"{_PREFIX}?ge[a-zäöüß]{{2,}}(?:t|en)|[a-zäöüß]{{3,}}iert"
    rf"|{_PREFIX}?(?:be|er|ent|ver|zer|miss|über|unter|hinter|durch|wider)[a-zäöüß]{{3,}}(?:t|en)"
)
_NO_PARTICIPLE = frozenset(
    "gegen gesamt gelegentlich gerechnet gesund gewohnt genannten gefälligst gewissen beiden besten ersten "
    "erneut bereit gelungen bekannt erst ernst besonders verwandt bestimmt entlang gehen geben gelten gestern "
    "geraten".split()
)
_INFINITIVE = re.compile(r"[a-zäöüß]{3,}(?:en|ern|eln)")
_NO_INFINITIVE = frozenset(
    "keinen meinen seinen unseren eurer deinen ihren diesen jeden allen vielen einigen wenigen neben gegen "
    "wegen zwischen oben unten innen außen hinten vorn morgen mitten einen beiden anderen gestern selten "
    "daneben dagegen deswegen sieben gern extern intern modern bitten indessen dessen denen ersten "
    "zweiten dritten letzten".split()
)
_ADJECTIVE = re.compile(
    r"[a-zäöüß]{2,}(?:ig|lich|isch|bar|los|haft|sam|wertig|gradig|artig|mäßig|frei|arm|voll|fest|weise|pflichtig)"
)
_NO_ADJECTIVE = frozenset(
    "plötzlich endlich hoffentlich wahrscheinlich vermutlich angeblich eigentlich bekanntlich sozusagen ewig übrig "
    "möglicherweise netterweise freundlicherweise glücklicherweise lächerlich peinlich herrlich köstlich vorbildlich "
    "fachlich ehrlich voll wenig einig richtig ruhig lustig traurig wichtig nötig gültig königlich menschlich".split()
)


def participle(word: str) -> bool:
    """Whether a small word looks like a participle: "aufgestemmt", "verschlammt", "frittiert"."""
    return word not in _NO_PARTICIPLE and _PARTICIPLE.fullmatch(word) is not None


def infinitive(word: str) -> bool:
    """Whether a small word looks like an infinitive: "umsteigen", "nachjustieren"."""
    return word not in _NO_INFINITIVE and _INFINITIVE.fullmatch(word) is not None


def adjective(word: str) -> bool:
    """Whether a small word looks like an adjective without ending: "schwammig", "undurchsichtig", "knallhart"."""
    return word not in _NO_ADJECTIVE and _ADJECTIVE.fullmatch(word) is not None
