"""Extensions and the one function by which names are compared."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# unaccent() is only STABLE because its dictionary could be changed; ours is named and
# is not, so the wrapper may be IMMUTABLE, which a stored generated column needs.
SEARCH_KEY = """
CREATE FUNCTION b12_search_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN lower(public.unaccent('public.unaccent'::regdictionary, normalize(name, NFKC)))
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(SEARCH_KEY, "DROP FUNCTION b12_search_key(text)"),
    ]
