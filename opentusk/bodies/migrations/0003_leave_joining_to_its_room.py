from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('bodies', '0002_joining'),
    ]

    operations = [
        migrations.DeleteModel(name='AccreditationDocument'),
        migrations.DeleteModel(name='Accreditation'),
        migrations.DeleteModel(name='Agreement'),
        migrations.DeleteModel(name='Obligation'),
        migrations.DeleteModel(name='TemplateDocument'),
    ]
