"""The columns that exporters and scrapers of reviews document, each with a line as they fill it.

`$author`, `$text` and the like are filled in by the test, with three reviews of a shop; the last one has no title and
no answer. What is expected of each exporter are the words for what it tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Exporter:
    """How a table or document is laid out, and what of a review it tells."""

    name: str
    tells: str
    head: str = ""
    line: str = ""
    item: Any = None
    within: tuple[str, ...] = ()
    """The keys that lead to the list in a document; numbers are lists of one."""

    suffix: str = ".csv"
    encoding: str = "utf-8"


ALL = "author title text stars day reply"
UNTITLED = "author text stars day reply"
UNANSWERED = "author title text stars day"
BARE = "author text stars day"

TABLES = (
    Exporter(
        "Okendo, template for imports",
        UNANSWERED,
        "name,body,handle,productId,rating,sku,dateCreated,countryCode,email,imageUrls,title,isRecommended,verified",
        '$author,"$text",lampe-nord,4711,$stars,L-1,$iso,de,$mail,,$title,,yes',
    ),
    Exporter(
        "Okendo, table of a data pipeline",
        ALL,
        "id,body,contains_profanity,customer_id,date_created,helpful_count,is_recommended,order_id,product_id,"
        "product_name,rating,reply_body,reply_date_created,reply_is_private,reviewer_display_name,status,title",
        '$id,"$text",false,c-$id,$iso,0,,o-$id,4711,Lampe Nord,$stars,$reply,$replied,,$author,approved,$title',
    ),
    Exporter(
        "PowerReviews, file for imports",
        UNANSWERED,
        "Review Id,Page Id,Review Display,Review Title,Review Date,Review Location,Review Text,Rating,Verified Buyer,"
        "Review Status",
        '$id,L-1,$author,$title,$us,Ulm,"$text",$stars,Yes,Approved',
    ),
    Exporter(
        "Meta, product review feed",
        UNANSWERED,
        "aggregator,store.name,store.id,store.storeUrls,reviewID,rating,title,content,created_at,updated_at,"
        "review_image_urls,incentivized,has_verified_purchase,reviewer.name,reviewer.reviewerID,reviewer.isAnonymous,"
        "product.name,product.url",
        'Sammler,Laden Nord,1,https://laden.example,$id,$stars,$title,"$text",$iso,,,false,true,$author,p-$id,false,'
        "Lampe Nord,https://laden.example/lampe",
    ),
    Exporter(
        "yourshop.swiss",
        UNTITLED,
        "id;ida;clid;state;lang;stars;vb;name;climsg;ownmsg;stamp",
        '$id;lampe-nord-a1;69;1;1;$stars;1;$author;"$text";$reply;$day 10:00:00',
    ),
    Exporter(
        "GMBapi",
        UNTITLED,
        "account_id,review_name,location_id,created_date,update_date,rating,comment_native,comment_en,has_comment,"
        "has_media,reply,reply_date,reply_comment,reviewerName",
        '77,accounts/77/locations/5/reviews/$id,5,$iso,$iso,$stars,"$text",,1,0,$replied_flag,$replied,$reply,$author',
    ),
    Exporter(
        "Appbot, table of reviews",
        UNANSWERED,
        "id,store_id,author,rating,body,subject,published_at,version,country_code",
        '$id,$id,$author,$stars,"$text",$title,$day,2.1,de',
    ),
    Exporter(
        "AppFollow, reviews",
        ALL,
        "id,review_id,store,ext_id,country,date,rating,title,content,author,app_version,answer_text,answer_date",
        '$id,r-$id,as,4711,de,$day,$stars,$title,"$text",$author,2.1,$reply,$replied',
    ),
    Exporter(
        "AppTweak, reviews",
        UNANSWERED,
        "Date,Country,Language,App version,Rating,Title,Review,Author",
        '$day,DE,de,2.1,$stars,$title,"$text",$author',
    ),
    Exporter(
        "Takeout of a person, shop reviews",
        "text stars day",
        "creation_time,comment,rating",
        '$iso,"$text",$stars',
    ),
    Exporter(
        "Shoptet to Judge.me",
        ALL,
        "product_handle,review_title,body,reviewer_name,reviewer_email,rating,review_date,reply,reply_date,featured,"
        "verified,hidden",
        'lampe-nord,$title,"$text",$author,$mail,$stars,$day,$reply,$replied,0,1,0',
    ),
    Exporter(
        "WooCommerce by a query for Site Reviews",
        BARE,
        "date,date_gmt,rating,content,name,email,ip_address,is_approved,assigned_posts,user_id",
        '$day 12:00:00,$day 10:00:00,$stars,"$text",$author,$mail,10.0.0.1,1,17,0',
    ),
    Exporter(
        "Comments of WordPress by its command line",
        "author text day",
        "comment_ID,comment_post_ID,comment_author,comment_author_email,comment_author_url,comment_author_IP,"
        "comment_date,comment_date_gmt,comment_content,comment_karma,comment_approved,comment_agent,comment_type,"
        "comment_parent,user_id",
        '$id,17,$author,$mail,,10.0.0.1,$day 12:00:00,$day 10:00:00,"$text",0,1,Browser,comment,0,0',
    ),
    Exporter(
        "Shopware 6",
        ALL,
        "id;productId;customerId;salesChannelId;languageId;externalUser;externalEmail;title;content;points;status;"
        "comment;createdAt",
        'a$id;b1;c$id;d1;e1;$author;$mail;$title;"$text";$stars;1;$reply;$day 10:00:00.000',
    ),
    Exporter(
        "Shopware 5",
        ALL,
        "id;articleID;name;headline;comment;points;datum;active;email;answer;answer_date",
        '$id;99;$author;$title;"$text";$stars;$day 10:00:00;1;$mail;$reply;$replied',
    ),
    Exporter(
        "OpenCart",
        BARE,
        "review_id,product_id,customer_id,author,text,rating,status,date_added,date_modified",
        '$id,42,0,$author,"$text",$stars,1,$day 10:00:00,$day 10:00:00',
    ),
    Exporter(
        "JTL-Shop",
        ALL,
        "kBewertung;kArtikel;kKunde;kSprache;cName;cTitel;cText;nHilfreich;nNichtHilfreich;nSterne;nAktiv;dDatum;cAntwort;"
        "dAntwortDatum",
        '$id;99;7$id;1;$author;$title;"$text";0;0;$stars;1;$day;$reply;$replied',
    ),
    Exporter(
        "Amazon, feedback to sellers",
        "text stars day reply",
        "Date\tRating\tComments\tYour Response\tOrder ID\tRater Email",
        "$us\t$stars\t$text\t$reply\t303-$id\t$mail",
        suffix=".txt",
    ),
    Exporter(
        "Amazon, Bewertungen für Verkäufer",
        "text stars day reply",
        "Datum\tBewertung\tKommentare\tIhre Antwort\tBestellnummer\tE-Mail-Adresse des Bewerters",
        "$de\t$stars\t$text\t$reply\t303-$id\t$mail",
        suffix=".txt",
        encoding="cp1252",
    ),
    Exporter(
        "Ryviu",
        ALL,
        "product_handle,rating,title,author,email,body_text,created_at,country,avatar,status,reply,reply_at",
        'lampe-nord,$stars,$title,$author,$mail,"$text",$day 10:00:00,DE,,1,$reply,$replied',
    ),
    Exporter(
        "Ali Reviews",
        UNTITLED,
        "Product handle,Author,Country,Content,Rating,Date created,Status,Photos,Reply",
        'lampe-nord,$author,DE,"$text",$stars,$day,published,,$reply',
    ),
    Exporter(
        "Fera",
        UNANSWERED,
        "id,external_product_id,customer_display_name,customer_email,heading,body,rating,state,created_at",
        '$id,4711,$author,$mail,$title,"$text",$stars,approved,$iso',
    ),
    Exporter(
        "Growave",
        ALL,
        "Product handle,Rate,Title,Review,Customer name,Customer email,Date,Status,Reply",
        'lampe-nord,$stars,$title,"$text",$author,$mail,$day,published,$reply',
    ),
    Exporter(
        "Junip",
        UNANSWERED,
        "Review ID,Review Title,Review Body,Review Rating,Customer First Name,Customer Last Name,Customer Email,"
        "Product Title,Created At,Verified Buyer",
        '$id,$title,"$text",$stars,$first,$last,$mail,Lampe Nord,$iso,true',
    ),
    Exporter(
        "Wix Reviews",
        ALL,
        "Review ID,Entity ID,Author Name,Author Email,Title,Rating,Body,Moderation Status,Created Date,Reply",
        '$id,4711,$author,$mail,$title,$stars,"$text",APPROVED,$iso,$reply',
    ),
    Exporter(
        "Trustpilot by a scraper",
        ALL,
        "Company,Stars,Title,Review,Published,Reviewer,Country,Language,Verified,Invited,Company reply,"
        "Reply after (h),Useful,Link",
        'Laden Nord,$stars,$title,"$text",$iso,$author,DE,de,true,false,$reply,44,0,https://laden.example/r/$id',
    ),
    Exporter(
        "Stores of apps by a scraper",
        ALL,
        "Store,App,Stars,Title,Review,Published,App version,Storefront,Language,Reviewer,Helpful votes,Replied,"
        "Developer reply,Replied on,Edited",
        'Google Play,Lampe,$stars,$title,"$text",$iso,2.1,de,de,$author,0,$replied_yes,$reply,$replied,false',
    ),
    Exporter(
        "ProvenExpert by a scraper",
        UNTITLED,
        "businessName,reviewerName,rating,text,ownerResponse,reviewDate,category,profileUrl",
        'Laden Nord,$author,$stars,"$text",$reply,$day,Lampen,https://laden.example',
    ),
    Exporter(
        "Trust badges by a scraper",
        UNTITLED,
        "rowType,platform,companyName,reviewerName,rating,reviewText,reviewDate,companyReply",
        'review,provenExpert,Laden Nord,$author,$stars,"$text",$day,$reply',
    ),
    Exporter(
        "Feefo by a scraper",
        UNTITLED,
        "_review_type,merchant_identifier,customer_name,rating,review_text,product_title,product_sku,created_at,"
        "merchant_reply,verification_state,locale",
        'product,laden-nord,$author,$stars,"$text",Lampe Nord,L-1,$iso,$reply,verified,de-DE',
    ),
    Exporter(
        "Feefo, page by page",
        BARE,
        "url,name,location,feedback_date,purchase_date,comment,stars,products_purchased,summary,helpful_votes",
        'https://laden.example,$author,Ulm,$day,2026-04-01,"$text",$stars,Lampe Nord,,0',
    ),
    Exporter(
        "Google Maps by a scraper with the place in each line",
        UNTITLED,
        "placeId,placeName,placeAddress,placeRating,placeReviewCount,reviewId,reviewerName,reviewerReviewCount,"
        "reviewerIsLocalGuide,rating,text,language,dateText,publishedAt,updatedAt,ownerReply,ownerReplyDate",
        'C1,Laden Nord,Weg 1,4.6,128,$id,$author,12,false,$stars,"$text",de,vor 2 Monaten,$iso,,$reply,$replied',
    ),
    Exporter(
        "Google Maps by Bright Data",
        UNTITLED,
        "url,place_id,place_name,country,address,review_id,reviewer_name,reviewer_url,local_guide,reviews_by_reviewer,"
        "review_rating,review,review_date,number_of_likes,response_of_owner,response_date",
        'https://karten.example,C1,Laden Nord,DE,Weg 1,$id,$author,,false,12,$stars,"$text",$iso,0,$reply,$replied',
    ),
    Exporter(
        "Web Scraper in the browser",
        BARE,
        "web-scraper-order,web-scraper-start-url,name,stars,date,review",
        '1777629600-$id,https://laden.example/bewertungen,$author,$stars Sterne,$de,"$text"',
    ),
    Exporter(
        "Uberall",
        UNTITLED,
        "Location;Directory;Date;Author;Rating;Content;Reply;Reply date",
        'Laden Nord;Google;$day;$author;$stars;"$text";$reply;$replied',
    ),
    Exporter(
        "Yext",
        UNANSWERED,
        "Review ID,Location ID,Location Name,Publisher,Rating,Title,Content,Author Name,Review Date,Status,URL",
        '$id,5,Laden Nord,Google,$stars,$title,"$text",$author,$day,LIVE,https://laden.example/$id',
    ),
    Exporter(
        "BrightLocal",
        UNTITLED,
        "Location,Source,Author,Date,Rating,Review,Response,Response Date",
        'Laden Nord,Google,$author,$day,$stars,"$text",$reply,$replied',
    ),
    Exporter(
        "KiyOh",
        "author text ten day",
        "Datum;Naam;Plaats;Cijfer;Ervaring;Aanbevelen;Referentie",
        '$de;$author;Ulm;$ten;"$text";ja;B-$id',
    ),
    Exporter(
        "Avis Vérifiés",
        "author text stars day reply",
        "id_review;order_ref;review_date;rate;review;firstname;lastname;reponse",
        '$id;B-$id;$day 10:00:00;$stars;"$text";$first;$last;$reply',
    ),
    Exporter(
        "Opineo",
        "author text stars day",
        "Data;Autor;Ocena;Treść opinii;Numer zamówienia",
        '$day;$author;$stars;"$text";Z-$id',
    ),
    Exporter(
        "Capterra and GetApp",
        "author title praise stars day reply",
        "Product Name,Review Title,Overall Rating,Pros,Cons,Reviewer Name,Company Size,Review Date,Vendor Response",
        'Lampe,$title,$stars,"$pro","$con",$author,11-50,$day,$reply',
    ),
    Exporter(
        "G2",
        "author title praise stars day",
        "Review ID,Product,Title,Star Rating,What do you like best?,What do you dislike?,Reviewer Name,Submitted At",
        '$id,Lampe,$title,$stars,"$pro","$con",$author,$iso',
    ),
    Exporter(
        "Indeed",
        "title praise stars day",
        "Rating,Title,Job title,Location,Date,Pros,Cons",
        '$stars,$title,Verkauf,Ulm,"$long","$pro","$con"',
    ),
    Exporter(
        "Microsoft Forms",
        "author text stars day",
        "ID;Startzeit;Fertigstellungszeit;E-Mail;Name;Wie zufrieden sind Sie?;Was können wir besser machen?",
        '$id;$de 10:00;$de 10:05;$mail;$author;$stars;"$text"',
    ),
    Exporter(
        "SurveyMonkey",
        "author text stars day",
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,"
        "Wie zufrieden sind Sie mit uns?,Was sollen wir besser machen?\n,,,,,,,,,Response,Open-Ended Response",
        '1180000$id,77,$us 10:00:00 AM,$us 10:05:00 AM,10.0.0.1,$mail,$first,$last,,$stars,"$text"',
    ),
    Exporter(
        "LimeSurvey",
        "text stars day",
        "id,submitdate,lastpage,startlanguage,Wie zufrieden sind Sie mit uns?,Was sollen wir besser machen?",
        '$id,$day 10:05:00,1,de,$stars,"$text"',
    ),
    Exporter(
        "TrustYou",
        "author title praise ten day reply",
        "Date;Source;Author;Score (1-10);Title;Positive;Negative;Management response",
        '$de;Booking.com;$author;$ten;$title;"$pro";"$con";$reply',
    ),
    Exporter(
        "GetYourGuide",
        UNTITLED,
        "Booking reference,Activity,Review date,Rating,Traveler,Comment,Your response",
        'G-$id,Stadtrundgang,$day,$stars,$author,"$text",$reply',
    ),
    Exporter(
        "TheFork",
        "author text ten day reply",
        "Datum;Gast;Bewertung (1-10);Kommentar;Antwort des Restaurants",
        '$de;$author;$ten;"$text";$reply',
    ),
    Exporter(
        "MyHammer",
        UNTITLED,
        "Datum;Auftrag;Auftraggeber;Bewertung;Kommentar;Antwort",
        '$de;Lampe anbringen;$author;$stars;"$text";$reply',
    ),
    Exporter(
        "Comments of videos by an exporter",
        "author text day",
        "Comment,Author,AuthorChannelId,Likes,ReplyCount,PublishedAt",
        '"$text",$author,UC$id,3,0,$iso',
    ),
    Exporter(
        "Export Comments",
        "author text day",
        "ID,Name,Profile ID,Date,Likes,Comment,Source",
        '$id,$author,p-$id,$day 10:00:00,2,"$text",view comment',
    ),
)

DOCUMENTS = (
    Exporter(
        "Trustpilot, API for businesses",
        ALL,
        within=("reviews",),
        item={
            "id": "$id",
            "consumer": {"id": "c$id", "displayName": "$author", "displayLocation": "Ulm", "numberOfReviews": 3},
            "businessUnit": {"id": "b1", "identifyingName": "laden.example", "displayName": "Laden Nord"},
            "stars": "#stars",
            "title": "$title",
            "text": "$text",
            "language": "de",
            "createdAt": "$iso",
            "updatedAt": None,
            "companyReply": {"text": "$reply", "createdAt": "$replied_iso", "updatedAt": None},
            "status": "active",
            "isVerified": True,
            "numberOfLikes": 0,
        },
    ),
    Exporter(
        "DataForSEO, reviews of Google",
        UNTITLED,
        within=("tasks", "0", "result", "0", "items"),
        item={
            "type": "google_reviews_search",
            "rank_group": "#id",
            "review_text": "$text",
            "original_review_text": None,
            "time_ago": "vor 2 Monaten",
            "timestamp": "$day 10:00:00 +00:00",
            "rating": {"rating_type": "Max5", "value": "#stars", "votes_count": None, "rating_max": None},
            "reviews_count": 12,
            "photos_count": 3,
            "local_guide": False,
            "profile_name": "$author",
            "profile_url": "https://karten.example/$id",
            "review_url": "https://karten.example/r/$id",
            "owner_answer": "$reply",
            "owner_time_ago": "vor 2 Monaten",
            "owner_timestamp": "$replied_iso",
            "review_id": "$id",
        },
    ),
    Exporter(
        "Yelp, open data set",
        "text stars day",
        suffix=".jsonl",
        item={
            "review_id": "r$id",
            "user_id": "u$id",
            "business_id": "b1",
            "stars": "#stars",
            "useful": 0,
            "funny": 0,
            "cool": 0,
            "text": "$text",
            "date": "$day 10:00:00",
        },
    ),
    Exporter(
        "Amazon, data set of 2018",
        UNANSWERED,
        suffix=".jsonl",
        item={
            "overall": "#stars",
            "vote": "2",
            "verified": True,
            "reviewTime": "$amazon",
            "reviewerID": "A$id",
            "asin": "B00LAMPE",
            "style": {"Farbe:": " Weiß"},
            "reviewerName": "$author",
            "reviewText": "$text",
            "summary": "$title",
            "unixReviewTime": "#unix",
        },
    ),
    Exporter(
        "Amazon, data set of 2023",
        "title text stars day",
        suffix=".jsonl",
        item={
            "rating": "#stars",
            "title": "$title",
            "text": "$text",
            "images": [],
            "asin": "B00LAMPE",
            "parent_asin": "B00LAMPEN",
            "user_id": "A$id",
            "timestamp": "#ms",
            "helpful_vote": 0,
            "verified_purchase": True,
        },
    ),
    Exporter(
        "Discourse, a topic",
        "author text day",
        within=("post_stream", "posts"),
        suffix=".json",
        item={
            "id": "#id",
            "name": "$author",
            "username": "kunde$id",
            "avatar_template": "/a/$id.png",
            "created_at": "$iso",
            "cooked": "<p>$text</p>",
            "post_number": "#id",
            "post_type": 1,
            "updated_at": "$iso",
            "reply_count": 0,
            "reply_to_post_number": None,
            "score": 1.2,
            "topic_id": 5,
            "topic_slug": "lampe",
        },
    ),
    Exporter(
        "Mastodon, a list of statuses",
        "author text day",
        item={
            "id": "$id",
            "created_at": "$iso",
            "in_reply_to_id": None,
            "sensitive": False,
            "visibility": "public",
            "language": "de",
            "url": "https://mast.example/$id",
            "replies_count": 0,
            "favourites_count": 1,
            "content": "<p>$text</p>",
            "account": {"id": "a$id", "username": "kunde$id", "display_name": "$author", "created_at": "2019-01-01"},
        },
    ),
    Exporter(
        "Add-ons of Firefox, ratings",
        ALL,
        within=("results",),
        item={
            "id": "#id",
            "body": "$text",
            "created": "$iso",
            "score": "#stars",
            "title": "$title",
            "user": {"id": "#id", "name": "$author", "url": "https://fuchs.example/$id"},
            "reply": {"id": 90, "body": "$reply", "created": "$replied_iso", "user": {"name": "Laden Nord"}},
        },
    ),
    Exporter(
        "Customer Alliance",
        "author text stars day reply",
        within=("reviews",),
        item={
            "id": "#id",
            "hotel": "Haus Nord",
            "author": "$author",
            "source": "Customer Alliance",
            "overallRating": "#stars",
            "overallComment": "$text",
            "hotelierComment": "$reply",
            "date": "$day",
            "language": "de",
        },
    ),
    Exporter(
        "Viator",
        UNANSWERED,
        within=("reviews",),
        item={
            "reviewReference": "r$id",
            "language": "de",
            "rating": "#stars",
            "title": "$title",
            "text": "$text",
            "userName": "$author",
            "publishedDate": "$iso",
            "productCode": "5010P",
            "provider": "VIATOR",
        },
    ),
    Exporter(
        "Shopify reviews by a scraper",
        UNANSWERED,
        item={
            "productUrl": "https://laden.example/lampe",
            "rating": "#stars",
            "title": "$title",
            "body": "$text",
            "publishedAt": "$iso",
            "reviewerName": "$author",
            "verifiedPurchase": True,
            "reviewId": "r$id",
            "provider": "judgeme",
        },
    ),
    Exporter(
        "Google Play by a scraper",
        UNTITLED,
        item={
            "reviewId": "r$id",
            "appId": "example.lampe",
            "appName": "Lampe",
            "appScore": 4.1,
            "appRatingsCount": 812,
            "userName": "$author",
            "rating": "#stars",
            "body": "$text",
            "date": "$iso",
            "thumbsUp": 0,
            "appVersion": "2.1",
            "developerResponseBody": "$reply",
            "developerResponseDate": "$replied_iso",
            "developerResponseAuthor": "Laden Nord",
        },
    ),
    Exporter(
        "eBay, feedback",
        "author text day reply",
        item={
            "CommentingUser": "$author",
            "FeedbackRatingStar": "Turquoise",
            "CommentText": "$text",
            "CommentTime": "$iso",
            "CommentType": "Negative",
            "ItemID": "15000$id",
            "Role": "Seller",
            "FeedbackID": "77$id",
            "FeedbackResponse": "$reply",
        },
    ),
    Exporter(
        "Wextractor",
        UNANSWERED,
        within=("reviews",),
        item={
            "id": "$id",
            "url": "https://laden.example/$id",
            "title": "$title",
            "text": "$text",
            "language": "de",
            "datetime": "$iso",
            "rating": "$stars",
            "reviewer": "$author",
            "is_verified": True,
        },
    ),
    Exporter(
        "App Store Connect, reviews and answers",
        ALL,
        within=("data",),
        item={
            "type": "customerReviews",
            "id": "$id",
            "attributes": {
                "rating": "#stars",
                "title": "$title",
                "body": "$text",
                "reviewerNickname": "$author",
                "createdDate": "$iso",
                "territory": "DEU",
                "response": {"responseBody": "$reply", "lastModifiedDate": "$replied_iso", "state": "PUBLISHED"},
            },
        },
    ),
)
