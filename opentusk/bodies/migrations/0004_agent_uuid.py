"""A number that names each body for programs and never changes, as datasets and files have one."""

import uuid

from django.db import migrations, models


def give_numbers(apps, schema_editor):
    Agent = apps.get_model("bodies", "Agent")
    for agent in Agent.objects.filter(uuid__isnull=True).only("pk").iterator():
        Agent.objects.filter(pk=agent.pk).update(uuid=uuid.uuid4())


class Migration(migrations.Migration):

    dependencies = [
        ("bodies", "0003_leave_joining_to_its_room"),
    ]

    operations = [
        migrations.AddField(
            model_name="agent",
            name="uuid",
            field=models.UUIDField(verbose_name="UUID", null=True, editable=False),
        ),
        migrations.RunPython(give_numbers, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="agent",
            name="uuid",
            field=models.UUIDField(verbose_name="UUID", default=uuid.uuid4, unique=True, editable=False),
        ),
    ]
