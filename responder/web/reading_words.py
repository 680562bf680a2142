"""What people call the points of a reading, marked for translation."""

from __future__ import annotations

from db.states import ReadingField
from responder.web.translate import N_

FIELDS = {
    ReadingField.SENTIMENT: N_("Mood"),
    ReadingField.ANGER: N_("Anger"),
    ReadingField.RISKS: N_("Risks"),
    ReadingField.WANTS: N_("Wishes"),
    ReadingField.TOPICS: N_("Topics"),
    ReadingField.LANGUAGE: N_("Language of the post"),
}

NOTHING = {
    ReadingField.RISKS: N_("No risk was found."),
    ReadingField.WANTS: N_("No wish was found."),
    ReadingField.TOPICS: N_("No topic was found."),
}

MISSING = {
    ReadingField.RISKS: N_("A risk is missing"),
    ReadingField.WANTS: N_("A wish is missing"),
    ReadingField.TOPICS: N_("A topic is missing"),
    ReadingField.LANGUAGE: N_("It is another language"),
}

LABELS: dict[ReadingField, dict[str, str]] = {
    ReadingField.SENTIMENT: {"negative": N_("Critical"), "neutral": N_("Neutral"), "positive": N_("Friendly")},
    ReadingField.ANGER: {
        "0": N_("No anger"),
        "1": N_("A little"),
        "2": N_("Clear"),
        "3": N_("Great"),
    },
    ReadingField.RISKS: {
        "legal": N_("Legal steps"),
        "fraud_accusation": N_("Accusation of fraud"),
        "extortion": N_("Extortion"),
        "violence": N_("Violence or threat"),
        "self_harm": N_("Danger to oneself"),
        "safety": N_("Danger to people"),
        "discrimination": N_("Discrimination"),
        "press": N_("Press and publicity"),
        "personal_data": N_("Personal details in public"),
        "insult": N_("Insult"),
        "spam": N_("Spam or advertising"),
    },
    ReadingField.WANTS: {
        "apology": N_("An apology"),
        "correction": N_("That it is put right"),
        "refund": N_("Money back"),
        "exchange": N_("Exchange"),
        "repair": N_("Repair"),
        "voucher": N_("Voucher"),
        "credit": N_("Credit note"),
        "delivery_date": N_("A delivery date"),
        "information": N_("Information"),
        "callback": N_("A call back"),
        "being_heard": N_("To be heard"),
    },
    ReadingField.TOPICS: {
        "delivery": N_("Delivery"),
        "product": N_("Goods"),
        "price": N_("Price"),
        "billing": N_("Bill"),
        "refund": N_("Return and refund"),
        "staff": N_("Staff"),
        "waiting": N_("Waiting"),
        "phone": N_("Telephone"),
        "website": N_("Website"),
        "app": N_("App"),
        "booking": N_("Booking"),
        "appointment": N_("Appointment"),
        "room": N_("Room"),
        "food": N_("Food and drink"),
        "cleanliness": N_("Cleanliness"),
        "safety": N_("Safety"),
        "information": N_("Information"),
        "opening": N_("Opening hours"),
        "accessibility": N_("Accessibility"),
        "noise": N_("Noise"),
        "location": N_("Location"),
        "punctuality": N_("Punctuality"),
        "contract": N_("Contract"),
        "event": N_("Event"),
        "account": N_("Account"),
        "data_privacy": N_("Data protection"),
        "other": N_("Something else"),
    },
    ReadingField.LANGUAGE: {
        "de": N_("German"),
        "gsw": N_("Swiss German"),
        "en": N_("English"),
        "fr": N_("French"),
        "it": N_("Italian"),
        "und": N_("Not recognised"),
    },
}
