"""The facts of every grievance: what is done with which data, and what the person was told."""

from __future__ import annotations

from complaintkit import vocabulary as words
from complaintkit.answers import Answer, Group, fact
from complaintkit.records import Date, FactTable, RegionCode, Text

SWITCHED = ("ai_training", "new_use", "personalised_ads", "tracking", "sharing", "other")
USED = (
    *SWITCHED, "direct_marketing", "collection", "publication", "search_results", "scoring",
    "automated_decision", "monitoring", "retention", "transfer",
)  # fmt: skip
"""The practices that are about a use of data, and not about a mistake or an answer."""


class Story(FactTable):
    """What was done with the data, what the person was told, and what the person wants."""

    practice: Answer[words.Practice] = fact("What does the company do with your data?", Group.STORY)
    purpose: Answer[Text] = fact(
        "In a few words: what does it use your data for?",
        Group.STORY,
        help="Use the company's own words if you have them.",
        label="Purpose",
    )
    default_on: Answer[bool] = fact(
        "Was it switched on for you without asking you first?",
        Group.STORY,
        label="On by default",
        only_for=SWITCHED,
    )
    practice_began: Answer[Date] = fact(
        "When did it begin?",
        Group.STORY,
        help="The day the company began, or the first day you know of.",
    )
    practice_ended: Answer[Date] = fact(
        "Has it ended? If so, when?", Group.STORY, help="Leave it out if it goes on."
    )
    learned_on: Answer[Date] = fact(
        "When did you learn of it?",
        Group.STORY,
        help="Some authorities count a time limit from this day.",
    )
    residence: Answer[RegionCode] = fact(
        "Where do you live?", Group.PLACE, help="It decides which law protects you."
    )
    relationship: Answer[words.Relationship] = fact("How do you know the company?", Group.DATA)
    account_context: Answer[words.AccountContext] = fact(
        "What do you use the service for?",
        Group.DATA,
        help="Most US state laws do not protect people who act in a job.",
    )
    age_group: Answer[words.AgeGroup] = fact("How old are you?", Group.DATA)
    minor_then: Answer[bool] = fact(
        "Were you under 18 when the company got some of these data?",
        Group.DATA,
        label="Under 18 then",
    )
    data_kinds: Answer[tuple[words.DataKind, ...]] = fact(
        "Which of your data does it concern?",
        Group.DATA,
        help="Mark sensitive kinds only if you can name an example.",
        label="Kinds of data",
    )
    sensitive_item: Answer[Text] = fact(
        "Can you name one sensitive item among them?",
        Group.DATA,
        help="For example 'my post of 3 May 2021 about my church'. Courts ask for it.",
    )
    data_source: Answer[words.DataSource] = fact("How did the company get the data?", Group.DATA)
    data_visibility: Answer[words.Visibility] = fact("Who could see the data?", Group.DATA)
    old_data: Answer[bool] = fact(
        "Does it use data from before it told you about this use?",
        Group.DATA,
        label="Data from before the notice",
        only_for=SWITCHED,
    )
    notice: Answer[words.Notice] = fact(
        "When did the company tell you about it?",
        Group.TOLD,
        help="A message to you, or a change of the privacy notice that you could see.",
        only_for=USED,
    )
    notice_date: Answer[Date] = fact("On which day did it tell you?", Group.TOLD, only_for=USED)
    stated_basis: Answer[words.LegalBasis] = fact(
        "What does the company say allows it to do this?",
        Group.TOLD,
        help="Its privacy notice calls this 'legal basis' or 'lawful basis'. "
        "Many people do not know: the letter then covers every possibility.",
        label="Legal basis stated",
        only_for=USED,
    )
    basis_changed: Answer[bool] = fact(
        "Did it name another legal basis before?",
        Group.TOLD,
        label="Legal basis changed",
        only_for=USED,
    )
    earlier_basis: Answer[words.LegalBasis] = fact(
        "Which one did it name before?", Group.TOLD, only_for=USED
    )
    basis_changed_on: Answer[Date] = fact(
        "When did it change the legal basis?", Group.TOLD, only_for=USED
    )
    interest_named: Answer[bool] = fact(
        "Did it say which interest it has, when it got your data?",
        Group.TOLD,
        help="Something more precise than 'to improve our services'.",
        label="Interest named",
        only_for=USED,
    )
    told_right_to_object: Answer[bool] = fact(
        "Did it tell you clearly, and apart from other texts, that you may object?",
        Group.TOLD,
        label="Told of the right to object",
        only_for=USED,
    )
    policy_allowed: Answer[bool] = fact(
        "Did the privacy notice allow this use when it began?",
        Group.TOLD,
        help="An archived copy of the notice shows it.",
        label="Allowed by the old notice",
        only_for=SWITCHED,
    )
    llm_statement: Answer[bool] = fact(
        "Does the privacy notice say whether personal data train large language models?",
        Group.TOLD,
        label="Statement on language models",
        only_for=("ai_training",),
    )
    consent_asked: Answer[words.ConsentAsked] = fact(
        "How did it ask for your consent?", Group.OPT_OUT, only_for=USED
    )
    optout: Answer[words.OptOut] = fact(
        "Can you opt out?", Group.OPT_OUT, label="Opt-out", only_for=USED
    )
    optout_hurdles: Answer[tuple[words.Hurdle, ...]] = fact(
        "What makes it difficult?", Group.OPT_OUT, label="Hurdles", only_for=USED
    )
    service_works_without: Answer[bool] = fact(
        "Would the service work without this use?", Group.OPT_OUT, only_for=SWITCHED
    )
    earlier_steps: Answer[bool] = fact(
        "Have you already objected, asked or complained?",
        Group.DONE,
        help="Also count a form or a setting on the company's website.",
        label="Earlier steps",
    )
    situation: Answer[Text] = fact(
        "What is it about you, or your situation, that makes you object?",
        Group.SITUATION,
        help="A sentence or two of your own: your job, family, health, history, what you posted "
        "and for whom. The law asks for it.",
        label="Own situation",
        only_for=USED,
    )
    harm: Answer[Text] = fact(
        "What has it done to you, or what do you fear?",
        Group.SITUATION,
        help="Money, worry, safety, loss of control. Facts and days, if there are any.",
    )
    wishes: Answer[tuple[words.Wish, ...]] = fact("What do you want?", Group.WISHES)
    other_proceedings: Answer[bool] = fact(
        "Is there a court case or another complaint about the same thing?", Group.WISHES
    )
    share_identity: Answer[bool] = fact(
        "May the authority tell the company your name?",
        Group.WISHES,
        help="Most authorities cannot deal with a complaint about your data otherwise.",
    )
