import opentusk.bodies.tokens
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hackathon', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='juror',
            name='key',
            field=models.CharField(default=opentusk.bodies.tokens.new_key, editable=False, max_length=32, verbose_name='chiave'),
        ),
        migrations.AddField(
            model_name='juror',
            name='language',
            field=models.CharField(default='it', max_length=5, verbose_name='lingua'),
        ),
    ]
