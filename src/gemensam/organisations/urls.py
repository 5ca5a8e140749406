"""Addresses of the directory, of lists and of what concerns a space as such."""

from django.urls import path

from gemensam.organisations.views import bodies, directory, lists, spaces

urlpatterns = [
    path("directory/", directory.directory, name="directory"),
    path("directory/table.csv", directory.directory_table, name="directory_csv"),
    path("directory/join/", directory.join_organisation, name="join_organisation"),
    path("directory/describe/", directory.describe_organisation, name="describe_organisation"),
    path("directory/representation/", bodies.representation, name="representation"),
    path("directory/representation/table.csv", bodies.representation_table, name="representation_csv"),
    path("directory/bodies/", bodies.bodies, name="bodies"),
    path("directory/bodies/table.csv", bodies.bodies_table, name="bodies_csv"),
    path("directory/bodies/new/", bodies.new_body, name="new_body"),
    path("directory/bodies/<str:body>/", bodies.body, name="body"),
    path("directory/bodies/<str:body>/change/", bodies.change_body, name="change_body"),
    path("directory/bodies/<str:body>/dissolve/", bodies.dissolve_body, name="dissolve_body"),
    path("directory/functions/new/", directory.create_function, name="create_function"),
    path("directory/functions/<str:function>/", directory.change_function, name="change_function"),
    path("directory/functions/<str:function>/retire/", directory.retire_function, name="retire_function"),
    path("directory/<str:organisation>/", directory.organisation, name="organisation"),
    path("directory/<str:organisation>/change/", directory.change_organisation, name="change_organisation"),
    path("directory/<str:organisation>/leave/", directory.leave_organisation, name="leave_organisation"),
    path("vocabularies/", lists.vocabularies, name="vocabularies"),
    path("vocabularies/<str:code>/", lists.vocabulary, name="vocabulary"),
    path("vocabularies/<str:code>/table.csv", lists.vocabulary_table, name="vocabulary_csv"),
    path("vocabularies/<str:code>/compare/", lists.compare_versions, name="compare_versions"),
    path("vocabularies/<str:code>/item/", lists.change_item, name="change_item"),
    path("vocabularies/<str:code>/import/", lists.import_table, name="import_table"),
    path("vocabularies/<str:code>/publish/", lists.publish_version, name="publish_version"),
    path("vocabularies/<str:code>/take-over/", lists.take_over, name="take_over"),
    path("vocabularies/<str:code>/discard/", lists.discard_copy, name="discard_copy"),
    path("vocabularies/<str:code>/confirm/", lists.confirm, name="confirm_list"),
    path("spaces/new/", spaces.open_space, name="open_space"),
    path("spaces/<str:space>/about/", spaces.about, name="about_space"),
    path("spaces/<str:space>/about/close/", spaces.close_space, name="close_space"),
    path("spaces/<str:space>/about/readers/", spaces.reduce_circle, name="reduce_circle"),
    path("spaces/<str:space>/about/lists/", spaces.pin_lists, name="pin_lists"),
]
