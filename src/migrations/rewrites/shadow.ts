import { tryBackfillStep } from './backfill';
import { tryCarry, type Carried, type Move } from './carried';
import { notNullInSteps } from './constraints';
import { fieldName } from './names';
import type { Rewrite, RewriteStep } from './rewrite';
import { madeName, qualifiedName, quoteIdentifier } from '../../sql/quote';
import { storedOf } from '../effects/storage';

/** A column beside another that holds the same in another form, kept up by a trigger. */
export interface Shadow extends Move {
  /** Its type as SQL, with its collation. */
  readonly definition: string;
  /** The new value of a row that a trigger sees. */
  readonly forward: string;
  /** The old value again; nothing where it cannot be told from the new one. */
  readonly back?: string;
  /** Whether values depend on the session's time zone: then on that in which the trigger is made. */
  readonly isZoned: boolean;
}

/** The trigger that keeps both alike, on each table that has it; its function has the same name. */
interface SyncTrigger {
  readonly name: string;
  readonly callable: string;
  readonly tables: readonly string[];
}

function triggerOf({ catalog, version, relation, to }: Shadow): SyncTrigger {
  const name = madeName(relation.name, to, 'sync');
  // Before 13 a partitioned table has no trigger that changes a row.
  const tables = version < 13 && relation.kind === 'partitioned table' ? storedOf(relation.id, catalog) : [relation.id];
  return { name: quoteIdentifier(name), callable: qualifiedName([relation.schema, name]), tables };
}

/** A column that moves to another, in steps; nothing where something of it would be lost, or rows cannot be followed. */
export function shadowInSteps(shadow: Shadow): Rewrite | undefined {
  const { catalog, relation, from, to, definition, back } = shadow;
  const [old, fresh] = [quoteIdentifier(from.name), quoteIdentifier(to)];
  const { name, callable, tables } = triggerOf(shadow);
  const carried = tryCarry(shadow);
  const backfill = tryBackfillStep({
    title: 'old rows follow: the trigger fills what is null, a thousand at a time',
    assignments: `${fresh} = NULL`,
    condition: `${fresh} IS NULL${back === undefined ? '' : ` AND ${old} IS NOT NULL`}`,
  }, relation.id, catalog);
  return carried && backfill && [
    { title: 'the new column beside the old one; a lock for a moment', sql: `ALTER TABLE ${relation.id} ADD COLUMN ${fresh} ${definition};` },
    functionStep(shadow, callable),
    ...tables.map((table) => ({
      title: 'writers wait for a moment', sql: `CREATE TRIGGER ${name} BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE PROCEDURE ${callable}();`,
    })),
    backfill,
    ...from.notNull === 'yes' ? notNullInSteps(shadow, relation.id, to) : [],
    ...carried.expand,
    ...contractSteps(shadow, carried),
  ];
}

function functionStep({ from, to, forward, back, isZoned }: Shadow, callable: string): RewriteStep {
  const [old, fresh] = [fieldName(from.name), fieldName(to)];
  // What programs set in their sessions changes nothing of what USING says.
  const settings = `${back === undefined ? ' SET search_path FROM CURRENT' : ''}${isZoned ? ' SET timezone FROM CURRENT' : ''}`;
  const changes = (column: string) => `ROW(NEW.${column})::record *<> ROW(OLD.${column})::record`;
  const body = back === undefined ? `  IF TG_OP = 'INSERT' THEN
    IF NEW.${fresh} IS NULL THEN
      NEW.${fresh} := ${forward};
    END IF;
  ELSIF NOT (${changes(fresh)}) AND (NEW.${fresh} IS NULL OR ${changes(old)}) THEN
    NEW.${fresh} := ${forward};
  END IF;` : `  IF TG_OP = 'INSERT' THEN
    IF NEW.${fresh} IS NULL THEN
      NEW.${fresh} := ${forward};
    ELSE
      NEW.${old} := ${back};
    END IF;
  ELSIF ${changes(old)} THEN
    NEW.${fresh} := ${forward};
  ELSIF ${changes(fresh)} THEN
    NEW.${old} := ${back};
  ELSIF NEW.${fresh} IS NULL THEN
    NEW.${fresh} := ${forward};
  END IF;`;
  return {
    title: back === undefined
      ? 'the new column follows the old one; the next version writes both, as nothing tells the old value from the new one (*<> compares what is stored)'
      : 'whichever of the two a program writes, the other follows (*<> compares what is stored)',
    sql: `CREATE FUNCTION ${callable}() RETURNS trigger LANGUAGE plpgsql${settings} AS $sync$
BEGIN
${body}
  RETURN NEW;
END
$sync$;`,
  };
}

function contractSteps(shadow: Shadow, { unbound, contract }: Carried): RewriteStep[] {
  const { relation, from, back } = shadow;
  const { name, callable, tables } = triggerOf(shadow);
  const old = quoteIdentifier(from.name);
  const partial = relation.indexes.filter(({ isPlain }) => !isPlain).map((index) => index.name);
  const unbind = tables.map((each) => `DROP TRIGGER ${name} ON ${each};`);
  const table = `ALTER TABLE ${relation.id}`;
  const gone = partial.length === 0 ? '' : `; make ${partial.join(', ')} again before, if the WHERE or an expression of it names the column`;
  const isAtOnce = { needsNoTransaction: true, isContract: true };
  // At once: without the trigger, an old column that is NOT NULL would refuse what the new version writes. The table comes first, and then
  // its partitions, as they do for whoever writes them.
  return back !== undefined
    ? [{ title: `when every instance uses the new column, the old one goes${gone}`, sql: together([`${table} DROP COLUMN ${old};`, ...unbind, ...unbound, ...contract, `DROP FUNCTION ${callable}();`]), ...isAtOnce }]
    : [
      {
        title: 'when every instance writes both, nothing follows, and the old column may stay empty',
        sql: together([`${table} ALTER COLUMN ${old} DROP NOT NULL;`, ...unbind, ...unbound, `DROP FUNCTION ${callable}();`]),
        ...isAtOnce,
      },
      { title: `when no instance writes the old column, it goes${gone}`, sql: together([`${table} DROP COLUMN ${old};`, ...contract]), ...isAtOnce },
    ];
}

function together(statements: readonly string[]): string {
  return ['BEGIN;', ...statements, 'COMMIT;'].join('\n');
}
