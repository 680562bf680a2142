"""`gelassen playbook check`: what it says of the files that a business writes itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from responder.playbook import load_playbook
from responder.playbook.grammar import NAMES
from responder.playbook.model import Problem
from responder.playbook.wordings import SAID
from responder.profile import Profile
from tests.voice.own import list_of, problems, write

SHOP = Profile(signature="Jana Brandt", contact="hilfe@moebel-kern.example")


def only(found: list[Problem]) -> Problem:
    assert len(found) == 1, found
    return found[0]


def said(found: list[Problem]) -> str:
    return "\n".join(map(str, found))


def test_good_sentences_of_a_business_are_fine(tmp_path: Path) -> None:
    assert problems(tmp_path, list_of("action", "{Ich/Wir} {look}, bis {when} steht hier, {answer}.")) == []


def test_no_files_of_its_own_are_fine(tmp_path: Path) -> None:
    assert problems(tmp_path, "# nothing yet\n") == []


@pytest.mark.parametrize(
    ("wording", "what", "fix"),
    [
        ("Bis {kunde} mehr.", "{kunde}", "known are"),
        ("{Wehn} mehr.", "Unknown placeholder {Wehn}", "did you mean {when}"),
        ("Bis {when mehr.", "curly brace", ""),
        ("Bis {{ when }} mehr.", "template language", ""),
        ("Ich melde mich bei dir bis {when}.", "The formal answer says “dir”", "{Sie|du}"),
        ("Ich melde mich bei Ihnen bis {when}.", "The informal answer says “Ihnen”", "{Sie|du}"),
        ("Ich melde mich bei {dir|Ihnen} bis {when}.", "The formal answer says “dir”", "formal on the left"),
        ("Da hätten {Sie|du} vorher fragen müssen. Bis {when} mehr.", "breaks rule C2", ""),
        ("Wir melden uns zeitnah.", "breaks rule C6", "Better: bis"),
        ("Wir bedauern die Unannehmlichkeiten zutiefst, mehr bis {when}.", "breaks rule C8", ""),
        ("Das Geld erstatten wir bis {when}.", "breaks rule C7", ""),
        ("Schreiben Sie bis {when} an alt@haus.example.", "alt@haus.example", "Write {mail}"),
        ("Mehr unter https://haus.example bis {when}.", "link", "in words"),
        ("An {staff_acc} bis {when}.", "{staff_acc} never has a value", "without this placeholder"),
    ],
)
def test_a_wording_that_should_not_stand_is_named_with_its_line(
    tmp_path: Path, wording: str, what: str, fix: str
) -> None:
    found = problems(tmp_path, list_of("action", wording), profile=SHOP)
    assert {(problem.file, problem.line, problem.where) for problem in found} == {
        ("de/phrases.toml", 3, "phrases.action")
    }
    assert what in said(found)
    assert fix in said(found)


def test_what_the_catalogue_allows_may_be_promised(tmp_path: Path) -> None:
    allowed = Profile(signature="Jana Brandt", catalogue=("Kaufpreis erstatten",))
    wording = "Den Kaufpreis erstatten wir, bis {when} steht hier der genaue Weg."
    assert problems(tmp_path, list_of("action", wording), profile=allowed) == []
    assert "rule C7" in said(problems(tmp_path, list_of("action", wording)))


@pytest.mark.parametrize(
    ("text", "line", "what", "fix"),
    [
        ("[phrases\n", 1, "cannot be read", "quotes"),
        ('[phrases]\nx = "a', 2, "cannot be read", ""),
        ('[phrases]\n\nakction = ["x"]\n', 3, "Unknown sentence “akction”", "“action”"),
        ('[phrasen]\nwish = ["x"]\n', 1, "Unknown table “phrasen”", "“phrases”"),
        ('[phrases]\nwish = "Bis bald!"\n', 2, "must be a list", "wish = ["),
        ("[phrases]\nwish = [1]\n", 2, "is no text", "quotes"),
        ("[phrases]\nwish = []\n", 2, "No wording that can be used", "at least one"),
        ('[complaint.food_icy]\nnp = ["das Eis"]\n', 1, "Unknown matter “food_icy”", "“food_"),
        ('[complaint.food_cold]\ntat = ["x"]\n', 2, "Unknown entry “tat”", "“that”"),
        ('[complaint.food_cold.ask]\nwer = ["Wer?"]\n', 2, "Unknown kind of question “wer”", "date"),
        ('[complaint.food_cold]\nnp = ["a; b; c; d"]\n', 2, "three cases", "nominative"),
        ('[complaint.food_cold]\ntheme = "{when}"\n', 2, "No placeholder", "plain words"),
        ('[praise.all_good]\nwords = ["(a+)+$"]\n', 2, "no plain word", "letters"),
        ('[complaint.food_cold]\norder = "ja"\n', 2, "true or false", "true"),
        ('[stars]\n5 = "{x}"\n', 2, "No placeholder", ""),
    ],
)
def test_an_entry_that_cannot_be_used_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, what: str, fix: str
) -> None:
    first = problems(tmp_path, text)[0]
    assert (first.file, first.line) == ("de/phrases.toml", line), first
    assert what in first.what
    assert fix in str(first)


def test_too_few_wordings_sound_alike(tmp_path: Path) -> None:
    found = only(problems(tmp_path, '[phrases]\nwish = ["Bis bald am Meer!"]\n'))
    assert "Only 1 wording" in found.what
    assert found.fix


def test_wordings_that_not_every_post_allows_leave_a_gap(tmp_path: Path) -> None:
    wordings = ", ".join(f'"danke zum Thema {{product_dat}}, Nr. {number}."' for number in range(5))
    found = only(problems(tmp_path, f"[phrases]\nthanks_matter = [{wordings}]\n"))
    assert "{product_dat}" in found.what


def test_a_matter_needs_a_wording_without_facts(tmp_path: Path) -> None:
    found = only(problems(tmp_path, '[complaint.food_cold]\nthat = ["{product_nom} kalt war"]\n'))
    assert (found.line, found.where) == (2, "complaint.food_cold.that")


def test_a_question_that_accuses_is_found(tmp_path: Path) -> None:
    text = '[complaint.food_cold.ask]\nany = ["Warum {haben Sie|hast du} nicht gleich Bescheid gesagt?"]\n'
    assert "rule C2" in said(problems(tmp_path, text))


def test_two_answers_to_one_question_may_not_differ(tmp_path: Path) -> None:
    text = '[question.ask_dogs]\ngap = ["Hunde kosten 12 Euro pro Nacht.", "Gern mit Hund, 15 Euro pro Nacht."]\n'
    assert "different numbers" in said(problems(tmp_path, text))


def test_two_files_that_say_different_things_are_named(tmp_path: Path) -> None:
    write(tmp_path, '[phrases]\ngreeting = ["{Moin|Moin},"]\n')
    found = only(problems(tmp_path, '[phrases]\ngreeting = ["{Guten Tag|Hallo},"]\n', "de/eigene.toml"))
    assert (found.file, found.line) == ("de/eigene.toml", 2)
    assert "de/phrases.toml, line 2" in found.what


def test_a_region_may_say_it_differently(tmp_path: Path) -> None:
    write(tmp_path, '[phrases]\ngreeting = ["{Moin|Moin},"]\n')
    assert problems(tmp_path, '[phrases]\ngreeting = ["{Servus|Servus},"]\n', "de/region-AT.toml") == []


def test_swiss_files_are_written_with_ss(tmp_path: Path) -> None:
    found = problems(tmp_path, list_of("wish", "Viel Spaß am See."), "de/region-CH.toml")
    assert "Viel Spass am See." in said(found)


def test_the_same_wording_twice_is_named(tmp_path: Path) -> None:
    assert "twice" in said(problems(tmp_path, list_of("wish", "Bis bald.", "Bis bald.")))


def test_a_file_that_nobody_reads_is_named(tmp_path: Path) -> None:
    found = only(problems(tmp_path, '[phrases]\nwish = ["x"]\n', "saetze.toml"))
    assert found.file == "saetze.toml"
    assert "de/" in found.fix


def test_layouts_may_only_name_what_there_is(tmp_path: Path) -> None:
    found = only(problems(tmp_path, '[layouts.praise]\nfull = [["thanks_prais", "closing?"]]\n', "layouts.toml"))
    assert (found.line, "“thanks_praise”" in found.fix) == (2, True)


def test_a_layout_that_makes_worse_answers_shows_in_the_sample_posts(tmp_path: Path) -> None:
    write(tmp_path, '[phrases]\ngreeting = ["{Moin|Moin},"]\n')
    found = problems(tmp_path, '[layouts.complaint_open]\nfull = [["greeting", "closing?"]]\n', "layouts.toml")
    assert "The answer to a complaint has trouble that the built-in one has not" in said(found)


def test_the_catalogue_may_not_say_two_amounts(tmp_path: Path) -> None:
    unclear = Profile(signature="Jana Brandt", catalogue=("Gutschein bis 20 Euro", "Gutschein bis 50 Euro"))
    found = only(problems(tmp_path, "# nothing yet\n", profile=unclear))
    assert "Gutschein bis 50 Euro" in found.what


def test_a_list_without_a_plain_wording_keeps_ours_beside_it(tmp_path: Path) -> None:
    book = load_playbook(write(tmp_path, '[phrases]\naction = ["Zum Thema {product_dat} bis {when}."]\n'))
    voice = book.voice("de-DE")
    assert voice.phrases["action"][0].source.startswith("Zum Thema")
    assert len(voice.phrases["action"]) > 1


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_placeholder_can_be_tried_out(language: str) -> None:
    assert NAMES - SAID[language].keys() == {"contact", "mail", "signature", "business"}


def test_a_business_says_in_its_own_words_what_a_grave_post_reports(tmp_path: Path) -> None:
    lines = '[concern.glass]\nnp = ["Glassplitter; Glassplittern"]\n'
    folder = write(tmp_path, lines, "de/concerns.toml")
    concern = next(c for c in load_playbook(folder).voice("de-DE").concerns if c.matter.key == "glass")
    assert [noun.accusative.source for noun in concern.matter.nouns] == ["Glassplitter"]
    assert concern.risk == "safety"
    assert problems(tmp_path, lines, name="de/concerns.toml") == []


def test_no_pattern_of_a_business_is_searched_for(tmp_path: Path) -> None:
    found = problems(tmp_path, '[concern.glass]\nwords = ["(a|a)*$"]\n', name="de/concerns.toml")
    assert "no plain word" in said(found)
