"""Secrets of webhooks are sealed: a copy of the database gives them to nobody."""

from django.db import migrations, models

from opentusk.outbound.sealing import seal, unseal

PURPOSE = "subscriptions.webhook.sealed_secret"


def _change_all(apps, change):
    for webhook in apps.get_model("subscriptions", "Webhook").objects.all():
        webhook.sealed_secret = change(webhook.sealed_secret, purpose=PURPOSE)
        webhook.sealed_old_secret = change(webhook.sealed_old_secret, purpose=PURPOSE)
        webhook.save(update_fields=["sealed_secret", "sealed_old_secret"])


def seal_all(apps, editor):
    _change_all(apps, seal)


def unseal_all(apps, editor):
    _change_all(apps, unseal)


class Migration(migrations.Migration):
    dependencies = [("subscriptions", "0003_work")]

    operations = [
        migrations.RenameField("webhook", "secret", "sealed_secret"),
        migrations.RenameField("webhook", "old_secret", "sealed_old_secret"),
        migrations.AlterField("webhook", "sealed_secret", models.TextField(verbose_name="segreto, sigillato")),
        migrations.AlterField(
            "webhook", "sealed_old_secret", models.TextField(blank=True, verbose_name="segreto di prima, sigillato")
        ),
        migrations.RunPython(seal_all, unseal_all),
    ]
