"""Addresses of this room, within a space."""

from django.urls import URLPattern, URLResolver, include, path

from gemensam.objectives import (
    draft_views,
    milestone_views,
    objectives_views,
    plan_views,
    schedule_views,
    vision_views,
)


def _content(noun: str) -> list[URLPattern]:
    given = {"noun": noun}
    where = plan_views.NOUNS[noun].path
    return [
        path(f"{where}/new/", plan_views.add, given, name=f"add_{noun}"),
        path(f"{where}/<str:subject>/change/", plan_views.change, given, name=f"change_{noun}"),
        path(f"{where}/<str:subject>/withdraw/", plan_views.withdraw, given, name=f"withdraw_{noun}"),
    ]


PERIOD: list[URLPattern | URLResolver] = [
    path("objectives/", objectives_views.overview, name="objectives"),
    path("objectives/matrix/", objectives_views.matrix, name="objectives_matrix"),
    path("objectives/matrix.csv", objectives_views.matrix_csv, name="objectives_matrix_csv"),
    path("objectives/milestones.csv", objectives_views.milestones_csv, name="milestones_csv"),
    path("objectives/objectives.pdf", objectives_views.pdf, name="objectives_pdf"),
    *_content("area"),
    *_content("goal"),
    *_content("milestone"),
    *_content("activity"),
    path("goals/<str:subject>/", milestone_views.goal, name="goal"),
    path("milestones/<str:subject>/", milestone_views.milestone, name="milestone"),
    path("milestones/<str:subject>/state/", milestone_views.state, name="state_milestone"),
    path("yearly-plan/", schedule_views.yearly_plan, name="yearly_plan"),
    path("yearly-plan/plan.csv", schedule_views.yearly_csv, name="yearly_plan_csv"),
    path("schedule/", schedule_views.schedule, name="objectives_schedule"),
    path("schedule/<str:code>/done/", schedule_views.tick, name="tick_step"),
    path("schedule/<str:code>/reopen/", schedule_views.reopen, name="reopen_step"),
    path("vision/", vision_views.versions, name="vision_versions"),
    path("vision/groups/new/", vision_views.open_working_group, name="open_working_group"),
    path("vision/<str:subject>/", vision_views.version, name="vision_version"),
    path("vision/<str:subject>/withdraw/", vision_views.withdraw, name="withdraw_vision_version"),
    path("vision/<str:subject>/text.pdf", vision_views.pdf, name="vision_version_pdf"),
]
GROUP: list[URLPattern | URLResolver] = [
    path("draft/", draft_views.draft, name="draft"),
    path("draft/new/", draft_views.write, name="write_revision"),
    path("draft/<str:subject>/", draft_views.revision, name="revision"),
    path("draft/<str:subject>/comment/", draft_views.comment, name="comment_revision"),
    path("draft/<str:subject>/publish/", draft_views.lift, name="lift_revision"),
    path("draft-comments/<str:subject>/", draft_views.say_of_comment, name="say_of_comment"),
]
OUTCOMES = [path("outcomes/", milestone_views.outcomes, name="outcomes")]
urlpatterns = [path("spaces/<str:space>/", include([*PERIOD, *GROUP, *OUTCOMES]))]
