"""Dates: what is one, what is none, and by which rule a relative one was counted."""

from datetime import date

import pytest

from communique.find.dates import deadline_in, find_dates, find_misspelt_dates, first_day, last_day

PUBLISHED = date(2022, 7, 5)  # a Tuesday


def dates(text: str, published: date | None = PUBLISHED) -> list[tuple[str, str]]:
    return [(w.edtf, w.rule) for w in find_dates(text, 0, len(text), published=published)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on 15 December 2023", "2023-12-15"),
        ("on December 15, 2023", "2023-12-15"),
        ("On Tuesday, January 30, 2024, the", "2024-01-30"),
        ("TUESDAY 9 MARCH 1976", "1976-03-09"),
        ("on the 5th of June 2021", "2021-06-05"),
        ("January 25-27, 2023", "2023-01-25/2023-01-27"),
        ("November 1 and 2, 2023", "2023-11-01/2023-11-02"),
        ("28 June - 3 July 2022", "2022-06-28/2022-07-03"),
        ("between 30 September and 7 October 1981", "1981-09-30/1981-10-07"),
        ("September 2021", "2021-09"),
        ("by early 2022", "2022"),
        ("since 2023-12-15", "2023-12-15"),
        ("from 2021 to 2025", "2021/2025"),
        ("in the first half of 2024", "2024-01/2024-06"),
        ("from 1 August\n\nto 7 August 1979", "1979-08-01/1979-08-07"),
    ],
)
def test_a_date_written_out_is_read_as_it_stands(text: str, edtf: str) -> None:
    assert dates(text) == [(edtf, "stated")]


@pytest.mark.parametrize(
    ("text", "published", "edtf", "rule"),
    [
        ("met today", PUBLISHED, "2022-07-05", "day/published"),
        ("spoke yesterday evening", PUBLISHED, "2022-07-04", "day/published"),
        ("met on Monday", PUBLISHED, "2022-07-04", "weekday/published"),
        ("will meet on Friday", PUBLISHED, "2022-07-08", "weekday/published"),
        ("held last week", PUBLISHED, "2022-06-27/2022-07-03", "week/published"),
        ("two weeks ago", PUBLISHED, "2022-06-20/2022-06-26", "week/published"),
        ("last month", PUBLISHED, "2022-06", "month/published"),
        ("later this year", PUBLISHED, "2022", "year/published"),
        ("in Osaka last November", date(1996, 5, 24), "1995-11", "year/published"),
        ("this November", PUBLISHED, "2022-11", "year/published"),
        ("On 17-18 March", date(2018, 3, 14), "2018-03-17/2018-03-18", "year/published"),
        ("met on December 28", date(2022, 1, 4), "2021-12-28", "year/published"),
        ("the commitment they made in June", date(2024, 10, 25), "2024-06", "year/published"),
        ("will be held in June", date(2024, 10, 25), "2025-06", "year/published"),
        ("since the May leaders’ summit", date(2022, 9, 29), "2022-05", "year/published"),
        ("next summer", date(2023, 12, 16), "2024-06/2024-08", "season/northern/published"),
        ("in the spring of 2024", PUBLISHED, "2024-03/2024-05", "season/northern"),
        ("the week of April 10th", date(2023, 2, 7), "2023-04-10/2023-04-16", "year/published"),
    ],
)
def test_a_relative_date_is_counted_from_the_day_of_publication(
    text: str, published: date, edtf: str, rule: str
) -> None:
    assert dates(text, published) == [(edtf, rule)]


def test_seasons_of_the_southern_half_are_six_months_apart() -> None:
    found = find_dates("in the summer of 2024", 0, 21, published=None, southern=True)
    assert [w.edtf for w in found] == ["2024-12/2025-02"]


@pytest.mark.parametrize(
    "text",
    ["you may go", "the 26th ASEAN-ROK Dialogue", "They march on", "as May said", "31 February 2022",
     "5.12 March", "$2022 million", "May Day", "the March of Dimes", "Resolution 1325", "2021-2025 plan"],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dates(text) == []


def test_without_a_day_of_publication_only_what_is_written_out_is_a_date() -> None:
    assert dates("today, on 3 May, last week and on 4 May 2020", None) == [("2020-05-04", "stated")]


def test_a_slip_of_the_finger_is_read_and_reported() -> None:
    text = "the Dialogue held lasy weel on 14 Septmber 1989"
    assert dates(text) == [("2022-06-27/2022-07-03", "week/published"), ("1989-09-14", "stated")]
    problems = list(find_misspelt_dates(text, 0, len(text), published=PUBLISHED))
    assert [(p.code, text[p.start : p.end]) for p in problems] == [
        ("date/misspelt", "lasy weel"),
        ("date/misspelt", "14 Septmber 1989"),
    ]


@pytest.mark.parametrize("text", ["the past week", "least weak", "past years", "lost month", "next worth"])
def test_real_words_are_no_misspelt_dates(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("hold a summit by the end of 2021", "2021-12-31"),
        ("finish by early 2022", "2022"),
        ("reach 500 GW by 2030", "2030"),
        ("conclude no later than 1996", "1996"),
        ("sign before the end of the year", "2023-12-31"),
        ("report by the end of next month", "2023-11-30"),
        ("deliver by 30 June 2024", "2024-06-30"),
        ("propose within six months", "2024-04"),
        ("settle by the end of August", "2024-08-31"),
    ],
)
def test_a_commitment_is_due_by_its_deadline(text: str, due: str) -> None:
    found = deadline_in(text, 0, len(text), published=date(2023, 10, 30))
    assert found is not None
    assert found.edtf == due


@pytest.mark.parametrize(
    "text", ["by the 2023 summit", "launched by President Biden in 2021", "agreed in May 2022"]
)
def test_a_date_that_binds_nobody_is_no_deadline(text: str) -> None:
    assert deadline_in(text, 0, len(text), published=PUBLISHED) is None


def test_every_date_points_at_its_words() -> None:
    text = "On 13 July 2023, the Presidents met in Helsinki; they will meet again next year."
    for when in find_dates(text, 0, len(text), published=PUBLISHED):
        assert text[when.start : when.end] in {"13 July 2023", "next year"}


def test_dates_have_a_first_and_a_last_day() -> None:
    assert str(first_day("2024-06/2024-08")) == "2024-06-01"
    assert last_day("2024-02") == "2024-02-29"


def test_joined_months_share_their_year() -> None:
    text = "They will come in late March and early April 1982."
    assert find_dates(text, 0, len(text), published=date(1981, 10, 19))[0].edtf == "1982-03"


def test_a_day_on_which_something_will_be_lies_ahead() -> None:
    text = "The retreat will be on 7-8 October."
    found = find_dates(text, 0, len(text), published=date(2000, 11, 30))
    assert [w.edtf for w in found] == ["2001-10-07/2001-10-08"]


def test_weekdays_stand_before_both_days_of_an_interval() -> None:
    text = "They are to come from Monday 7 to Monday 14 March 1983."
    assert [w.edtf for w in find_dates(text, 0, len(text), published=None)] == ["1983-03-07/1983-03-14"]
