"""The fixed answers of a case: practices, legal bases, kinds of data, steps and wishes."""

from __future__ import annotations

from complaintkit.answers import Choice


class Practice(Choice):
    """What the company does with the data."""

    AI_TRAINING = "ai_training", "Training artificial intelligence with my data"
    AI_OUTPUT = "ai_output", "An AI system says wrong things about me"
    NEW_USE = "new_use", "Another new use, switched on for me"
    PERSONALISED_ADS = "personalised_ads", "Personalised advertising and profiling"
    DIRECT_MARKETING = "direct_marketing", "Advertising sent to me"
    TRACKING = "tracking", "Cookies or tracking on a website or in an app"
    SHARING = "sharing", "Passing my data on or selling it"
    COLLECTION = "collection", "Collecting data about me from others or from the internet"
    PUBLICATION = "publication", "Showing my data to others, such as on a people-search site"
    SEARCH_RESULTS = "search_results", "A search engine lists pages about me"
    SCORING = "scoring", "Rating me: a credit score or credit record"
    AUTOMATED_DECISION = "automated_decision", "Deciding about me by machine"
    MONITORING = "monitoring", "Watching me: cameras, at work, or where I am"
    BREACH = "breach", "My data got out: a leak, a hack or a wrong recipient"
    WRONG_DATA = "wrong_data", "Having wrong data about me"
    RETENTION = "retention", "Keeping data of mine that it no longer needs"
    TRANSFER = "transfer", "Sending my data to another country"
    REQUEST_HANDLING = "request_handling", "Not dealing properly with my request"
    OTHER = "other", "Something else"


class Watching(Choice):
    """How a person is watched."""

    CAMERA = "camera", "A camera"
    COMPUTER = "computer", "What I do on a computer or telephone"
    LOCATION = "location", "Where I am, or where my car is"
    SOUND = "sound", "What I say"
    BIOMETRIC = "biometric", "My fingerprint or face, for example to clock in"


class WatchedPlace(Choice):
    """Where a person is watched."""

    WORK = "work", "At work"
    HOME = "home", "In or around my home"
    SHOP = "shop", "In a shop, a restaurant or another place of business"
    STREET = "street", "In the street or another public place"
    ONLINE = "online", "Online"


class PublishedBy(Choice):
    """What kind of page shows data about a person."""

    PRESS = "press", "Press, broadcasting or an archive of it"
    REGISTER = "register", "A public register or an official publication"
    PEOPLE_SEARCH = "people_search", "A people-search or background-check site"
    REVIEWS = "reviews", "A review or rating site"
    SOCIAL = "social", "A social network or a forum"
    OTHER = "other", "Another page"


class Relationship(Choice):
    """How the person stands to the company."""

    USER = "user", "I have an account"
    FORMER_USER = "former_user", "I had an account"
    NON_USER = "non_user", "I never had an account"
    CUSTOMER = "customer", "I am or was a customer"
    EMPLOYEE = "employee", "I work or worked there, or applied"
    OTHER = "other", "Another relation"


class ActsFor(Choice):
    """Whose data it is about."""

    SELF = "self", "Myself"
    CHILD = "child", "My child"
    OTHER_PERSON = "other_person", "Another person"
    DECEASED = "deceased", "A person who has died"
    COMPANY = "company", "A company, not a person"


class AccountContext(Choice):
    """Whether the person acts privately or at work; most US state laws turn on it."""

    PERSONAL = "personal", "Mainly private"
    WORK = "work", "Mainly for my job or for finding one"
    MIXED = "mixed", "Both"


class AgeGroup(Choice):
    """The person's age today."""

    ADULT = "adult", "18 or older"
    FROM_16_TO_17 = "from_16_to_17", "16 or 17"
    FROM_13_TO_15 = "from_13_to_15", "13 to 15"
    UNDER_13 = "under_13", "Under 13"


class DataKind(Choice):
    """Kinds of data concerned."""

    PROFILE = "profile", "Profile: name, job, education"
    POSTS = "posts", "Posts, comments and likes"
    PHOTOS = "photos", "Photos or videos"
    MESSAGES = "messages", "Private messages"
    CONTACTS = "contacts", "Contacts and connections"
    BEHAVIOUR = "behaviour", "What I click, read and search"
    LOCATION = "location", "Where I am"
    PURCHASES = "purchases", "What I buy and pay"
    HEALTH = "health", "Health"
    RELIGION = "religion", "Religion or belief"
    POLITICS = "politics", "Political opinions"
    UNION = "union", "Trade union membership"
    SEX_LIFE = "sex_life", "Sex life or sexual orientation"
    ETHNICITY = "ethnicity", "Racial or ethnic origin"
    BIOMETRIC = "biometric", "Biometric data that identify me"
    GENETIC = "genetic", "Genetic data"
    OFFENCES = "offences", "Criminal convictions or offences"
    FINANCES = "finances", "Bank, card, income or debts"
    IDENTITY = "identity", "Identity papers or official numbers"
    PASSWORDS = "passwords", "Passwords and logins"
    VIEWING = "viewing", "Which films, books or programmes I choose"
    VOICE = "voice", "My voice or recorded calls"


class DataSource(Choice):
    """How the data came to the company."""

    FROM_ME = "from_me", "I gave or posted it there myself"
    FROM_OTHERS = "from_others", "Other people gave or posted it"
    SCRAPED = "scraped", "Collected from other websites"
    BOUGHT = "bought", "Bought or received from another company"


class Visibility(Choice):
    """Who could see the data where they were posted."""

    PUBLIC = "public", "Everybody"
    RESTRICTED = "restricted", "Only contacts or members of a group"
    PRIVATE = "private", "Only me and those I wrote to"
    MIXED = "mixed", "Some public, some not"


class LegalBasis(Choice):
    """What the company says allows it to use the data (Article 6(1) GDPR and UK GDPR)."""

    CONSENT = "consent", "Consent: it says I agreed"
    CONTRACT = "contract", "Contract: it says it needs the data for the service"
    LEGAL_OBLIGATION = "legal_obligation", "A legal obligation"
    VITAL_INTERESTS = "vital_interests", "Vital interests"
    PUBLIC_TASK = "public_task", "A public task"
    LEGITIMATE_INTERESTS = "legitimate_interests", "Legitimate interests"
    RECOGNISED_INTERESTS = "recognised_interests", "Recognised legitimate interests (UK only)"
    SEVERAL = "several", "Several of these at once"
    NOT_STATED = "not_stated", "I looked: it names none"


class Notice(Choice):
    """When the company told the person about this use."""

    BEFORE_START = "before_start", "Before it began"
    AFTER_START = "after_start", "Only after it had begun"
    NEVER = "never", "It never told me"


class OptOut(Choice):
    """Whether the person can opt out."""

    NONE = "none", "There is no way to opt out"
    SIMPLE = "simple", "Yes, and it is easy"
    DIFFICULT = "difficult", "Yes, but it is hidden or made difficult"


class Hurdle(Choice):
    """What makes opting out or objecting difficult."""

    HIDDEN = "hidden", "The form or switch is hidden"
    LOGIN_REQUIRED = "login_required", "It works only with an account"
    REASONS_FORCED = "reasons_forced", "I have to give reasons"
    PROOF_FORCED = "proof_forced", "I have to prove something"
    DEADLINE_SET = "deadline_set", "There is a last day for it"
    CHANNEL_REFUSED = "channel_refused", "Another way of objecting was refused"
    BROKEN = "broken", "It did not work"


class ConsentAsked(Choice):
    """How the company asked for consent."""

    NEVER = "never", "It never asked me"
    PRESELECTED = "preselected", "The box or switch was already on"
    BUNDLED = "bundled", "Only together with other things"
    NO_REAL_CHOICE = "no_real_choice", "I could not refuse without a disadvantage"
    PAY_OR_AGREE = "pay_or_agree", "I could only agree or pay"
    FREELY = "freely", "I was asked and could freely say no"


class ControllerKind(Choice):
    """What kind of body the controller is; it decides which authority is competent."""

    COMPANY = "company", "A company, association or other private body"
    FEDERAL_BODY = "federal_body", "A federal or national public body"
    REGIONAL_BODY = "regional_body", "A regional or local public body"
    TELECOM_POST = "telecom_post", "A telephone, internet access or postal company"
    CHURCH = "church", "A church or religious body"
    BROADCASTER = "broadcaster", "A public broadcaster"
    COURT = "court", "A court"
    POLICE = "police", "The police or a prosecutor"
    EU_BODY = "eu_body", "An institution or agency of the European Union"
    PRIVATE_PERSON = "private_person", "A private person, such as a neighbour"


class Sector(Choice):
    """What the controller does for a living; exemptions and other complaint bodies turn on it."""

    ONLINE_SERVICE = "online_service", "An online service, a platform or an app"
    SEARCH_ENGINE = "search_engine", "A search engine"
    MEDIA = "media", "Press, broadcasting or other journalism"
    BANK = "bank", "A bank, an insurer or another financial firm"
    CREDIT_AGENCY = "credit_agency", "A credit agency"
    DATA_BROKER = "data_broker", "A data broker or people-search site"
    HEALTH_CARE = "health_care", "A doctor, a hospital or a health insurer"
    EMPLOYER = "employer", "My employer, or one to whom I applied"
    SCHOOL = "school", "A school or university"
    LANDLORD = "landlord", "A landlord"
    NONPROFIT = "nonprofit", "An association, a charity or a party"
    OTHER_BUSINESS = "other_business", "Another business"


class Wish(Choice):
    """What the person wants."""

    STOP = "stop", "Stop this use"
    ERASE = "erase", "Delete my data from this use"
    EXPLAIN = "explain", "Explain what was done and on what basis"
    COPY = "copy", "Give me a copy of my data"
    CORRECT = "correct", "Correct my data"
    RESTRICT = "restrict", "Freeze my data until this is settled"
    MOVE = "move", "Hand over my data so that I can take them elsewhere"
    RECIPIENTS = "recipients", "Tell me who received my data"
    HUMAN_REVIEW = "human_review", "Have a person look at a decision"
    OPT_OUT_SALE = "opt_out_sale", "Do not sell or share my data (USA)"
    LIMIT_SENSITIVE = "limit_sensitive", "Limit the use of my sensitive data (USA)"
    DAMAGES = "damages", "Money for the harm done"


class StepKind(Choice):
    """A step the person takes."""

    OBJECTION = "objection", "Objection"
    WITHDRAWAL = "withdrawal", "Withdrawal of consent"
    ERASURE = "erasure", "Request for erasure"
    ACCESS = "access", "Request for access"
    RECTIFICATION = "rectification", "Request for correction"
    RESTRICTION = "restriction", "Request to freeze the data"
    PORTABILITY = "portability", "Request to hand over the data"
    HUMAN_REVIEW = "human_review", "Request that a person looks at a decision"
    REQUEST = "request", "Request or opt-out (USA)"
    BROKER_DELETION = (
        "broker_deletion",
        "Deletion request to all data brokers (California)",
    )
    APPEAL = "appeal", "Appeal to the company (USA)"
    COMPANY_COMPLAINT = "company_complaint", "Complaint to the company"
    AUTHORITY_COMPLAINT = "authority_complaint", "Complaint to an authority"


class StepEvent(Choice):
    """What happened in a step."""

    SENT = "sent", "I sent it"
    RECEIVED = "received", "It arrived"
    ACKNOWLEDGED = "acknowledged", "They confirmed that they have it"
    EXTENDED = "extended", "They said they need more time, and why"
    ID_DEMANDED = "id_demanded", "They asked who I am"
    ID_GIVEN = "id_given", "I showed who I am"
    QUERIED = "queried", "They asked what exactly I mean"
    CLARIFIED = "clarified", "I told them what I mean"
    FEE_DEMANDED = "fee_demanded", "They asked for money"
    FEE_PAID = "fee_paid", "I paid"
    REMINDED = "reminded", "I reminded them"
    CONTINUED = "continued", "It went on all the same"
    REFUSED = "refused", "They refused"
    PARTLY = "partly", "They did a part of it"
    COMPLIED = "complied", "They did it"


class Channel(Choice):
    """How a step was sent or answered."""

    EMAIL = "email", "E-mail"
    POST = "post", "Post"
    WEB_FORM = "web_form", "Form or setting on a website"
    PHONE = "phone", "Telephone or in person"


class MarketingChannel(Choice):
    """How advertising reaches the person; each way has rules of its own."""

    EMAIL = "email", "E-mail"
    TEXT = "text", "Text or messenger"
    CALL = "call", "A person calls me"
    AUTOMATED_CALL = "automated_call", "A machine calls me"
    POST = "post", "Post"
    ONLINE = "online", "On websites or in apps"


class NoticeGap(Choice):
    """What a privacy notice fails to say."""

    CONTROLLER = "controller", "Who is responsible, and where"
    CONTACT = "contact", "The data protection officer or another contact"
    PURPOSE = "purpose", "What for"
    BASIS = "basis", "The legal basis"
    INTEREST = "interest", "Which legitimate interest"
    RECIPIENTS = "recipients", "Who receives the data"
    TRANSFER = "transfer", "To which countries, and how protected"
    PERIOD = "period", "How long"
    RIGHTS = "rights", "My rights"
    COMPLAINT = "complaint", "That I may complain to an authority"
    COMPANY_COMPLAINT = "company_complaint", "That I may complain to the company itself (UK)"
    SOURCE = "source", "Where the data came from"
    AUTOMATED = "automated", "That machines decide, and by which logic"
    UNCLEAR = "unclear", "Clear words: it is vague, scattered or hard to find"


class TransferTool(Choice):
    """What a company names as the protection of data sent abroad."""

    NONE_NAMED = "none_named", "I looked: it names none"
    ADEQUACY = "adequacy", "An adequacy decision or a data framework it is certified under"
    CLAUSES = "clauses", "Standard contractual clauses"
    BINDING_RULES = "binding_rules", "Binding corporate rules"
    MY_CONSENT = "my_consent", "My consent"


class Fault(Choice):
    """What is wrong with an answer to a request."""

    ID_COPY = "id_copy", "It wants a copy of my identity document"
    EXTRA_DATA = "extra_data", "It wants more data about me than it needs to find mine"
    SIGNATURE = "signature", "It wants a signature"
    OTHER_CHANNEL = "other_channel", "It wants another way: its form, its app, a letter"
    OTHER_LANGUAGE = "other_language", "It wants another language"
    FEE = "fee", "It wants money"
    EXCESSIVE = "excessive", "It calls the request excessive or unfounded"
    NO_REASONS = "no_reasons", "It gives no reasons"
    NO_REMEDIES = "no_remedies", "It does not say where I can complain"
    NO_COPY = "no_copy", "The copy of the data is missing or not whole"
    NO_RECIPIENTS = "no_recipients", "The recipients are missing"
    NO_SOURCE = "no_source", "The source of the data is missing"
    NO_LOGIC = "no_logic", "The logic of a decision or score is missing"
    NO_OTHER_DETAILS = "no_other_details", "Purposes, periods or other details are missing"
    UNCLEAR = "unclear", "It is general or cannot be understood"
    LATE = "late", "It came late"
    EXTENSION = "extension", "It takes more time, too late or without saying why"
