"""Keys of services are sealed: a copy of the database gives them to nobody."""

from django.db import migrations, models

from opentusk.outbound.sealing import seal, unseal

PURPOSE = "feeding.servicesource.sealed_key"


def seal_all(apps, editor):
    for source in apps.get_model("feeding", "ServiceSource").objects.exclude(sealed_key=""):
        source.sealed_key = seal(source.sealed_key, purpose=PURPOSE)
        source.save(update_fields=["sealed_key"])


def unseal_all(apps, editor):
    for source in apps.get_model("feeding", "ServiceSource").objects.exclude(sealed_key=""):
        source.sealed_key = unseal(source.sealed_key, purpose=PURPOSE)
        source.save(update_fields=["sealed_key"])


class Migration(migrations.Migration):
    dependencies = [("feeding", "0001_feeds")]

    operations = [
        migrations.RenameField("servicesource", "key_value", "sealed_key"),
        migrations.AlterField(
            "servicesource", "sealed_key", models.TextField(blank=True, verbose_name="chiave, sigillata")
        ),
        migrations.RunPython(seal_all, unseal_all),
    ]
