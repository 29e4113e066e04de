"""Every write of the insights room: the values of the year, and the dataset made of them."""

from datetime import date

from django.db import transaction
from django.utils import timezone, translation

from opentusk.editorial.own_datasets import CC_BY, OwnDataset
from opentusk.insights.exporting import csv_of_snapshots
from opentusk.insights.indicators import measure
from opentusk.insights.models import IndicatorSnapshot

YEARS = OwnDataset(
    name="indicatori-del-programma",
    title="Indicatori del programma di partecipazione",
    description="Quante persone, eventi, richieste di dati, consultazioni, hackathon e riusi, un file per anno e una "
    "riga per valore: le stesse interrogazioni della pagina degli indicatori. Nessun dato personale.",
    keywords=("indicatori", "partecipazione", "riuso"),
    frequency="ANNUAL",
    licence=CC_BY,
)


@transaction.atomic
def take_snapshot(*, today: date) -> int:
    """Put the values of now in the place of this year's; what was measured in past years stays. How many values."""
    now = timezone.now()
    with translation.override("it"):
        rows = [
            IndicatorSnapshot(
                code=row.indicator.code,
                dimension=row.dimension,
                name=row.name,
                period=today.year,
                value=None if row.value is None else str(row.value),
                version=row.indicator.version,
                position=position,
                taken_at=now,
            )
            for position, measured in enumerate(measure())
            for row in measured.rows
        ]
    IndicatorSnapshot.objects.filter(period=today.year).delete()
    IndicatorSnapshot.objects.bulk_create(rows)
    return len(rows)


def publish_years(*, today: date) -> list[int]:
    """Put every finished year that is not there yet into the dataset of the indicators; the years that were put."""
    done = []
    years = IndicatorSnapshot.objects.filter(period__lt=today.year).values_list("period", flat=True)
    for year in sorted(set(years)):
        file_name = f"indicatori-{year}.csv"
        if not YEARS.has_file(file_name):
            content = csv_of_snapshots(IndicatorSnapshot.objects.filter(period=year).in_order()).encode()
            YEARS.add_file(file_name, [content], title=f"Indicatori, {year}", modified=f"{year}-12-31")
            done.append(year)
    YEARS.publish_when_ready()
    return done
