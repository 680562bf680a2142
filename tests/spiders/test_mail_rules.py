"""Rules for mails as a business writes them: what they change, and what is told about a file that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.pages import mail
from crawler.pages.mail_rule_file import BadRules
from crawler.pages.mail_rules import Rule, RuleSet, built_in, load, rule_for, rules_with
from tests.spiders.postoffice import notification

GOOD = """\
[[platform]]
name = "hofladen"
label = "Hofladen-Portal"
domains = ["hofladen-portal.example"]
subjects = ['Neue Stimme']
"""
STIMME = (
    "Authentication-Results: mx.lindner.example; dkim=pass header.d=hofladen-portal.example\r\n"
    "Received: from a by mx.lindner.example; x\r\nFrom: Portal <post@hofladen-portal.example>\r\n"
    "Subject: Neue Stimme\r\nMessage-ID: <1@hofladen-portal.example>\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    "Von: Ute Kern\r\nBewertung: ★★★★☆\r\nBewertungstext:\r\nFrische Eier.\r\n\r\nBewertung lesen\r\n"
).encode()


def own(tmp_path: Path, source: str) -> RuleSet:
    file = tmp_path / "mail_rules.toml"
    file.write_text(source, encoding="utf-8")
    return rules_with(file)


def named(rules: RuleSet, name: str) -> Rule:
    [found] = [rule for rule in rules.rules if rule.name == name]
    return found


def test_without_a_file_the_built_in_rules_are_used(tmp_path: Path) -> None:
    assert rules_with(tmp_path / "mail_rules.toml") == RuleSet(built_in())
    assert rules_with(None).rules == built_in()


def test_a_platform_of_the_business_is_read_with_what_all_platforms_share(tmp_path: Path) -> None:
    rules = own(tmp_path, GOOD)
    assert rules.trouble == ""
    [post] = mail.read(STIMME, rules=rules.rules).posts
    assert (post.external_id.partition(":")[0], post.author_name, post.rating) == ("hofladen", "Ute Kern", 4.0)
    assert post.text == "Frische Eier."


def test_the_built_in_platforms_stay(tmp_path: Path) -> None:
    rules = own(tmp_path, GOOD)
    assert {rule.name for rule in rules.rules} == {"hofladen", *(rule.name for rule in built_in())}
    assert mail.read(notification(1), rules=rules.rules).posts == mail.read(notification(1)).posts


def test_a_platform_of_the_same_name_changes_only_the_fields_it_names(tmp_path: Path) -> None:
    rules = own(tmp_path, "[[platform]]\nname = 'trustpilot'\nsubjects = ['Stimmungsbild']\n")
    changed, before = named(rules, "trustpilot"), next(rule for rule in built_in() if rule.name == "trustpilot")
    assert (changed.label, changed.domains) == (before.label, before.domains)
    assert changed.find("subjects", "Neue 2-Sterne-Bewertung") is None
    assert changed.find("subjects", "Ihr Stimmungsbild") is not None


def test_a_rule_of_the_business_wins_where_two_read_mails_of_one_sender(tmp_path: Path) -> None:
    rules = own(tmp_path, GOOD.replace("hofladen-portal.example", "trustpilot.com"))
    found = rule_for(rules.rules, "noreply", "trustpilot.com")
    assert found is not None
    assert found.name == "hofladen"


def test_what_all_platforms_share_can_be_added_to(tmp_path: Path) -> None:
    rules = own(tmp_path, "[common]\nend = ['hier endet es']\n")
    assert all(rule.fits("end", "Hier endet es") for rule in rules.rules)
    assert named(rules, "google").fits("end", "Unsubscribe")


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("[[platform", 1, "no valid TOML"),
        ("[common]\nend = ['a'\n[[platform]]\n", 3, "no valid TOML"),
        ('[[platform]]\nname="x"\n', 1, "the rule 'x' lacks label, domains, subjects"),
        ("\n[[platform]]\nlabel='X'\n", 2, "needs a name"),
        (GOOD.replace('"hofladen"', '"unverified"'), 2, "other than mail, unverified"),
        (GOOD.replace('"hofladen"', '"Hof Laden"'), 2, "small letters"),
        (GOOD + GOOD, 7, "for the second time"),
        (GOOD + "subject = ['b']\n", 6, "means nothing: subject"),
        (GOOD + "links = [\n  'gut',\n  '(',\n]\n", 8, "missing ), unterminated subpattern"),
        (GOOD + "links = ['a{99999999999}']\n", 6, "repetition number is too large"),
        (GOOD + "links = 'x'\n", 6, "list in square brackets"),
        (GOOD + "links = [7]\n", 6, "cannot be used, 7"),
        (GOOD + "author = ['Von (.*)']\n", 6, "lacks the group (?P<author>…)"),
        (GOOD + "best = true\n", 6, "best is a number of stars"),
        (GOOD + "best = '5'\n", 6, "best is a number of stars"),
        (GOOD + "sender = '('\n", 6, "sender cannot be used"),
        (GOOD + "sender = 7\n", 6, "sender is a text in quotes"),
        (GOOD.replace('["hofladen-portal.example"]', '"hofladen-portal.example"'), 4, "list in square brackets"),
        (GOOD.replace("hofladen-portal.example", "*"), 4, "no domain"),
        (GOOD.replace("hofladen-portal.example", "*.example"), 4, "no domain"),
        (GOOD.replace("[[platform]]", "[platform]"), 1, "begins with [[platform]]"),
        ("x = 1\n" + GOOD.replace("[[platform]]", "[[plattform]]"), 2, "'plattform' means nothing"),
        ("[common]\nlinks = ['x']\n", 2, "means nothing: links"),
        ("common = 1\n", 1, "begins with [[platform]]"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_told_with_line_and_reason_and_changes_nothing(
    tmp_path: Path, source: str, line: int, words: str
) -> None:
    rules = own(tmp_path, source)
    assert rules.rules == built_in()
    assert rules.trouble.startswith(f"mail_rules.toml, line {line}: ")
    assert words in rules.trouble
    assert rules.trouble.endswith("mails are read by the rules that come with Gelassen.")


def test_a_file_that_is_no_text_or_cannot_be_opened_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "mail_rules.toml").write_bytes(b"\xff\xfe\x00")
    assert "not written in UTF-8" in rules_with(tmp_path / "mail_rules.toml").trouble
    (tmp_path / "ordner").mkdir()
    broken = rules_with(tmp_path / "ordner")
    assert "cannot be read" in broken.trouble
    assert broken.rules == built_in()


def test_rules_of_their_own_are_complete_without_the_built_in_ones() -> None:
    assert [rule.name for rule in load(GOOD)] == ["hofladen"]
    with pytest.raises(BadRules, match="lacks label"):
        load("[[platform]]\nname = 'trustpilot'\n")
