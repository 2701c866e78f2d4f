/**
 * The key along which a table is walked: the primary key, or else a unique index that no null escapes.
 *
 * Its order must be the order of its columns: along any other, each batch would read the whole table to find its rows.
 */
export const KEY_FUNCTION = `
CREATE OR REPLACE FUNCTION zero_downtime.key_of(target text, OUT names text[], OUT types text[]) LANGUAGE plpgsql STABLE AS $zd$
BEGIN
  SELECT array_agg(quote_ident(a.attname) ORDER BY k.place), array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY k.place) INTO names, types
    FROM (SELECT i.indkey::int2[] AS keys, i.indnkeyatts FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam AND m.amname = 'btree'
        WHERE i.indrelid = target::regclass AND i.indisunique AND i.indisvalid AND i.indisready AND i.indpred IS NULL AND i.indexprs IS NULL
        AND (0 = ALL (i.indoption::int2[]) OR 3 = ALL (i.indoption::int2[]))
        AND NOT EXISTS (SELECT 1 FROM unnest(i.indkey::int2[], i.indcollation::oid[], i.indclass::oid[]) AS part (number, collation_id, class)
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = part.number JOIN pg_opclass o ON o.oid = part.class
          WHERE NOT a.attnotnull OR a.attcollation <> part.collation_id OR NOT o.opcdefault)
        ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid LIMIT 1) AS chosen,
      unnest(chosen.keys) WITH ORDINALITY AS k (number, place) JOIN pg_attribute a ON a.attrelid = target::regclass AND a.attnum = k.number
    WHERE k.place <= chosen.indnkeyatts;
  IF names IS NULL THEN
    RAISE EXCEPTION 'table % has no primary key, and no unique index in the order of columns that are NOT NULL, to be walked along', target
      USING ERRCODE = 'ZD003', HINT = 'add a primary key first: a unique index, concurrently, and ADD PRIMARY KEY USING INDEX';
  END IF;
END
$zd$;
`;
