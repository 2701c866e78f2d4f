import type { ChangeOf } from './change';
import { dollarQuoted } from './dollar-quote';
import { tableOf } from './dual-write';
import type { Phases } from './phases';
import { NOTHING, unit } from './units';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote';

/**
 * A table under another name: a view of that name stands for it until nobody knows the old one, and is written as the table is.
 *
 * Whoever may do something with the table may do it with the view. What no view can (TRUNCATE, COPY FROM, a partition's own name) the new version
 * must do without until then.
 */
export function renameTable(name: string, change: ChangeOf<'renameTable'>): Phases {
  const old = tableOf(change);
  const fresh = tableOf({ schema: change.schema, table: change.to });
  return {
    ...NOTHING,
    name,
    isSo: `to_regclass(${quoteLiteral(old)}) IS NULL AND to_regclass(${quoteLiteral(fresh)}) IS NOT NULL`,
    expand: [unit(change, `${change.to} stands for ${change.table}`, `CREATE VIEW ${fresh} AS SELECT * FROM ${old};\n${sameRights(old, fresh)}`)],
    contract: [{
      title: `${change.table} is ${change.to}`,
      tables: [old, fresh],
      sql: `DROP VIEW ${fresh};\nALTER TABLE ${old} RENAME TO ${quoteIdentifier(change.to)};`,
    }],
    abort: [{ title: `${change.to} goes again`, tables: [old, fresh], sql: `DROP VIEW IF EXISTS ${fresh};` }],
  };
}

function sameRights(from: string, to: string): string {
  return `-- zero-downtime/accepted.opaque-statement: what it puts together gives the rights of the table to its view
DO ${dollarQuoted(`DECLARE
  given record;
BEGIN
  FOR given IN SELECT a.privilege_type, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS grantee
      FROM pg_class c, aclexplode(c.relacl) AS a WHERE c.oid = ${quoteLiteral(from)}::regclass
        AND a.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE') AND a.grantee <> c.relowner LOOP
    EXECUTE format('GRANT %s ON %s TO %s', given.privilege_type, ${quoteLiteral(to)}::regclass, given.grantee);
  END LOOP;
END`)};`;
}
