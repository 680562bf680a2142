"""What reviews, their properties and lists are called in the data of programs; signs and capitals are left out."""

from __future__ import annotations

import re

BETWEEN = {
    *("edges", "node", "nodes", "items", "results", "data", "list", "entries", "content", "docs", "records", "rows"),
    *("value", "values", "page", "pages"),
}
"""Properties that only wrap a list; what they hold is called as the list is."""

REVIEWS = re.compile(
    r"(?:reviews?(?:list|items|data|entries|content)?|bewertungen|rezensionen|avis|recensioni|opiniones)$"
)
TALK = re.compile(r"(?:comments|kommentare|ratings)$")
"""Lists that often hold something else than customers' words; theirs must say who wrote, what and when."""

TYPED = re.compile(r"(?:^|[a-z])review(?:node|type|item|entity|payload)?$")
IDS = ("reviewid", "id", "uuid", "commentid", "databaseid", "key")
WORDS = (
    *("text", "comment", "body", "reviewbody", "reviewtext", "reviewcontent", "reviewmessage", "content", "rawcontent"),
    *("textcontent", "message", "commenttext", "comments", "review", "opinion", "feedback", "detail"),
)
DECLARING = ("reviewbody", "reviewtext", "reviewcontent")
"""Words that say themselves that they are a review, in whatever list they stand."""

TITLES = ("title", "headline", "reviewtitle", "heading", "subject", "summary")
GOOD, BAD = ("positivetext", "pros", "positive", "liked"), ("negativetext", "cons", "negative", "disliked")
STARS = (
    *("rating", "stars", "score", "reviewrating", "ratingvalue", "starrating", "overallrating", "ratingoverall"),
    *("grade", "sterne", "points", "averagerating"),
)
DATES = (
    *("publisheddate", "createdat", "date", "datepublished", "submittedat", "submissiontime", "datecreated", "created"),
    *("createddate", "publishedat", "submissiondate", "reviewdate", "creationdate", "createdon", "time", "timestamp"),
    *("reviewdatetime", "datum"),
)
CHANGED = ("updateddate", "updatedat", "datemodified", "modifiedat", "editedat")
PEOPLE = ("consumer", "author", "user", "customer", "reviewer", "userprofile", "profile", "createdby", "member")
NAMES = ("displayname", "name", "nickname", "username", "publicname", "fullname", "screenname", "firstname")
SIGNED = (
    *("authorname", "author", "reviewername", "usernickname", "nickname", "username", "customername", "customersname"),
    *("displayname", "reviewer", "user", "customer", "reviewerinfo", "externaluser", "name"),
)
REPLIES = (
    *("reply", "companyreply", "ownerreply", "ownerresponse", "response", "businessreply", "merchantreply"),
    *("mgmtresponse", "managementresponse", "sellerreply", "shopreply", "businessresponse", "vendorreply"),
)
BELOW = ("replies", "comments", "children", "answers", "responses")
STAFF = (
    "isadmin",
    "isstaff",
    "isowner",
    "isofficial",
    "isteam",
    "ismerchant",
    "isbusiness",
    "ismoderator",
    "fromowner",
)
PRESS = frozenset(("slug", "excerpt", "permalink", "featuredimage", "canonicalurl", "seotitle"))
"""Properties of articles: a magazine calls those `reviews` as well."""

COUNTS = frozenset(("count", "total", "reviewcount", "ratingcount", "totalreviews", "average", "averagerating"))
"""Properties of a sum of reviews."""

SAID = ("message", "text", "body", "content", "comment", "reply", "responsetext")
