"""Data entry: from an uploaded file to reviewed claims in ``data/``.

``intake`` reads the file, ``recognise`` proposes what it is, ``draft`` holds the review,
``vet`` says what is wrong, ``effect`` what a save changes; the other modules show them.
"""
