"""The words of headings as exports use them, in the languages of the portals, without accents and in small letters."""

from __future__ import annotations

WHOLE = {
    "external_id": "externalid postkey",
    "author_id": "authorid kundennr kundennummer userid reviewerid customerid",
    "author_name": "von by postedby reviewedby ratedby writtenby createdby erstelltvon namedesgastes authortitle "
    "ownerusername commentinguser person persons personne persona osoba kisi persoon wer werhatgeschrieben qui quien "
    "chi kto kim kimden кто wie who",
    "created_at": "at on wann submitdateandtime dateandtime bewertungvom rezensionvom placeanddate ortunddatum "
    "dateandplace when quand kiedy kdy cuando quando nezaman когда wanneer",
    "updated_at": "lastupdatedateandtime",
    "seen_at": "seenat gesehen",
    "pros": "positivebewertung positivereview whatdidyoulike gutamarbeitgeberfindeich wasgefallen wasgut "
    "whatdoyoulikebest likes lovedit",
    "cons": "negativebewertung negativereview whatdidyoudislike schlechtamarbeitgeberfindeich wasnichtgefallen "
    "whatdoyoudislike dislikes hatedit",
    "first_name": "firstname givenname",
    "last_name": "lastname familyname",
    "reply": "ownerreply kommentardeshotels kommentardesinhabers kommentardesanbieters kommentardesunternehmens "
    "ownercomment developercomment sellercomment replycontent replytext antwortdesinhabers ownerresponse "
    "clientresponse clientresponses ownmsg reaction reakce",
    "reply_at": "replyat antwortdatum replydate responsedate antwortzeit dateofreply antwortam beantwortetam "
    "repliedat replydateandtime respondedat",
    "rating": "totalrating",
    "rating_best": "ratingbest bestrating maxrating scoremax",
    "rating_worst": "ratingworst worstrating minrating",
    "shown": "approved commentapproved isapproved display displayed visible isvisible ispublic ispublished sichtbar "
    "anzeigen active aktiv isactive",
    "state": "status reviewstatus moderationstatus curated",
    "hidden": "isdeleted isspam deleted spam removed commenttype hidden ishidden versteckt ausgeblendet",
}
"""Headings that mean what their words together do not say."""

CREATORS = set("author autor autorin auteur autore writer".split())
"""Persons who made the thing, where a thing is told beside them: the author of a book wrote no review of it."""

WEAK_TEXT = set(
    "description beschreibung notes remarks remark bemerkung bemerkungen anmerkung anmerkungen detail details detalle "
    "detalles dettaglio dettagli".split()
)
"""Words over text that is as often no review as one."""

REACHED = set("phone telefon telephone telefono mobile fax hostname".split())
"""Headings of lists of contacts, and of messages that customers sent."""

ELSEWHERE = REACHED | set(
    "price preis prix prezzo precio stock bestand lagerbestand sku ean gtin quantity menge anzahl amount betrag salary "
    "gehalt iban severity logger loglevel level pid vat invoice rechnung bestellwert bestellnummer ssn discount rabatt "
    "latitude longitude currency wahrung".split()
)
"""Headings of goods, orders, contacts and logs."""

COUNTS = set("n count counts anzahl number num total nombre numero cantidad avg average mean durchschnitt".split())
"""Beside a rating they tell that it is the average of many."""

PARTS = set(
    "properties attributes node data fields item source snippet usercomment stringmapdata comment review comments "
    "reviews details metrics texts toplevelcomment recommendation subcategories meta edge doc post entry "
    "ratings acf payload customfields metafields".split()
)
"""Parts of a document that only hold together what stands in them."""

PLACES = set("location place ort branch filiale city stadt country land region".split())
"""What comes last names what the cells hold: `Review Location` is no review."""

SAME = set(
    "value label rendered t text raw plain seconds date oid iso timestamp numberint numberdouble numberlong".split()
)
"""Parts that hold nothing but the value of the part above."""

PARTICIPLES = set(
    "publish reviewed published posted created submitted written veroffentlicht erstellt verfasst abgegeben".split()
)
"""They tell a time only where nothing else is told to have been published."""

BEGINNINGS = set(
    "created creation createdat createtime timecreated erstellt erstelltam angelegt cree creato creado creazione "
    "creacion criacao".split()
)
"""Beside a person they tell how old an account is, and not when a review was written."""

ACCOUNTS = set("profile profil account konto".split())
"""What belongs to a person, and is as old as the person's account."""

OWN_DAYS = set(
    "since seit joined registered registriert registration anmeldedatum signup birthday birth born dob geburtstag "
    "geburtsdatum geboren naissance nascita nacimiento opened opening eroffnet eroffnung founded gegrundet launched "
    "released release built baujahr cakeday account konto scraped crawled fetched retrieved expires deadline".split()
)
"""Headings over days of persons, things and programs, on which nobody reviewed anything."""

GENITIVES = set("of by vom der des de du del di della do da van".split())

HOSTS = set(
    "developer owner management merchant seller vendor inhaber inhabers handler handlers anbieter anbieters gastgeber "
    "gastgebers hotelier hoteliers proprietaire gestore proprietario propietario verkaufer verkaufers bedrijf "
    "struttura azienda компании магазина продавца".split()
)
"""Those who answer: a comment of theirs is no review."""

COUNTED = set(
    "helpful helpfulcount likes like thumbs votes vote visits besuche nights nachte naechte adults erwachsene "
    "children kinder persons personen guests rooms zimmer quantity menge age alter level stufe version page seite "
    "rank rang position index size grosse width height length duration dauer days tage hours class klasse cluster "
    "fold label sentiment".split()
)
"""Headings over small numbers that count something, and give no marks."""

VOTED = set("subreddit upvotes downvotes ups downs upvoteratio karma parentid topicid".split())
"""Beside them a score counts votes for what somebody wrote."""

VAGUE_MARKS = set("score scores nps points punkte value note grade mark skor ocena nota voto puntuacion".split())
"""Words over figures of all kinds, marks of customers among them."""

OF_ARTICLES = set("slug excerpt byline publisher tags schlagworte thumbnail urltoimage teaser rubrik section".split())
"""Headings beside articles and sayings that somebody published."""

OF_WORKS = set("year jahr annee anno ano isbn".split())
"""Beside them a bare `Name` is that of a film or a book."""

ASKS_FOR_MARKS = (
    "rate",
    "bewert",
    "evalu",
    "valut",
    "calific",
    "avalia",
    "zufried",
    "satisf",
    "recommend",
    "empfehl",
    "weiterempf",
    "soddisf",
    "satisfecho",
)
"""Beginnings of words in questions that are answered with a number."""

ENDS = set("end ende endzeit enddatum completion completed fertigstellungszeit abschlusszeit fin fine".split())
"""Words over the time at which somebody sent off a survey."""

LOGINS = set("username login handle nickname nick nutzername benutzername screenname".split())
"""Headings over names under which people log in."""

WAYS = set("web website email mail manual organic import imported csv api sms form widget invite automatic".split())
"""Ways on which a review came, which name no place where it stands."""

SUBJECTS = set("subject betreff sujet oggetto asunto assunto".split())
"""Headings of letters and tickets, whose text may be called a description."""

OWN_REACH = set("impressions reach followers engagement saves shares retweets".split())
"""Headings of what a brand counts of its own posts."""

MANY = set("reviews ratings bewertungen rezensionen avis recensioni opiniones".split())
"""Headings over numbers of reviews."""

SEVERAL = set("comments kommentare commentaires commenti comentarios messages contents".split())
"""Headings over numbers of texts, never over marks."""

NOT_WRITTEN = set(
    "address adresse anschrift location standort ort city stadt product produkt artikel item category kategorie tags "
    "hours offnungszeiten path route position job device gerat email website company "
    "firma hotel restaurant genre plot uberblick overview employee type aspects topic topics".split()
)
"""Headings over many words that no customer wrote about what is reviewed."""

SPEAKING = (
    "coment",
    "comment",
    "komment",
    "koment",
    "review",
    "rezens",
    "recens",
    "bewert",
    "opini",
    "yorum",
    "ulasan",
)
"""Beginnings of words for what people say of something."""

HOW_OFTEN = set("counter count counts freq frequency haufigkeit anzahl occurrences frequenz".split())
"""Headings over numbers that tell how often something came."""

OF_WORK = set(
    "aufgabe aufgaben task tasks todo tatigkeit activity bio biografie biography steckbrief agenda protokoll story "
    "article artikel news meldung problem issue anliegen".split()
)
"""Headings over sentences of people at work, of portraits and of what customers ask for."""
