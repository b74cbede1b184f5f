"""The clock's job: before a last day, and when it has passed, whoever must answer or write hears that something awaits."""

from django.db import connection, transaction
from procrastinate.contrib.django import app

from entraide.kernel.base import clock
from entraide.kernel.notices.services import notify


@app.periodic(cron="17 * * * *")
@app.task(name="questionnaires.tell", queue="clock", queueing_lock="questionnaires.tell")
def tell(timestamp: int) -> None:
    """Every hour, so that a node that stood still catches up; each stage of each deadline is told once, each person by one mail."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select * from app.tell_of_questionnaires(%s)", [clock.today()])
            posts = [row[0] for row in cursor.fetchall()]
        notify(posts)
