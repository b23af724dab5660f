"""Meetings: the one reported; when, where and under whom it was held; and those named beside it."""

import pytest

from communique.find.meetings import find_meetings
from communique.find.parties import find_named
from communique.model import Meeting, Text
from communique.text.page import Page
from communique.text.prepare import prepare


def meetings(text: str, *, title: str | None = None, published: str = "2022-07-05") -> list[Meeting]:
    ready = prepare(Text(text, "text/plain", "0" * 64), title=title, published=published)
    document = ready.document
    named = find_named(
        document.text, ready.sentences, title=document.title, published=ready.published, issuer=ready.issuer
    )
    page = Page(document, ready.segments, ready.sentences, named, ready.published, ready.issuer)
    found = find_meetings(page)
    assert all(m.quote == text[m.start : m.end] for m in found)
    return found


def first(text: str, *, title: str | None = None, published: str = "2022-07-05") -> Meeting:
    return meetings(text, title=title, published=published)[0]


DIALOGUE = (
    "Senior officials of Thailand and Canada renewed their commitment at the 18th ASEAN-Canada Dialogue held "
    "lasy weel. The 18th ASEAN-Canada Dialogue was co-chaired by Director-General, Acting "
    "SOM Leader of Thailand, "
    "Thanat Khoman, and Canadian Assistant Deputy Minister for Asia Pacific Lester Pearson.\n"
)


def test_a_meeting_has_ordinal_series_and_a_date_with_its_rule() -> None:
    meeting = first(DIALOGUE)
    assert (meeting.name, meeting.series, meeting.ordinal) == (
        "18th ASEAN-Canada Dialogue",
        "ASEAN-Canada Dialogue",
        18,
    )
    assert (meeting.date, meeting.date_rule, meeting.status) == (
        "2022-06-27/2022-07-03",
        "week/published",
        "held",
    )
    assert "lasy weel" in meeting.quote


def test_chairs_keep_posts_that_hold_commas_and_several_hats() -> None:
    assert [(c.name, c.post, c.party) for c in first(DIALOGUE).chairs] == [
        ("Thanat Khoman", "Director-General, Acting SOM Leader of Thailand", "Thailand"),
        ("Lester Pearson", "Canadian Assistant Deputy Minister for Asia Pacific", "Canada"),
    ]


@pytest.mark.parametrize("verb", ["Hold", "Convene", "Conclude", "Wrap Up"])
def test_the_verb_of_a_headline_is_no_part_of_the_meeting_s_name(verb: str) -> None:
    headline = f"Fiji and Japan {verb} Third Ocean Dialogue"
    meeting = first(
        f"{headline}\n\nFiji and Japan held their Third Ocean Dialogue last week.", title=headline
    )
    assert (meeting.name, meeting.ordinal) == ("Third Ocean Dialogue", 3)


@pytest.mark.parametrize(
    ("words", "chairs"),
    [
        ("Fiji and Indonesia", [("Fiji", None, "Fiji"), ("Indonesia", None, "Indonesia")]),
        (
            "the Foreign Minister of Fiji and the Director-General for ASEAN Cooperation of Indonesia",
            [
                ("Foreign Minister of Fiji", "Foreign Minister", "Fiji"),
                (
                    "Director-General for ASEAN Cooperation of Indonesia",
                    "Director-General for ASEAN Cooperation",
                    "Indonesia",
                ),
            ],
        ),
        ("Fiji in Suva", [("Fiji", None, "Fiji")]),
    ],
)
def test_parties_and_holders_of_posts_may_preside_unnamed(
    words: str, chairs: list[tuple[str | None, ...]]
) -> None:
    meeting = first(f"Fiji and Indonesia met at the 4th ASEAN-PIF Dialogue. It was co-chaired by {words}.")
    assert [(c.name, c.post, c.party) for c in meeting.chairs] == chairs


def test_chairs_may_come_with_name_first() -> None:
    meeting = first(
        "The third Norway-Kenya Consultative Group (NKG) convened in Oslo on June 24, "
        "2022.\n\nThe meeting was convened "
        "by Ms. Eva Kolstad, Coordinator for Trade and Investment Policy of Norway, and Dr. "
        "Jomo Kenyatta, Principal "
        "Secretary of Kenya."
    )
    assert [(c.name, c.party) for c in meeting.chairs] == [
        ("Eva Kolstad", "Norway"),
        ("Jomo Kenyatta", "Kenya"),
    ]
    assert meeting.chairs[0].post == "Coordinator for Trade and Investment Policy of Norway"


@pytest.mark.parametrize(
    ("text", "date", "place", "how"),
    [
        (
            "President Kolstad met today with President Ruto of Kenya in Munich, Germany.",
            "2022-07-05",
            "Munich, Germany",
            "in person",
        ),
        (
            "President Kolstad spoke by phone yesterday evening with President Ruto of Kenya.",
            "2022-07-04",
            None,
            "virtual",
        ),
        (
            "President Kolstad met with President Ruto of Kenya at Camp David today to discuss trade in Asia.",
            "2022-07-05",
            "Camp David",
            "in person",
        ),
        (
            "President Kolstad met today with President Ruto of Kenya on the sidelines of the NATO Summit.",
            "2022-07-05",
            "on the sidelines of the NATO Summit",
            "in person",
        ),
        (
            "President Kolstad hosted President Ruto of Kenya on July 4 for a virtual "
            "bilateral meeting to review trade.",
            "2022-07-04",
            None,
            "virtual",
        ),
    ],
)
def test_a_clause_tells_when_where_and_how(text: str, date: str, place: str | None, how: str) -> None:
    meeting = first(text + " They discussed trade.")
    assert (meeting.date, meeting.place, meeting.format, meeting.status) == (date, place, how, "held")


def test_a_readout_is_named_by_its_title() -> None:
    meeting = first(
        "Minister Pearson spoke today with Minister Kenyatta of Kenya. They discussed fisheries.",
        title="Readout of Minister Pearson’s Call with Minister Kenyatta of Kenya",
    )
    assert meeting.name == "Call of Minister Pearson with Minister Kenyatta of Kenya"
    assert (meeting.format, {s.field for s in meeting.supports}) == ("virtual", {"name", "format", "date"})


def test_earlier_and_later_meetings_are_told_from_the_one_reported() -> None:
    found = meetings(
        "On 13 July 2023, the Presidents of Kenya and Norway met in Oslo for the third "
        "Kenya-Norway Leaders’ Summit. "
        "They reviewed progress since the second Kenya-Norway Leaders’ Summit held in Nairobi in May 2021. "
        "The fourth Kenya-Norway Leaders’ Summit will be held in Nairobi next summer.",
        published="2023-07-14",
    )
    assert [(m.ordinal, m.status, m.date, m.place) for m in found] == [
        (3, "held", "2023-07-13", "Oslo"),
        (2, "mentioned", "2021-05", "Nairobi"),
        (4, "planned", "2024-06/2024-08", "Nairobi"),
    ]


def test_a_plural_with_several_dates_is_several_meetings() -> None:
    found = meetings(
        "The leaders noted the previous Kenya-Norway Summits held on May 14, 2015 in "
        "Bergen, and on April 21, 2016 "
        "in Nairobi."
    )
    assert [(m.name, m.date, m.place) for m in found] == [
        ("Kenya-Norway Summit", "2015-05-14", "Bergen"),
        ("Kenya-Norway Summit", "2016-04-21", "Nairobi"),
    ]


def test_a_place_that_another_sentence_gives_has_its_support() -> None:
    text = "The Kenya-Norway Joint Committee met on July 1. The meeting was held at the Pentagon."
    meeting = first(text, title="Readout of the Kenya-Norway Joint Committee")
    support = next(s for s in meeting.supports if s.field == "place")
    assert (meeting.place, text[support.start : support.end]) == ("the Pentagon", "the Pentagon")


def test_a_visit_with_talks_is_a_meeting() -> None:
    meeting = first(
        "I will visit Malaysia from 29 November to 1 December for discussions with Prime Minister Abdullah.",
        title="Visit to Malaysia",
        published="2006-11-28",
    )
    assert (meeting.name, meeting.date, meeting.status) == (
        "Visit to Malaysia",
        "2006-11-29/2006-12-01",
        "planned",
    )


@pytest.mark.parametrize(
    "text",
    [
        "We, the Leaders, strongly condemn the sham referenda. We call upon all countries to reject them.",
        "We will meet the challenge through forums such as the East Asia Summit and the "
        "Pacific Islands Forum.",
        "The leaders affirmed their keenness to continue to hold the Kenya-Norway Summit annually.",
        "They endorsed initiatives such as the ASEAN-Canada Carbon Dialogue.",
        "The meeting welcomed the progress in education.",
    ],
)
def test_a_statement_of_policy_reports_no_meeting(text: str) -> None:
    assert meetings(text) == []


def test_remarks_before_a_meeting_tell_of_it_with_the_venue_and_hour_above_them() -> None:
    meeting = first(
        "Grand Hotel & Spa Lakeside, Norway\n\n3:01 P.M. CEST\n\nPRIME MINISTER BERG: Welcome, everyone.\n",
        title="Remarks by Prime Minister Bratteli and President Kenyatta of Kenya Before Bilateral Meeting",
    )
    assert meeting.name == "Bilateral Meeting of Prime Minister Bratteli and President Kenyatta of Kenya"
    assert (meeting.date, meeting.date_rule) == ("2022-07-05", "hour/published")
    assert meeting.place == "Grand Hotel & Spa Lakeside, Norway"


def test_a_joint_statement_comes_from_a_meeting_where_its_speakers_say_that_they_met() -> None:
    title = (
        "Joint Statement by President Kenyatta of Kenya and Prime Minister Bratteli of the Kingdom of Norway"
    )
    meeting = first("We met today to mark fifty years of relations.\n", title=title)
    assert meeting.name == (
        "meeting of President Kenyatta of Kenya and Prime Minister Bratteli of the Kingdom of Norway"
    )
    assert (meeting.date, meeting.status) == ("2022-07-05", "held")
    assert meetings("We condemn the attack in the strongest terms.\n", title=title) == []


def test_a_joint_statement_may_name_the_place_after_its_speakers() -> None:
    meeting = first(
        "Our countries share values. We discussed today how we can work together.\n",
        title="Joint Statement, President Kenyatta of Kenya, Prime Minister Bratteli of Norway, Oslo",
    )
    assert (meeting.place, meeting.date) == ("Oslo", "2022-07-05")


def test_leaders_who_say_at_our_meeting_today_have_met() -> None:
    meeting = first(
        "At our meeting today in Bergen, we reaffirmed our ties.\n",
        title="Statement of the Leaders of the Northern Partnership for Clean Seas",
    )
    assert meeting.name == "Northern Partnership for Clean Seas leaders’ meeting"
    assert (meeting.date, meeting.place) == ("2022-07-05", "Bergen")


def test_a_conference_with_a_president_is_a_body_and_a_region_is_no_place() -> None:
    assert (
        meetings("Cardinal Rossi, President of the Kenyan Episcopal Conference, arrives on 8 July.\n") == []
    )
    call = first(
        "President Kenyatta spoke today with Prime Minister Bratteli of Norway to stress ties in Northeast Asia.\n",
        title="Readout of President Kenyatta’s Call with Prime Minister Bratteli of Norway",
    )
    assert (call.place, call.format) == (None, "virtual")


def test_what_stands_before_and_the_belongs_to_no_name() -> None:
    found = meetings("They discussed events in Laos and the Djakarta Conference held in 1970.\n")
    assert [m.name for m in found] == ["Djakarta Conference"]


def test_a_month_that_a_clause_puts_in_the_future_lies_ahead() -> None:
    found = meetings(
        "They spoke of the Norway-Kenya Strategic Dialogue in August, through which officials will build on it.\n"
    )
    assert [(m.date, m.status) for m in found] == [("2022-08", "planned")]


def test_honored_to_welcome_in_a_joint_statement_tells_of_a_meeting_held() -> None:
    meeting = first(
        "President Kenyatta is honored to welcome Prime Minister Bratteli of Norway to Nairobi.\n",
        title="Kenya-Norway Joint Statement",
    )
    assert (meeting.name, meeting.status) == (
        "meeting of President Kenyatta with Prime Minister Bratteli of Norway",
        "held",
    )


def test_a_title_announces_the_meeting_whose_days_to_come_the_text_gives() -> None:
    found = meetings(
        "The second meeting of the Norway/Kenya Ministerial Committee will take place on 29-30 October.\n",
        title="Norway/Kenya Ministerial Meeting",
    )
    assert [(m.ordinal, m.date, m.status) for m in found] == [(2, "2022-10-29/2022-10-30", "planned")]


def test_a_visit_lasts_from_arrival_to_departure_and_not_since_a_release() -> None:
    visit = first(
        "As told in my release of 10 June, President Kenyatta will visit us as a guest of the Government. "
        "President Kenyatta will arrive in Oslo on Tuesday, 12 July and will depart on 18 July.\n",
        title="Visit by the President of Kenya",
    )
    assert (visit.date, visit.status) == ("2022-07-12/2022-07-18", "planned")


def test_days_beside_a_name_are_more_exact_than_this_week() -> None:
    meeting = first(
        "This week I will join leaders in Nairobi, Kenya for the 2022 Ocean Leaders’ Summit (7-8 July 2022).\n",
        title="Ocean Leaders’ Summit",
    )
    assert (meeting.date, meeting.place) == ("2022-07-07/2022-07-08", "Nairobi, Kenya")


def test_high_level_consultations_are_those_of_the_title() -> None:
    found = meetings(
        "On 1-2 July, Norway and Kenya held high-level consultations on the Arctic Seas.\n",
        title="Joint Statement on Norway-Kenya Consultations on the Arctic Seas",
    )
    assert [m.date for m in found] == ["2022-07-01/2022-07-02"]


def test_who_says_i_met_someone_has_met_them() -> None:
    meeting = first("Today I met Kenyan President Jomo Kenyatta.\n", title="Australia helps Kenya")
    assert (meeting.name, meeting.date) == ("meeting with Kenyan President Jomo Kenyatta", "2022-07-05")


def test_a_title_in_capitals_gives_the_name_whole_and_the_date_the_text_leaves_out() -> None:
    meeting = first(
        "We considered the state of trade.\n",
        title="COMMUNIQUE OF THE MEETING OF NORDIC LEADERS, OSLO, 29 JUNE, 2022",
    )
    assert (meeting.name, meeting.date, meeting.date_rule) == (
        "MEETING OF NORDIC LEADERS",
        "2022-06-29",
        "title",
    )


def test_a_visit_announced_today_is_not_made_today() -> None:
    visit = first(
        "The Prime Minister announced today that President Kenyatta of Kenya will make an official visit to "
        "Norway from Sunday 23 July to Tuesday 25 July 2022.\n",
        title="Official Visit by the President of Kenya",
    )
    assert (visit.date, visit.status) == ("2022-07-23/2022-07-25", "planned")


def test_a_guest_is_met_in_the_house_they_are_welcomed_to() -> None:
    title = "Readout of President Kenyatta’s Meeting with Prime Minister Bratteli of Norway"
    visit = first(
        "President Kenyatta welcomed Prime Minister Bratteli of Norway to the State House today.\n",
        title=title,
    )
    assert (visit.place, visit.format) == ("the State House", "in person")
    visit = first(
        "President Kenyatta welcomed Prime Minister Bratteli of Norway to the United States today.\n",
        title=title,
    )
    assert visit.place is None
