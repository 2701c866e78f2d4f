import type { Client } from 'pg';

/** All that a server says of the tables of a schema, and what the ledger's schema holds for them: whoever left anything behind is found out. */
export async function shapeOf(client: Client, schema = 'public'): Promise<readonly string[]> {
  const { rows } = await client.query<{ text: string }>(`
    SELECT format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
        coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) AS text
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p', 'v')
    UNION ALL SELECT format('%s: %s %s%s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid), CASE WHEN c.convalidated THEN '' ELSE ' not valid' END)
      FROM pg_constraint c WHERE c.connamespace = $1::regnamespace AND c.contype IN ('c', 'f', 'u', 'p')
    UNION ALL SELECT pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = $1::regnamespace
    UNION ALL SELECT format('%s: trigger %s', t.tgrelid::regclass, t.tgname) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE c.relnamespace = $1::regnamespace AND NOT t.tgisinternal
    UNION ALL SELECT format('function %s', p.proname) FROM pg_proc p
      WHERE p.pronamespace IN ($1::regnamespace, to_regnamespace('zero_downtime')) AND p.prorettype = 'trigger'::regtype
    ORDER BY 1`, [schema]);
  return rows.map(({ text }) => text);
}
