"""Check digits of Italian codes. Every function takes the whole code, upper case and without blanks."""

from stdnum.it import aic as _aic
from stdnum.it import codicefiscale as _codicefiscale

_OMOCODIA = str.maketrans("LMNPQRSTUV", "0123456789")
_OFFICES = {*range(1, 101), 120, 121, 888, 999}


def is_codice_fiscale(code: str) -> bool:
    """A person's codice fiscale, omocodia included: pattern, day of birth and check letter.

    The birth date itself is not checked against the calendar: a code with 31 February exists in real registers.
    """
    if len(code) != 16 or not code.isalnum() or not code.isascii():
        return False
    day = code[9:11].translate(_OMOCODIA)
    if not day.isdigit() or not (1 <= int(day) <= 31 or 41 <= int(day) <= 71):
        return False
    return bool(_codicefiscale.calc_check_digit(code[:15]) == code[15])


def is_partita_iva(code: str) -> bool:
    """Eleven figures of a partita IVA or of a body's codice fiscale: the office that gave it and the check digit."""
    if len(code) != 11 or not code.isdigit() or not code.isascii():
        return False
    if code[:7] == "0000000" or int(code[7:10]) not in _OFFICES:
        return False
    doubled = (int(figure) * 2 for figure in code[1:10:2])
    total = sum(map(int, code[0:10:2])) + sum(number - 9 if number > 9 else number for number in doubled)
    return (10 - total % 10) % 10 == int(code[10])


def is_cig(code: str) -> bool:
    """Codice identificativo di gara, in its three forms.

    Until 2023 seven figures and three hexadecimal ones, number × 211 mod 4091; the smartCIG begins with X, Y or Z and
    its second and third signs are the rest × 211 mod 251; from 2024 a letter A–U and six hexadecimal figures, (number
    + place of the letter) × 211 mod 4091. The last rule is of ANAC's own software and holds for the codes of 2024–2026
    we could look at.
    """
    if len(code) != 10 or code == "0000000000":
        return False
    try:
        if code[0] in "XYZ":
            return int(code[3:], 16) * 211 % 251 == int(code[1:3], 16)
        if code[0].isdigit():
            return int(code[:7]) * 211 % 4091 == int(code[7:], 16)
        return (int(code[1:7], 16) + ord(code[0]) - ord("A") + 1) * 211 % 4091 == int(code[7:], 16)
    except ValueError:
        return False


def is_iban(code: str) -> bool:
    """An IBAN of any country, by its two check figures (ISO 7064, mod 97)."""
    moved = code[4:] + code[:4]
    return moved.isalnum() and moved.isascii() and int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def is_aic(code: str) -> bool:
    """The authorisation number of a medicine: nine figures that begin with 0, the last of them a check digit."""
    return bool(_aic.is_valid(code))
