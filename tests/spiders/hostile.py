"""Documents that are meant to harm whoever reads them, each made in code when it is asked for."""

# ruff: noqa: UP031 - in an f-string every brace of the JSON would have to stand twice

from __future__ import annotations

from collections.abc import Callable

MEGABYTES = 1_000_000
FULL = 4_900_000
"""Bytes; a little less than the biggest page that is read at all."""


def many(piece: str, size: int = FULL, before: str = "", after: str = "") -> Callable[[], str]:
    """`piece` again and again until the document has `size` characters."""
    return lambda: before + piece * (size // len(piece)) + after


def block(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


def ld(piece: str, before: str = "", after: str = "", size: int = FULL) -> Callable[[], str]:
    """A JSON-LD block full of `piece`."""
    return lambda: block(before + piece * (size // len(piece)) + after)


REVIEW = '{"@type":"Review","author":"A","reviewBody":"x"},'


def numbered(form: str, size: int = FULL) -> str:
    """`form` with a number in place of `#`, until the document has `size` characters."""
    return "".join(form.replace("#", str(number)) for number in range(size // (len(form) + 5)))


PAGES: dict[str, Callable[[], str]] = {
    "100,000 attributes": lambda: "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "attributes of a thousand bodies": lambda: "".join(f"<body a{n}=1>" for n in range(350_000)),
    "attributes of many roots": lambda: "".join(f"<html a{n}=1 b{n} c{n}>" for n in range(200_000)),
    "200,000 nested elements": lambda: "<div>" * 200_000 + "</div>" * 200_000,
    "paragraphs without an end": many("<p>"),
    "list items in list items": many("<ul><li>", size=400 * 8),
    "list items without a list": many("<li>"),
    "cells in cells": many("<td>"),
    "options in options": many("<option>"),
    "tables in cells": many("<table><tr><td>"),
    "headings": many("<h1>"),
    "links in links": many("<a href=x>"),
    "bold in bold": many("<b>"),
    "a deep stack and strange ends": lambda: "<div>" * 500 + "</span>" * 600_000,
    "a deep stack and strange paragraphs": lambda: "<div>" * 500 + "</p>" * 1_000_000,
    "unknown elements": many("<x-y>"),
    "a tag that never ends": lambda: "<div title='" + "x" * FULL,
    "tags that never end": many("<a "),
    "quotes": many("<a '"),
    "comments that never end": many("<!--"),
    "comments in comments": many("<!-- -->"),
    "CDATA in a page": many("<![CDATA["),
    "CDATA hides tags": lambda: "<![CDATA[" + "<div>" * 200_000,
    "instructions": many("<?x "),
    "document types": many("<!DOCTYPE x>"),
    "a document type without an end": lambda: "<!DOCTYPE " + "[" * FULL,
    "opening angles": many("<"),
    "ampersands": many("&"),
    "entities": many("&amp;"),
    "numbers of characters": many("&#x110000;"),
    "half characters": many("&#xD83D;"),
    "zero bytes": many("\x00"),
    "line feeds": many("\n"),
    "directions": many("\u202e", size=1_600_000),
    "scripts that never end": many("<script>"),
    "titles that never end": many("<title>"),
    "empty blocks": many(block("")),
    "templates": many("<template>"),
    "links to other pages": many('<a href="?page=3">'),
    "links that are no addresses": many('<a href="http://[">'),
    "next links that are no addresses": many('<link rel=next href="http://[x">'),
    "rel of everything": lambda: numbered('<a rel="next next" aria-label="next" href="#">'),
    "nested item scopes": lambda: '<div itemscope itemtype="https://schema.org/Review" itemprop="review">' * 500,
    "item scopes in a row": many('<i itemscope itemtype="https://schema.org/Review"></i>'),
    "items outside of items": lambda: "<b>" * 500 + "<u><i itemprop=review itemscope></i></u>" * 120_000,
    "texts in texts": lambda: "<i itemscope>" + "<b itemprop=reviewBody>" * 500 + "x" * 4_000_000,
    "references to everything": lambda: (
        "<b id=x>" + "<i itemprop=a></i>" * 100_000 + "</b>" + "<i itemscope itemref=x></i>" * 100_000
    ),
    "references to themselves": lambda: '<div itemscope itemref="x" id="x" itemprop="a">' * 300,
    "twenty references each": lambda: (
        "<b id=x itemprop=a itemscope itemref='"
        + "x " * 20
        + "'></b>"
        + ("<i itemscope itemref='" + "x y " * 10 + "'></i>") * 80_000
    ),
    "RDFa in RDFa": lambda: "<i typeof=Review property=review>" * 500 + "<b rel=a><i typeof=x></i></b>" * 100_000,
    "hReviews": many("<i class='hreview'><b class='summary description'>x</b>", size=500 * 60),
    "hReviews in a row": many("<i class='hreview'><b class='summary description'>x</b></i>"),
    "descriptions in descriptions": lambda: "<i class=hreview>" + "<b class=description>" * 500 + "x" * 4_000_000,
    "a class of a million names": lambda: "<i class='hreview " + "a " * 30_000 + "'>",
    "a stream of rows": lambda: '<script>self.__next_f.push([1,"' + "1:[]\\n" * 700_000 + '"])</script>',
    "a stream of pieces": many('<script>self.__next_f.push([1,"1:["])</script>'),
    "a stream of endless texts": lambda: '<script>self.__next_f.push([1,"' + "1:Tffffffff,x" * 300_000 + '"])</script>',
    "a stream of one text": lambda: '<script>self.__next_f.push([1,"' + "1:T0," * 900_000 + '"])</script>',
    "a stream without JSON": many("<script>__next_f push(push(push( [1,'</script>"),
    "the words of the stream": many("__next_f push( hreview h-review typeof itemscope <template "),
    "data of Next.js without an end": lambda: '<script id="__NEXT_DATA__">' + '{"reviews":[' * 400_000 + "</script>",
    "data of Next.js with a million reviews": lambda: (
        '<script id="__NEXT_DATA__">{"reviews":[' + '{"id":1,"rating":1},' * 240_000 + "1]}</script>"
    ),
    "ends after ends": many("</html>"),
    "mixed ends": many("</html><body>"),
    "objects in JSON": ld("{},", "[", "1]"),
    "lists in JSON": ld("[],", "[", "1]"),
    "figures in JSON": ld("1,", "[", "1]"),
    "strings in JSON": ld('"",', "[", "1]"),
    "short strings in JSON": lambda: block("[" + ",".join(f'"{n}"' for n in range(600_000)) + "]"),
    "deep JSON": ld("["),
    "deep objects in JSON": ld('{"a":'),
    "deep pairs in JSON": ld("[", after="]" * 90, size=90),
    "a number of millions of digits": ld("9"),
    "numbers out of this world": ld("1e999,NaN,-Infinity,", "[", "1]"),
    "escapes in JSON": ld("\\u0000", '{"@type":"Review","reviewBody":"', '"}'),
    "half characters in JSON": ld("\\ud83d", '{"@type":"Review","author":"', '","reviewBody":"x"}'),
    "quotes in JSON": ld('"'),
    "escaped quotes in JSON": ld('\\"', '"'),
    "single quotes in JSON": ld("'"),
    "escaped single quotes in JSON": ld("\\'", "'"),
    "backslashes in JSON": ld("\\"),
    "slashes in JSON": ld("/"),
    "comments in JSON": ld("/*"),
    "comments and stars in JSON": ld("/* * "),
    "commas in JSON": ld(",", size=900_000),
    "commas and blanks in JSON": ld(", ", size=900_000),
    "blanks behind a comma in JSON": lambda: block("[1," + " " * FULL + "x"),
    "brackets and quotes in JSON": ld('["', size=190_000),
    "opening marks in JSON": ld("<!--"),
    "CDATA marks in JSON": ld("<![CDATA["),
    "semicolons in JSON": ld(";"),
    "closing marks in JSON": ld("]]>", "1"),
    "quotes inside of texts in JSON": ld('a "b" ', '{"a":"', '"}'),
    "colons in JSON": ld(":"),
    "a JSON string in a JSON string": ld("\\\\", '"{', '"'),
    "entities as JSON": lambda: block("{&quot;" + "&amp;" * 900_000),
    "blanks as JSON": ld(" \n", "1", "1"),
    "a million reviews": ld(REVIEW, "[", "{}]"),
    "ten thousand reviews": ld(REVIEW, "[", "{}]", size=10_000 * len(REVIEW)),
    "a million short reviews": ld('{"@type":"Review"},', "[", "{}]"),
    "the same id a thousand times": lambda: block(
        "["
        + ",".join('{"@type":"Review","@id":"#a","author":"%d","reviewBody":"x%d"}' % (n, n) for n in range(5_000))
        + "]"
    ),
    "the same words a thousand times": lambda: "".join(
        block('{"@type":"Review","author":"A","reviewBody":"%s"}' % ("gleich " * 20 + str(n))) for n in range(8_000)
    ),
    "ids of a megabyte": lambda: block(
        '[{"@type":"Review","@id":"%s","url":"http://a/%s","reviewBody":"x"}]' % ("i" * MEGABYTES, "u" * MEGABYTES)
    ),
    "names of a megabyte": lambda: block(
        '[{"@type":"Review","author":"%s","name":"%s","reviewBody":"%s","datePublished":"%s","reviewRating":"%s"}]'
        % (*(c * MEGABYTES for c in "anrd"), "4" * 900_000)
    ),
    "addresses that are none": lambda: block(
        '[{"@type":"Review","@id":"http://[","url":"//[x","author":{"url":"http://["},"reviewBody":"x"},{"@type":"Review","url":"?%s","reviewBody":"y"}]'
        % ("a=1&" * 500_000)
    ),
    "a chain of comments": lambda: block(
        "["
        + ",".join(
            '{"@type":"Comment","@id":"#%d","text":"t%d","comment":{"@id":"#%d"}}' % (n, n, n + 1) for n in range(6_000)
        )
        + "]"
    ),
    "a chain of parents": lambda: block(
        "["
        + ",".join(
            '{"@type":"Comment","@id":"#%d","text":"t%d","parentItem":{"@id":"#%d"}}' % (n, n, n + 1)
            for n in range(6_000)
        )
        + "]"
    ),
    "everybody under one": lambda: block(
        '[{"@type":"Review","@id":"#0","reviewBody":"x"},'
        + ",".join('{"@type":"Comment","text":"t%d","parentItem":{"@id":"#0"}}' % n for n in range(9_000))
        + "]"
    ),
    "comments of each other": lambda: block(
        '[{"@type":"Comment","@id":"#a","text":"a","parentItem":{"@id":"#b"}},{"@type":"Comment","@id":"#b","text":"b","parentItem":{"@id":"#a"},"comment":{"@id":"#a"}}]'
    ),
    "one author for all": lambda: block(
        '{"@graph":[{"@id":"#p","name":"%s"},%s{}]}'
        % ("n" * 1_000_000, '{"@type":"Review","author":{"@id":"#p"},"reviewBody":"x"},' * 10_000)
    ),
    "one text for all": lambda: block(
        '{"@graph":[{"@id":"#p","@type":"Organization","name":"%s"},%s{}]}'
        % (
            "n" * 1_000_000,
            '{"@type":"Review","author":{"@id":"#p"},"publisher":{"@id":"#p"},"reviewBody":"x"},' * 10_000,
        )
    ),
    "texts of tags": lambda: block('{"@type":"Review","reviewBody":"' + "<p " * 1_000_000 + '"}'),
    "many texts": lambda: block('{"@type":"Review","author":"A","reviewBody":[' + '"abc",' * 400_000 + '""]}'),
    "many beginnings": lambda: block(
        '{"@type":"Review","author":"A","reviewBody":[%s""]}' % "".join('"%s",' % ("a" * n) for n in range(2_000))
    ),
    "impossible times": lambda: block(
        "["
        + ",".join(
            '{"@type":"Review","reviewBody":"%d","datePublished":"%s"}' % (n, when)
            for n, when in enumerate(
                [
                    "9" * 40,
                    "0000-00-00",
                    "9999-12-31T23:59:59+14:00",
                    "-1",
                    "1e999",
                    "2026-11-31",
                    "24:61",
                    "1" * 13,
                    "0001-01-01",
                ]
            )
        )
        + "]"
    ),
    "long times": lambda: block(
        "[" + ('{"@type":"Review","reviewBody":"x","datePublished":"' + "1. " * 26 + '"},') * 20_000 + "{}]"
    ),
    "a type of a megabyte": lambda: block('[{"@type":"%s"},{"%s":1}]' % ("Review" * 200_000, "review" * 200_000)),
    "types by the thousand": lambda: block(
        "[" + ",".join('{"@type":"T%d","k%d":1}' % (n, n) for n in range(60_000)) + "]"
    ),
}

FEED = '<?xml version="1.0"?><rss version="2.0"><channel>'
ITEM = "<item><guid>g</guid><description>"


def items(piece: str, size: int = FULL) -> Callable[[], str]:
    """A feed of one entry whose text is full of `piece`, escaped as texts of feeds are."""
    return many(piece, size, FEED + ITEM + "<![CDATA[", "]]></description></item></channel></rss>")


FEEDS: dict[str, Callable[[], str]] = {
    "blanks before the feed": lambda: "<?xml version='1.0'?>" + "\n" * FULL + "<rss version='2.0'></rss>",
    "comments before the feed": many("<!-- -->", after="<rss version='2.0'></rss>"),
    "comments before no feed": many("<!-- -->"),
    "instructions before the feed": many("<?x y?>", after="<rss version='2.0'></rss>"),
    "an entity bomb": lambda: (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
        + "]>"
        + FEED[21:]
        + ITEM
        + "&j;</description></item></channel></rss>"
    ),
    "a long entity": lambda: (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "'
        + "a" * 100_000
        + '">]>'
        + FEED[21:]
        + ITEM
        + "&a;" * 100_000
        + "</description></item></channel></rss>"
    ),
    "an entity from outside": lambda: (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b SYSTEM "http://127.0.0.1:9/x">]>'
        + FEED[21:]
        + ITEM
        + "&a;&b;</description></item></channel></rss>"
    ),
    "a definition from outside": lambda: (
        '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">'
        + FEED[21:]
        + ITEM
        + "x</description></item></channel></rss>"
    ),
    "entities without an end": many(
        "<!ENTITY a ", before='<?xml version="1.0"?><!DOCTYPE rss [', after="]><rss></rss>"
    ),
    "elements in elements": many("<item>", before=FEED),
    "unknown elements in elements": many("<x>", before=FEED),
    "paragraphs in a feed": many("<p>", before=FEED),
    "many attributes": lambda: FEED + "<item " + " ".join(f"a{n}='1'" for n in range(100_000)) + ">",
    "many entries": many(
        "<item><guid>g</guid><description>x</description></item>", before=FEED, after="</channel></rss>"
    ),
    "empty entries": many("<item/>", before=FEED, after="</channel></rss>"),
    "open entries": many("<item", before=FEED),
    "ampersands in a feed": many("&", before=FEED),
    "ampersands in an entry": many("& ", before=FEED + ITEM),
    "angles in a feed": many("<", before=FEED),
    "angles in an entry": many("< ", before=FEED + ITEM),
    "comments in a feed": many("<!--", before=FEED),
    "declarations in a feed": many("<!", before=FEED),
    "CDATA in a feed": many("<![CDATA[", before=FEED),
    "CDATA in an entry": many("<![CDATA[x]]>", before=FEED + ITEM, after="</description></item></channel></rss>"),
    "instructions in a feed": many("<?", before=FEED),
    "names of spaces": lambda: FEED + numbered("<item xmlns:n#='u#'/>", 3_000_000) + "</channel></rss>",
    "names of spaces in a broken feed": lambda: FEED + numbered("<item xmlns:n#='u#'>&</item>", 3_000_000),
    "bases in a feed": lambda: FEED + "<a xml:base='a/'>" * 400 + "<item><link>x</link></item>" * 20_000,
    "tags in an entry": items("<p "),
    "divisions in an entry": items("<div>"),
    "scripts in an entry": items("<script>"),
    "answers without an end": items('href="x" ', 1_000_000),
    "an answer of links": lambda: (
        FEED + ITEM + "<![CDATA[<p>In reply to <a " + 'href="x" ' * 500_000 + "]]></description></item></channel></rss>"
    ),
    "blanks before an answer": items(" "),
    "many blanks before an answer": lambda: (
        FEED + (ITEM + "<![CDATA[" + " " * 4_000 + "]]></description></item>") * 1_000
    ),
    "pictures": many("<media:description>", before=FEED),
    "dates": many(
        "<item><pubDate>" + "9" * 60 + "</pubDate><guid>g</guid></item>", before=FEED, after="</channel></rss>"
    ),
    "a long date": lambda: (
        FEED
        + "<item><guid>g</guid><pubDate>"
        + "1 " * 1_000_000
        + "</pubDate><description>x</description></item></channel></rss>"
    ),
    "a long name": lambda: (
        FEED
        + "<item><guid>g</guid><author>"
        + "a@" * 1_000_000
        + "</author><description>x</description></item></channel></rss>"
    ),
    "parentheses in a name": lambda: (
        FEED
        + "<item><guid>g</guid><author>"
        + "(" * 1_000_000
        + "a@b</author><description>x</description></item></channel></rss>"
    ),
    "an id of a megabyte": lambda: (
        FEED + "<item><guid>" + "g" * MEGABYTES + "</guid><description>x</description></item></channel></rss>"
    ),
    "pages of styles": many(
        "<item><content type='xhtml'>", before="<feed xmlns='http://www.w3.org/2005/Atom'>", size=12_000
    ),
    "base64": lambda: (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><content type='application/octet-stream'>"
        + "QUFB" * 1_000_000
        + "</content></entry></feed>"
    ),
    "a JSON feed without an end": lambda: (
        '{"version":"https://jsonfeed.org/version/1","items":[' + '{"id":1,' * 600_000
    ),
    "a JSON feed of a million entries": lambda: (
        '{"version":"https://jsonfeed.org/version/1","items":[' + "{}," * 1_600_000 + "1]}"
    ),
    "a deep JSON feed": lambda: '{"version":"https://jsonfeed.org/version/1","items":' + "[" * 4_000_000,
    "a JSON feed that is a list": lambda: (
        '{"version":"https://jsonfeed.org/version/1","items":[[[1,[{}]]],"x",{"id":[],"authors":{"name":[]},"content_html":7}]}'
    ),
}
