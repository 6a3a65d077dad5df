"""The words everybody uses: ids, units, dates, languages, errors. Imports nothing from the other rooms."""
