"""Territorial records (ISO 19139) and the services that give them: CSW 2.0.2 and the national repertory RNDT."""
