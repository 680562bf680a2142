"""What a single word of a heading speaks of, in the languages of the portals, without accents and in small letters."""

from __future__ import annotations

KINDS = {
    "review": "review reviews rezension rezensionen bewertung bewertungen beurteilung evaluation evaluations avis "
    "recensione recensioni valutazione resena resenas opinion opinions opinione opinioni opiniones avaliacao "
    "avaliacoes feedback feedbacks testimonial testimonials ruckmeldung recenzja beoordeling beoordelingen recensie "
    "리뷰 후기 レビュー 口コミ クチコミ 评论 評論 评价 отзыв отзывы відгук відгуки yorum yorumlar ulasan opinia "
    "opinie recenze recension recensioner anmeldelse anmeldelser omdome arvostelu arvio ertekeles velemeny recenzie "
    "kritiki مراجعة تقييم",
    "text": "text texte testo texto tekst content contents contenu contenuto contenido conteudo inhalt body message "
    "messages nachricht meinung comment comments commentary kommentar kommentare commentaire commentaires commento "
    "commenti comentario comentarios komentar opmerking reviewtext bewertungstext kommentartext rezensionstext "
    "verbatim quote zitat citation citazione cita citat aussage statement temoignage testimonianza depoimento gorus "
    "wypowiedz mensaje messaggio erfahrungsbericht eintrag snippet komentari komentarz tresc reactie isi konten "
    "innehold innehall sisalto kommentti noidung binhluan cooked 내용 댓글 内容 本文 コメント 正文 текст "
    "комментарий комментарии коментар текстотзыва التعليق تعليق",
    "rating": "rating ratings sterne stern stars star punkte points score bewertungspunkte anzahlsterne "
    "sternebewertung starrating note schulnote mark gesamtbewertung gesamtnote gesamtpunktzahl bewertungsnote rate "
    "grade etoiles etoile stelle estrellas estrelas voto punteggio puntuacion calificacion nota punti ocena cijfer "
    "valoracion valoraciones valutazione "
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
    "respondent requester shopper writer schreiber schreiberin yazan yazar scrittore escritor redacteur schrijver "
    "forfatter forfattare skribent kirjoittaja comprador compradora acheteur koper "
    "miembro membro membre socio klient uzytkownik zakaznik uzivatel anmelder asiakas vasarlo "
    "작성자 닉네임 作者 昵称 暱稱 用户 使用者 用户名 投稿者 ユーザー автор автора пользователя покупателя клиента "
    "пользователь покупатель клиент",
    "name": "name namen nom nome nombre naam fullname displayname nama isim isimler ad adlar "
    "adi adsoyad imie nazwisko jmeno namn navn nimi nev nume hoten 이름 名前 姓名 名字 имя имени фио 名 الاسم",
    "date": "date dates datum zeit zeitpunkt zeitstempel timestamp time datetime uhrzeit created creation createdat "
    "creazione creacion criacao createtime createdtime timecreated publish reviewed create add added eingetragen "
    "submitted submit submission posted published publishedat veroffentlicht veroffentlichtam erstellt erstelltam "
    "erstellungsdatum bewertungsdatum rezensionsdatum reviewdate abgegeben abgegebenam eingegangen recorded fecha data "
    "publication written ecrit eingestellt verfasst 작성일 날짜 日期 日付 дата tarih tarihi tanggal waktu pvm "
    "paivamaara dag carimbo hora heure ora godzina saat envoi datetimeutc ngay thoigian 등록일 작성일자 时间 時間 "
    "投稿日 投稿日時 评论时间 время التاريخ",
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
    "pros": "pros pro positiv positives positive positif positifs vorteile vorteil avantages avantage liked pluspunkte "
    "positivo positivi strengths advantages advantage vantaggi ventajas vantagens voordelen pluspunten zalety plusy",
    "cons": "cons con contra kontra negativ negatives negative negatif negatifs nachteile nachteil inconvenients "
    "inconvenient disliked minuspunkte negativo negativi weaknesses disadvantages disadvantage svantaggi "
    "desventajas desvantagens nadelen minpunten wady minusy",
    "first": "first vorname vornamen firstname prenom given",
    "last": "nachname familienname lastname surname cognome apellido family",
    "overall": "overall geral generale gesamt global globale insgesamt general",
    "best": "ratingbest maximum max best",
    "worst": "ratingworst minimum min worst",
    "thing": "product products produkt produkte produit producto prodotto artikel item app apps application movie "
    "film book buch restaurant restaurants place places platz ort location venue course kurs game spiel listing "
    "room trip tour doctor arzt airline branch filiale service",
    "filler": "the of der die das des de la le les du del di della dell do da den dem il lo a an in on und and for "
    "from et y e to full original native complete main long plain raw public display value at am html your ihr ihre "
    "votre percent prozent pct iso unix screen external attribution five numeric detailed as gmt utc last been l d "
    "badge post posts profile profil dari dan tweet yang i og och ja w z по о от conversation chat vom",
}
"""What a word of a heading speaks of. A heading is understood when all of its words are."""
