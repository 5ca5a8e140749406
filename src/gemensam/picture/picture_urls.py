"""Addresses of the picture: the live matrix, members, compiling, and the published pictures."""

from django.urls import path

from gemensam.picture import (
    analysis_views,
    cadence_views,
    compare_views,
    compile_views,
    excerpt_views,
    figure_views,
    matrix_views,
    picture_views,
)

_SPACE = "spaces/<str:space>/"
_PICTURES = _SPACE + "pictures/"
_EXCERPTS = _SPACE + "excerpts/"
_MEMBER = _SPACE + "members/<str:organisation>/"

urlpatterns = [
    path(_SPACE + "picture/", matrix_views.picture, name="picture"),
    path(_SPACE + "picture/_matrix/", matrix_views.matrix_part, name="picture-matrix"),
    path(_SPACE + "picture.csv", matrix_views.picture_csv, name="picture-csv"),
    path(_SPACE + "figures/", figure_views.figures, name="figures"),
    path(_SPACE + "figures.csv", figure_views.figures_csv, name="figures-csv"),
    path(_SPACE + "own/", matrix_views.own, name="own-picture"),
    path(_MEMBER, matrix_views.member, name="member"),
    path(_MEMBER + "<str:row>/", matrix_views.statement, name="member-statement"),
    path(_PICTURES, picture_views.picture_list, name="pictures"),
    path(_PICTURES + "compare/", compare_views.compare, name="pictures-compare"),
    path(_PICTURES + "<str:label>.pdf", picture_views.version_pdf, name="picture-pdf"),
    path(_PICTURES + "<str:label>.csv", picture_views.version_csv, name="picture-version-csv"),
    path(_PICTURES + "<str:label>/", picture_views.version, name="picture-version"),
    path(_PICTURES + "<str:label>/print.pdf", picture_views.version_pdf, name="picture-print"),
    path(_PICTURES + "<str:label>/window/", picture_views.window, name="picture-window"),
    path(_PICTURES + "<str:label>/window.pdf", picture_views.window_as_pdf, name="picture-window-pdf"),
    path(_PICTURES + "<str:label>/withdraw/", picture_views.withdraw, name="picture-withdraw"),
    path(_PICTURES + "<str:label>/excerpt/", excerpt_views.make, name="excerpt-make"),
    path(_EXCERPTS, excerpt_views.excerpt_list, name="excerpts"),
    path(_EXCERPTS + "<str:subject>.pdf", excerpt_views.as_pdf, name="excerpt-pdf"),
    path(_EXCERPTS + "<str:subject>.txt", excerpt_views.as_text, name="excerpt-text"),
    path(_EXCERPTS + "<str:subject>/", excerpt_views.excerpt, name="excerpt"),
    path(_EXCERPTS + "<str:subject>/withdraw/", excerpt_views.withdraw, name="excerpt-withdraw"),
    path(_SPACE + "analysis/", analysis_views.analysis, name="analysis"),
    path(_SPACE + "analysis/withdraw/", analysis_views.withdraw, name="analysis-withdraw"),
    path(_SPACE + "compile/", compile_views.workbench, name="compile"),
    path(_SPACE + "compile/draft/", compile_views.keep_draft, name="compile-draft"),
    path(_SPACE + "compile/preview/", compile_views.preview, name="compile-preview"),
    path(_SPACE + "compile/publish/", compile_views.publish, name="compile-publish"),
    path(_SPACE + "cadence/", cadence_views.cadence, name="cadence"),
]
