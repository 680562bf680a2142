"""The words of headings as exports use them, in the languages of the portals, without accents and in small letters."""

from __future__ import annotations

KINDS = {
    "review": "review reviews rezension rezensionen bewertung bewertungen beurteilung evaluation evaluations avis "
    "recensione recensioni valutazione resena resenas opinion opinions opinione opinioni opiniones avaliacao "
    "avaliacoes feedback feedbacks testimonial testimonials ruckmeldung recenzja beoordeling beoordelingen recensie "
    "리뷰 후기 レビュー 口コミ クチコミ 评论 評論 评价 отзыв отзывы відгук відгуки yorum yorumlar ulasan opinia "
    "opinie recenze recension recensioner anmeldelse anmeldelser omdome arvostelu arvio ertekeles velemeny recenzie "
    "kritiki مراجعة تقييم",
    "text": "text texte testo texto tekst content contents contenu contenuto contenido conteudo inhalt body message "
    "messages nachricht meinung comment comments kommentar kommentare commentaire commentaires commento commenti "
    "comentario comentarios komentar opmerking reviewtext bewertungstext kommentartext rezensionstext verbatim "
    "quote erfahrungsbericht eintrag snippet komentari komentarz tresc reactie isi konten innehold innehall sisalto "
    "kommentti noidung binhluan 내용 댓글 内容 本文 コメント 正文 текст комментарий комментарии коментар "
    "текстотзыва التعليق تعليق",
    "rating": "rating ratings sterne stern stars star punkte points score bewertungspunkte anzahlsterne "
    "sternebewertung starrating note schulnote mark gesamtbewertung gesamtnote gesamtpunktzahl bewertungsnote rate "
    "grade etoiles etoile stelle estrellas estrelas voto punteggio puntuacion calificacion nota punti ocena cijfer "
    "puan bintang penilaian skor betyg hodnoceni hodnotenie karakter arvosana vurdering terning zufriedenheit "
    "satisfaction nps 별점 평점 评分 評分 星级 評価 оценка рейтинг оцінка التقييم",
    "title": "title titel uberschrift betreff headline subject titre titolo titulo sujet oggetto asunto assunto "
    "summary heading judul baslik tytul tittel nadpis otsikko cim tieude 제목 标题 標題 タイトル 件名 заголовок "
    "العنوان",
    "person": "author autor autorin verfasser verfasserin reviewer rezensent kunde kundin nutzer nutzerin user gast "
    "guest customer consumer passenger client cliente clients auteur utilisateur utente usuario usuaria autore "
    "ospite huesped hospede verfassername kundenname nutzername username gastname guestname reviewername authorname "
    "commenter commentator nickname nick displayname screenname handle pseudo klant gebruiker bewerter bewertender "
    "absender benutzer users customers reviewers guests kunden pengguna pengulas pelanggan tamu musteri kullanici "
    "diner traveler traveller buyer purchaser kaufer kauferin patient patientin member mitglied teilnehmer "
    "respondent requester shopper writer schreiber comprador compradora acheteur koper "
    "miembro membro membre socio klient uzytkownik zakaznik uzivatel anmelder asiakas vasarlo "
    "작성자 닉네임 作者 昵称 暱稱 用户 使用者 用户名 投稿者 ユーザー автор автора пользователя покупателя клиента "
    "пользователь покупатель клиент",
    "name": "name namen nom nome nombre naam fullname displayname nama isim isimler ad adlar "
    "adi adsoyad imie nazwisko jmeno namn "
    "navn nimi nev nume hoten 이름 名前 姓名 名字 имя имени фио 名 الاسم",
    "date": "date dates datum zeit zeitpunkt zeitstempel timestamp time datetime uhrzeit created creation createdat "
    "createtime createdtime timecreated publish reviewed create add added eingetragen submitted submit submission "
    "posted published publishedat veroffentlicht veroffentlichtam erstellt erstelltam erstellungsdatum "
    "bewertungsdatum rezensionsdatum reviewdate abgegeben abgegebenam eingegangen recorded fecha data publication "
    "written ecrit eingestellt verfasst 작성일 날짜 日期 日付 дата tarih tarihi tanggal waktu pvm paivamaara dag "
    "envoi datetimeutc ngay thoigian 등록일 작성일자 时间 時間 投稿日 投稿日時 评论时间 время التاريخ",
    "updated": "updated updatedat update updatetime geandert geandertam bearbeitet bearbeitetam modified "
    "lastmodified edited lastupdated modifie aktualisiert",
    "id": "id nr nummer number no uuid guid externalid bewertungsid reviewid bewertungsnummer kommentarid commentid "
    "rezensionsid",
    "url": "url link adresse uri permalink lien enlace",
    "language": "language sprache lang locale langue lingua idioma",
    "source": "source quelle plattform platform portal kanal plateforme piattaforma plataforma",
    "reply": "reply replies antwort antworten antworttext ownerreply response responses ownerresponse replied "
    "stellungnahme reponse reponses risposta respuesta resposta answer answers replytext beantwortet "
    "gegendarstellung balasan tanggapan yanit cevap odpowiedz odpoved antwoord svar vastaus valasz 답글 답변 回复 "
    "回覆 返信 商家回复 ответ ответы відповідь",
    "owner": "company business developer owner management merchant seller shop host property unternehmens betriebs "
    "inhabers inhaber handlers handler anbieters anbieter gastgebers gastgeber unterkunft hotels hotel arbeitgebers "
    "arbeitgeber proprietaire etablissement entreprise gestore proprietario propietario empresa vendor store brand "
    "shops hotelier hoteliers arztes praxis verkaufer verkaufers bedrijf struttura azienda negozio tienda "
    "establecimiento firmy obchodu isletme 사장님 商家 компании магазина продавца",
    "pros": "pros pro positiv positives positive positif positifs vorteile vorteil avantages liked pluspunkte "
    "positivo positivi strengths",
    "cons": "cons con negativ negatives negative negatif negatifs nachteile nachteil inconvenients disliked "
    "minuspunkte negativo negativi",
    "first": "first vorname vornamen firstname prenom given",
    "last": "nachname familienname lastname surname cognome apellido family",
    "overall": "overall geral generale gesamt global globale insgesamt general",
    "best": "ratingbest maximum max best",
    "worst": "ratingworst minimum min worst",
    "thing": "product products produkt produkte produit producto prodotto artikel item app apps application movie "
    "film book buch restaurant restaurants place places platz ort location venue course kurs game spiel listing "
    "room trip tour doctor arzt airline branch filiale service",
    "filler": "the of der die das des de la le les du del di della dell do da den dem il lo a an in on und and for "
    "from et y e to full original complete main long plain raw public display value at am html your ihr ihre votre "
    "iso screen external attribution five numeric detailed as gmt utc last been l d badge post posts profile profil "
    "dari dan yang i og och ja w z по о от conversation chat vom",
}
"""What a word of a heading speaks of. A heading is understood when all of its words are."""

WHOLE = {
    "external_id": "externalid postkey",
    "author_id": "authorid kundennr kundennummer userid reviewerid customerid",
    "author_name": "von by postedby reviewedby ratedby writtenby createdby erstelltvon namedesgastes authortitle "
    "ownerusername",
    "created_at": "at on wann submitdateandtime dateandtime bewertungvom rezensionvom placeanddate ortunddatum "
    "dateandplace",
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
    "clientresponse clientresponses",
    "reply_at": "replyat antwortdatum replydate responsedate antwortzeit dateofreply antwortam beantwortetam "
    "repliedat replydateandtime respondedat",
    "rating_best": "ratingbest bestrating maxrating scoremax",
    "rating_worst": "ratingworst worstrating minrating",
    "shown": "approved commentapproved isapproved",
    "state": "status reviewstatus moderationstatus curated",
    "hidden": "isdeleted isspam deleted spam removed commenttype",
}
"""Headings that mean what their words together do not say."""

CREATORS = set("author autor autorin auteur autore writer".split())
"""Persons who made the thing, where a thing is told beside them: the author of a book wrote no review of it."""

WEAK_TEXT = set(
    "description beschreibung notes remarks remark bemerkung bemerkungen anmerkung anmerkungen details".split()
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
    "ratings".split()
)
"""Parts of a document that only hold together what stands in them."""

SAME = set(
    "value label rendered t text raw plain seconds date oid iso timestamp numberint numberdouble numberlong".split()
)
"""Parts that hold nothing but the value of the part above."""

PARTICIPLES = set(
    "publish reviewed published posted created submitted written veroffentlicht erstellt verfasst abgegeben".split()
)
"""They tell a time only where nothing else is told to have been published."""

GENITIVES = set("of by vom der des de du del di della do da van".split())

HOSTS = set(
    "developer owner management merchant seller vendor inhaber inhabers handler handlers anbieter anbieters gastgeber "
    "gastgebers hotelier hoteliers proprietaire gestore proprietario propietario verkaufer verkaufers bedrijf "
    "struttura azienda компании магазина продавца".split()
)
"""Those who answer: a comment of theirs is no review."""

VOTED = set("subreddit upvotes downvotes ups downs upvoteratio karma parentid".split())
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
