/** The words that PostgreSQL 18 reserves, or takes as the name of no column or no function; a name that equals one is written in quotes. */
const RESERVED = new Set((
  'all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char character check '
  + 'coalesce collate collation column concurrently constraint create cross current_catalog current_date current_role current_schema '
  + 'current_time current_timestamp current_user dec decimal default deferrable desc distinct do else end except exists extract false fetch '
  + 'float for foreign freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect interval '
  + 'into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize '
  + 'json_table json_value lateral leading least left like limit localtime localtimestamp merge_action national natural nchar none '
  + 'normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision primary real '
  + 'references returning right row select session_user setof similar smallint some substring symmetric system_user table tablesample then '
  + 'time timestamp to trailing treat trim true union unique user using values varchar variadic verbose when where window with xmlattributes '
  + 'xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable'
).split(' '));

/** A name as SQL: in quotes wherever PostgreSQL would read it differently without. */
export function quoteIdentifier(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) && !RESERVED.has(name) ? name : `"${name.replace(/"/g, '""')}"`;
}

/** A text as SQL: a constant that means the same whatever `standard_conforming_strings` says. */
export function quoteLiteral(text: string): string {
  const quoted = `'${text.replace(/'/g, '\'\'').replace(/\\/g, '\\\\')}'`;
  return text.includes('\\') ? `E${quoted}` : quoted;
}

/** Names with dots between them. */
export function qualifiedName(names: readonly string[]): string {
  return names.map(quoteIdentifier).join('.');
}

const LONGEST = 63;

/** A name made of others, cut to what PostgreSQL keeps of it: 63 bytes. */
export function madeName(...parts: readonly string[]): string {
  const suffix = parts.length > 1 ? `_${parts[parts.length - 1]}` : '';
  const stem = parts.length > 1 ? parts.slice(0, -1).join('_') : parts[0];
  const characters = [...stem];
  while (Buffer.byteLength(characters.join('') + suffix) > LONGEST) {
    characters.pop();
  }
  return characters.join('') + suffix;
}
