"""The demonstration's projects, known events and follow-up: there once, however often it is started."""

import pytest

from gemensam.core.moment import Moment
from gemensam.core.policy import STANDING
from gemensam.demo.governing import open_periods
from gemensam.demo.planning_filling import EVENTS, PROJECTS, fill_planning
from gemensam.governance.queries import list_periods_for
from gemensam.ledger.append import now_ms
from gemensam.planning.event_queries import all_events, list_clashes
from gemensam.planning.follow_queries import list_follow_ups
from gemensam.planning.project_queries import list_projects
from tests.network import Network


@pytest.mark.database
def test_the_demonstration_is_filled_once(network: Network) -> None:
    open_periods(now_ms())
    for _time in range(2):
        fill_planning(now_ms())
    lens = network.lens("nacka-lasare")
    period = next(each.id for each in list_periods_for(lens) if each.years.first_year == 2023)
    events = all_events(lens, STANDING, Moment(lens.now))
    assert len(events) == len(EVENTS)
    assert list_clashes(lens, STANDING, Moment(lens.now), events)
    assert [each.title for each in list_projects(lens, period, Moment(lens.now))] == sorted(
        each[0] for each in PROJECTS
    )
    (follow,) = list_follow_ups(lens, period, Moment(lens.now))
    assert (len(follow.recipients), len(follow.answered)) == (37, 3)
