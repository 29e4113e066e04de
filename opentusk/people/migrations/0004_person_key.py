import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import opentusk.people.models


def give_keys(apps, schema_editor):
    User = apps.get_model("people", "User")
    for user in User.objects.filter(person_key=""):
        user.person_key = opentusk.people.models.new_person_key()
        user.save(update_fields=["person_key"])


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0003_api_token"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="person_key",
            field=models.CharField(default="", max_length=20, verbose_name="chiave della persona"),
            preserve_default=False,
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="user",
            name="person_key",
            field=models.CharField(
                default=opentusk.people.models.new_person_key,
                max_length=20,
                unique=True,
                verbose_name="chiave della persona",
            ),
        ),
    ]
