"""The facts that only some grievances turn on: one table a topic, all of them part of a case."""

from __future__ import annotations

from complaintkit import vocabulary as words
from complaintkit.answers import Answer, Group, fact
from complaintkit.records import CountryCode, FactTable, Text

USES = (
    "ai_training", "new_use", "personalised_ads", "sharing", "collection", "monitoring",
    "automated_decision", "scoring", "transfer",
)  # fmt: skip
NOTICES = (*USES, "tracking")
ADS = ("direct_marketing",)
TRACKED = ("tracking", "personalised_ads")
DECIDED = ("automated_decision", "scoring")
SHOWN = ("publication", "search_results", "ai_output")
WRONG = (*SHOWN, *DECIDED, "wrong_data")


class Notices(FactTable):
    """What a privacy notice says and fails to say."""

    notice_gaps: Answer[tuple[words.NoticeGap, ...]] = fact(
        "What is missing from the privacy notice?",
        Group.TOLD,
        help="Mark only what you looked for and did not find.",
        label="Missing from the notice",
        only_for=NOTICES,
    )
    representative_named: Answer[bool] = fact(
        "Does it name a representative where you live?",
        Group.TOLD,
        help="A company from abroad often has to name one in the EU, the UK or Switzerland.",
        label="Representative named",
        only_for=NOTICES,
    )
    several_responsible: Answer[bool] = fact(
        "Do two or more companies decide about this together?",
        Group.COMPANY,
        help="For example a website and the social network whose button it shows.",
        label="Several responsible",
        only_for=("tracking", "sharing", "collection"),
    )
    risk_assessment_shown: Answer[bool] = fact(
        "Has it said that it assessed the risks before it began?",
        Group.TOLD,
        help="The notice may call this a data protection impact assessment.",
        label="Impact assessment mentioned",
        only_for=("monitoring", "scoring", "automated_decision", "ai_training", "collection"),
    )
    more_than_needed: Answer[bool] = fact(
        "Does it use more data than it needs for this?",
        Group.DATA,
        label="More than needed",
        only_for=USES,
    )
    no_longer_needed: Answer[bool] = fact(
        "Is the reason for having the data gone?",
        Group.DATA,
        help="For example: the account is closed, the contract has ended, the debt is paid.",
        label="No longer needed",
        only_for=(
            "retention",
            "scoring",
            "search_results",
            "publication",
            "request_handling",
            "direct_marketing",
        ),
    )


class Marketing(FactTable):
    """Advertising that is sent to the person."""

    marketing_channel: Answer[words.MarketingChannel] = fact(
        "How does the advertising reach you?",
        Group.STORY,
        label="Way of advertising",
        only_for=ADS,
    )
    bought_before: Answer[bool] = fact(
        "Did the sender get your address when you bought something from it?",
        Group.OPT_OUT,
        help="Asking for an offer counts, and so may a free account.",
        label="Customer of the sender",
        only_for=ADS,
    )
    similar_products: Answer[bool] = fact(
        "Is the advertising for the sender's own, similar products?",
        Group.OPT_OUT,
        label="Own similar products",
        only_for=ADS,
    )
    could_refuse_ads: Answer[bool] = fact(
        "Could you say no to it when it got your address, and in every message?",
        Group.OPT_OUT,
        label="Could refuse the advertising",
        only_for=ADS,
    )
    sender_hidden: Answer[bool] = fact(
        "Does it hide who sends it, or give no working address to answer?",
        Group.OPT_OUT,
        label="Sender hidden",
        only_for=ADS,
    )
    no_call_list: Answer[bool] = fact(
        "Has your number been on the official list against such calls for 28 days or more?",
        Group.OPT_OUT,
        help="In the UK the Telephone Preference Service, in the USA the Do Not Call Registry.",
        label="On the no-call list",
        only_for=ADS,
    )


class Tracking(FactTable):
    """Cookies, tracking and signals of a browser."""

    tracked_before_choice: Answer[bool] = fact(
        "Was something stored on or read from your device before you chose?",
        Group.OPT_OUT,
        help="Your browser's developer tools or a scanner show the cookies set on arrival.",
        label="Tracked before a choice",
        only_for=TRACKED,
    )
    tracking_needed: Answer[bool] = fact(
        "Was it needed for something you asked for, such as a basket or a login?",
        Group.OPT_OUT,
        label="Tracking needed",
        only_for=TRACKED,
    )
    refusing_as_easy: Answer[bool] = fact(
        "Was it as easy to refuse as to agree?",
        Group.OPT_OUT,
        help="For example: a button to refuse beside the one to agree, equally visible.",
        label="As easy to refuse",
        only_for=TRACKED,
    )
    signal_on: Answer[bool] = fact(
        "Did your browser send an opt-out signal (Global Privacy Control)?",
        Group.OPT_OUT,
        label="Opt-out signal on",
        only_for=(*TRACKED, "sharing"),
    )
    for_money: Answer[bool] = fact(
        "Does it get money for your data?",
        Group.STORY,
        help="Some US states speak of a sale only then.",
        label="Sold for money",
        only_for=("sharing", "collection", "publication"),
    )
    combined_across_services: Answer[bool] = fact(
        "Does it combine your data from several of its services?",
        Group.DATA,
        label="Combined across services",
        only_for=("personalised_ads", "ai_training", "new_use", "tracking"),
    )


class Decision(FactTable):
    """Decisions by machine, scores, and data that are wrong."""

    decision: Answer[Text] = fact(
        "Which decision was it, and what did it mean for you?",
        Group.STORY,
        help="For example: 'On 3 March the loan was refused because of a score of 87'.",
        label="Decision",
        only_for=DECIDED,
    )
    solely_automated: Answer[bool] = fact(
        "Did a machine decide, without a person who really looked at it?",
        Group.STORY,
        help="A person who only clicks what the machine proposes does not count.",
        label="Decided by machine alone",
        only_for=DECIDED,
    )
    significant_effect: Answer[bool] = fact(
        "Did it have a legal effect for you, or hit you as hard?",
        Group.STORY,
        help="A refused loan, job, flat or contract, a blocked account, a lost income.",
        label="Significant effect",
        only_for=DECIDED,
    )
    score_decisive: Answer[bool] = fact(
        "Did others draw on the score when they decided about you?",
        Group.STORY,
        label="Score decisive",
        only_for=DECIDED,
    )
    review_offered: Answer[bool] = fact(
        "Could you have a person look at it and say your view?",
        Group.TOLD,
        label="Human review offered",
        only_for=DECIDED,
    )
    wrong_data: Answer[Text] = fact(
        "What is wrong or missing, and what is right?",
        Group.DATA,
        help="One sentence for each mistake, and what proves it.",
        label="Wrong data",
        only_for=WRONG,
    )
    pages: Answer[Text] = fact(
        "Which pages or search results is it about?",
        Group.DATA,
        help="Their addresses, and the words you searched for.",
        label="Pages",
        only_for=SHOWN,
    )
    public_role: Answer[bool] = fact(
        "Is it about something you do in public, such as politics or business?",
        Group.DATA,
        label="Role in public life",
        only_for=SHOWN,
    )


class Monitoring(FactTable):
    """Watching people, and pages that show data about them."""

    watched_by: Answer[tuple[words.Watching, ...]] = fact(
        "How are you watched?",
        Group.STORY,
        label="Ways of watching",
        only_for=("monitoring",),
    )
    watched_where: Answer[words.WatchedPlace] = fact(
        "Where are you watched?",
        Group.STORY,
        label="Place of watching",
        only_for=("monitoring",),
    )
    watched_secretly: Answer[bool] = fact(
        "Is it done secretly, or without a sign or a notice?",
        Group.TOLD,
        label="Watched secretly",
        only_for=("monitoring",),
    )
    constant_watch: Answer[bool] = fact(
        "Does it go on all the time, or reach breaks, changing rooms or your home?",
        Group.DATA,
        label="Constant watch",
        only_for=("monitoring",),
    )
    published_by: Answer[words.PublishedBy] = fact(
        "What kind of page is it?",
        Group.STORY,
        label="Kind of page",
        only_for=("publication", "search_results"),
    )


class Transfer(FactTable):
    """Data that go to another country."""

    transfer_country: Answer[CountryCode] = fact(
        "To which country are your data sent?",
        Group.STORY,
        label="Country of transfer",
        only_for=("transfer",),
    )
    transfer_tool: Answer[words.TransferTool] = fact(
        "What does it name as the protection of the data there?",
        Group.TOLD,
        label="Protection of the transfer",
        only_for=("transfer",),
    )


class Breach(FactTable):
    """Data that got out."""

    breach_told: Answer[bool] = fact(
        "Did it tell you about it itself?",
        Group.TOLD,
        help="A message to you; a newspaper does not count.",
        label="Told of the breach",
        only_for=("breach",),
    )
    breach_risk: Answer[bool] = fact(
        "Can it harm you seriously?",
        Group.DATA,
        help="Passwords, bank or identity data, health, anything that allows fraud or shame.",
        label="High risk",
        only_for=("breach",),
    )
    weak_protection: Answer[bool] = fact(
        "Do you know of a protection that was missing?",
        Group.STORY,
        help="For example: no password, an open list of addresses, an old security hole.",
        label="Protection missing",
        only_for=("breach",),
    )


class Requests(FactTable):
    """How a request was made and how it was dealt with."""

    acts_for: Answer[words.ActsFor] = fact(
        "Whose data is it about?", Group.DATA, label="Whose data"
    )
    story: Answer[Text] = fact(
        "What happened? Tell it in a few sentences.",
        Group.STORY,
        help="With days, if you know them. The letter contains it in your words.",
        label="What happened",
    )
    request_clear: Answer[bool] = fact(
        "Did your letter say clearly which right you use, and for which data?",
        Group.DONE,
        label="Clear request",
    )
    known_to_company: Answer[bool] = fact(
        "Did you write from your account, or from an address the company knows?",
        Group.DONE,
        label="Known sender",
    )
    identity_doubtful: Answer[bool] = fact(
        "Does it have a real reason to doubt that it is you?",
        Group.DONE,
        help="For example: another name, an unknown address, a stolen account.",
        label="Identity doubtful",
    )
    asked_often: Answer[bool] = fact(
        "Have you asked the same thing before, not long ago?",
        Group.DONE,
        help="For example more than once or twice in the last twelve months.",
        label="Asked before",
    )
    punished: Answer[bool] = fact(
        "Did it treat you worse because you used a right?",
        Group.DONE,
        help="A higher price, a worse service, a closed account, a dismissal.",
        label="Treated worse",
    )
    answer_faults: Answer[tuple[words.Fault, ...]] = fact(
        "What is wrong with the answer?", Group.DONE, label="Faults of the answer"
    )
    missing_details: Answer[Text] = fact(
        "What exactly is missing from the answer?",
        Group.DONE,
        help="Name it so that nobody can misunderstand: which data, which time, which recipient.",
        label="Missing from the answer",
    )
    complaint_way: Answer[bool] = fact(
        "Does the company offer a way to complain about data protection, such as a form?",
        Group.DONE,
        label="Way to complain",
    )
    made_for_children: Answer[bool] = fact(
        "Is the service made for children, or does it know that a child uses it?",
        Group.DATA,
        label="Made for children",
    )
    parent_agreed: Answer[bool] = fact(
        "Did a parent agree, in a way that was checked?", Group.OPT_OUT, label="Parent agreed"
    )
    registered_broker: Answer[bool] = fact(
        "Is the company on your state's list of data brokers?",
        Group.COMPANY,
        help="California, Oregon, Texas and Vermont publish such lists.",
        label="Registered data broker",
        only_for=("sharing", "collection", "publication"),
    )
