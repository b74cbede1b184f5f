"""A review in clusters, with a questionnaire for each, on its pages. In English and French, on a phone too."""

import pytest
from django.db import transaction

from entraide.features.monitoring.tests.scenes import UNTOC, Scene
from tests import world
from tests.journeys.conftest import PASSWORD, Visitors

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 390)])
def test_a_review_in_clusters_with_a_questionnaire_for_each(language: str, width: int, visitors: Visitors) -> None:
    scene = Scene(password=PASSWORD)
    with transaction.atomic():
        review = scene.round(scene.mechanism("untoc-like", **UNTOC), ("XA", "XB"))
        for number in ("1", "2"):
            scene.circulated([(scene.ministries[code], "state") for code in ("XA", "XB")], f"Sheet {number}", code=f"sheet-{number}")
    secretariat = visitors.sign_in(world.account_of(scene.secretariat), language, width=width)
    secretariat.go(review.get_absolute_url())
    secretariat.press("Choose the clusters")
    for place, provision in enumerate(scene.provisions, start=1):
        secretariat.page.locator(f"select[name='{provision.pk}']").select_option(str(place))
    secretariat.has_no_barriers()
    secretariat.send_form()
    secretariat.sees("The clusters are saved.")
    for number in ("1", "2"):
        secretariat.press("Add a questionnaire")
        options = secretariat.page.locator("#id_circulation option")
        secretariat.page.locator("#id_circulation").select_option(options.filter(has_text=f"Sheet {number}").get_attribute("value"))
        secretariat.page.locator("#id_cluster").select_option(number)
        secretariat.has_no_barriers()
        secretariat.send_form()
    reader = visitors.visit(language, width=width)
    reader.go(review.get_absolute_url())
    for text in ("Sheet 1", "Sheet 2", "Cluster 1", "Cluster 2"):
        reader.sees_text(text)
    reader.has_no_barriers()
    reader.follow("Obligations by States")
    reader.sees_text("Cluster 2")
    reader.has_no_barriers()
