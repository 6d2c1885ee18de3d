"""What the judge asks of `whole_flights(flight, rows)`: the right rows, and no flight on both sides."""

import numpy as np

from glideslope.grade import equal, inputs, labels, law, mistake, number, question


def rows_not_flights(flight, rows):
    return (np.arange(len(flight)) < rows).astype(int)


def some_of_each(flight, rows):
    place = np.array([np.sum(flight[:n] == flight[n]) for n in range(len(flight))])
    return (place % 2 == 0).astype(int)


def the_other_side(flight, rows):
    names, count = np.unique(flight, return_counts=True)
    return (~np.isin(flight, names[np.cumsum(count) - count < rows])).astype(int)


def one_flight_short(flight, rows):
    names, count = np.unique(flight, return_counts=True)
    return (np.isin(flight, names[np.cumsum(count) < rows])).astype(int)


def that_many_flights(flight, rows):
    return (np.isin(flight, np.unique(flight)[:rows])).astype(int)


def from_the_top(flight, rows):
    names, count = np.unique(flight, return_counts=True)
    names, count = names[::-1], count[::-1]
    return (np.isin(flight, names[np.cumsum(count) - count < rows])).astype(int)


def as_they_come(flight, rows):
    names, first, count = np.unique(flight, return_index=True, return_counts=True)
    order = np.argsort(first)
    names, count = names[order], count[order]
    return (np.isin(flight, names[np.cumsum(count) - count < rows])).astype(int)


def longest_first(flight, rows):
    names, count = np.unique(flight, return_counts=True)
    order = np.argsort(-count, kind="stable")
    names, count = names[order], count[order]
    return (np.isin(flight, names[np.cumsum(count) - count < rows])).astype(int)


def one_flight_more(flight, rows):
    names, count = np.unique(flight, return_counts=True)
    return (np.isin(flight, names[np.cumsum(count) - count <= rows])).astype(int)


def whole_flights(flight, rows):
    names, count = np.unique(flight, return_counts=True)
    return np.isin(flight, names[np.cumsum(count) - count < rows])


VALUES = equal(
    whole_flights,
    mistake(
        rows_not_flights,
        "These are the first rows, whatever flight they belong to: a flight that begins before the cut stands on both sides.",
        "这是最前面的若干行，没管它们属于哪个架次：跨过切口的架次两边都有行。",
    ),
    mistake(
        some_of_each,
        "Every flight gives a part of its rows, so every row held out has a twin among the others.",
        "每个架次都拿出了一部分行，于是留出的每一行在另一边都有双胞胎。",
    ),
    mistake(
        the_other_side,
        "True marks the rows that stay for learning; it has to mark those held out.",
        "True 标的是留给学习的行；要标的是留出的行。",
    ),
    mistake(
        one_flight_short,
        "The last flight is missing: those before it have not brought enough rows yet.",
        "少了最后一个架次：前面的还没有凑够行数。",
    ),
    mistake(
        that_many_flights,
        "`rows` counts rows, and here it counts flights.",
        "`rows` 数的是行，这里却拿它数了架次。",
    ),
    mistake(
        from_the_top,
        "The flights are not taken in rising order of their number: begin with the smallest.",
        "架次没有按编号从小到大取：应该从最小的开始。",
    ),
    mistake(
        as_they_come,
        "The flights are not taken in rising order of their number: begin with the smallest.",
        "架次没有按编号从小到大取：应该从最小的开始。",
    ),
    mistake(
        longest_first,
        "The flights are not taken in rising order of their number: begin with the smallest.",
        "架次没有按编号从小到大取：应该从最小的开始。",
    ),
    mistake(
        one_flight_more,
        "One flight too many: those before it have brought `rows` rows already.",
        "多留了一个架次：前面的已经凑够 `rows` 行了。",
    ),
)

WHOLE = law(
    lambda call, flight, rows: not set(flight[call(flight, rows) == 1]) & set(flight[call(flight, rows) == 0]),
    "A flight has rows on both sides.",
    "有一个架次两边都有行。",
    wanted="each flight wholly on one side",
)

LOG = inputs({"N": (9, 12)}, flight=labels("N", below=5), rows=number(1, 6))

# Flights of unequal length, out of order, so that every mistake shows.
TELLING = {"flight": [3, 3, 1, 1, 1, 4, 4, 0, 0, 2], "rows": 4}
EXACT = TELLING | {"rows": 5}  # two flights bring five rows: no third one is wanted

QUESTIONS = (
    question("The rows held out", "留出的行", LOG, VALUES, points=2, examples=(TELLING, EXACT)),
    question("No flight on both sides", "没有架次跨在两边", LOG, WHOLE),
)
