from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hackathon', '0002_letters_of_jurors'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='team',
            name='shows_names',
        ),
        migrations.AddField(
            model_name='teammember',
            name='shows_name',
            field=models.BooleanField(default=False, verbose_name='vuole comparire con il nome'),
        ),
    ]
