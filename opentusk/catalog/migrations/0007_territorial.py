from django.db import migrations, models

GEOSPATIAL = "http://publications.europa.eu/resource/authority/dataset-type/GEOSPATIAL"


def mark(apps, schema_editor):
    """Datasets that declared themselves territorial before the column was there."""
    rows = apps.get_model("catalog", "Dataset").objects.only("pk", "record").iterator(chunk_size=500)
    found = [row.pk for row in rows if GEOSPATIAL in (row.record.get("type") or ())]
    for start in range(0, len(found), 500):
        chosen = found[start : start + 500]
        apps.get_model("catalog", "Dataset").objects.filter(pk__in=chosen).update(is_territorial=True)


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0006_editorial'),
    ]

    operations = [
        migrations.AddField(
            model_name='dataset',
            name='is_territorial',
            field=models.BooleanField(default=False, verbose_name='dato territoriale: va al RNDT'),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
