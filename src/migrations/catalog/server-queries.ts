import type { ServerRows } from './from-server';

const OWN = 'n.nspname NOT LIKE \'pg\\_%\' AND n.nspname <> \'information_schema\'';
const names = (relation: string, numbers: string) => `ARRAY(SELECT a.attname::text FROM unnest(${numbers}) WITH ORDINALITY AS listed (number, place)
    JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = listed.number ORDER BY listed.place)`;

/** Queries that read a catalog, and write nothing; none needs more than the right to connect. */
export function serverQueries(version: number): { readonly [K in keyof ServerRows]: string } {
  return {
    relations: `SELECT c.oid::text, n.nspname AS schema, c.relname AS name, c.relkind::text AS kind, c.relpersistence::text AS persistence,
        c.relispartition AS is_partition, pg_get_expr(c.relpartbound, c.oid) AS bound, m.amname AS method, t.spcname AS tablespace,
        ARRAY(SELECT i.inhparent::text FROM pg_inherits i WHERE i.inhrelid = c.oid ORDER BY i.inhseqno) AS parents,
        coalesce((SELECT json_agg(json_build_object('name', g.tgname, 'function', f.nspname || '.' || p.proname) ORDER BY g.tgname)
          FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid JOIN pg_namespace f ON f.oid = p.pronamespace
          WHERE g.tgrelid = c.oid AND NOT g.tgisinternal), '[]') AS triggers
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_tablespace t ON t.oid = c.reltablespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${OWN} ORDER BY n.nspname, c.relname`,
    columns: `SELECT a.attrelid::text AS oid, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS not_null,
        ${version >= 18 ? 'k.conname' : 'NULL'} AS not_null_name, ${version >= 18 ? 'k.convalidated' : 'NULL::boolean'} AS not_null_validated,
        a.attidentity <> '' OR (coalesce(pg_get_expr(d.adbin, d.adrelid), '') LIKE 'nextval(%'
          AND pg_get_serial_sequence(quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname) IS NOT NULL) AS identity,
        ${version >= 12 ? 'a.attgenerated::text' : '\'\''} AS generated, pg_get_expr(d.adbin, d.adrelid) AS expression
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        ${version >= 18 ? 'LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = \'n\' AND k.conkey = ARRAY[a.attnum]' : ''}
      WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${OWN} ORDER BY a.attrelid, a.attnum`,
    constraints: `SELECT k.conrelid::text AS oid, k.conname AS name, k.contype::text AS kind, k.convalidated AS validated,
        ${names('k.conrelid', 'k.conkey')} AS columns,
        CASE k.contype WHEN 'c' THEN pg_get_expr(k.conbin, k.conrelid) END AS expression,
        nullif(k.confrelid, 0)::text AS referenced, ${names('k.confrelid', 'k.confkey')} AS referenced_columns
      FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
      WHERE k.conrelid <> 0 AND k.contype IN ('c', 'u', 'p', 'x', 'f') AND ${OWN} ORDER BY k.conrelid, k.conname`,
    indexes: `SELECT i.indrelid::text AS oid, c.relname AS name, i.indisunique AS unique, i.indpred IS NULL AND i.indexprs IS NULL AS plain,
        i.indexprs IS NOT NULL AS has_expressions, m.amname AS method, ${names('i.indrelid', '(i.indkey::int2[])[0:i.indnkeyatts - 1]')} AS columns, k.conname AS constraint
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('u', 'p', 'x')
      WHERE ${OWN} ORDER BY i.indrelid, c.relname`,
    reads: `SELECT r.ev_class::text AS oid, d.refobjid::text AS read, array_agg(DISTINCT a.attname::text) FILTER (WHERE a.attname IS NOT NULL) AS columns
      FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
        LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
      WHERE c.relkind IN ('v', 'm') AND ${OWN} GROUP BY r.ev_class, d.refobjid`,
    types: `SELECT n.nspname AS schema, t.typname AS name, t.typtype::text AS kind, CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END AS base,
        t.typnotnull AS not_null, ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels,
        coalesce((SELECT json_agg(json_build_object('name', k.conname, 'validated', k.convalidated) ORDER BY k.conname)
          FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '[]') AS constraints
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype IN ('e', 'd') AND ${OWN} ORDER BY t.oid`,
    functions: `SELECT n.nspname AS schema, p.proname AS name, CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END AS volatility,
        CASE WHEN l.lanname IN ('sql', 'plpgsql') AND p.prokind IN ('f', 'p') THEN pg_get_functiondef(p.oid) END AS definition
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang WHERE ${OWN} ORDER BY p.oid`,
  };
}
