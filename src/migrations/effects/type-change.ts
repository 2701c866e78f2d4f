import type { Node } from 'libpg-query';
import type { Surroundings } from './effect';
import type { SqlType } from '../catalog/sql-type';
import { as, kindOf, namesOf } from '../sql/node';

/** What a change of a column's type costs. */
export interface TypeChange {
  readonly rewrites: boolean;
  /** Whether an index over the column is built anew even so. */
  readonly rebuildsIndexes: boolean;
  readonly because: string;
}

const KEPT: TypeChange = { rewrites: false, rebuildsIndexes: false, because: 'both types are stored alike' };

/** Pairs of types that are stored alike: `pg_cast` has no function for them, and their indexes compare alike. */
const STORED_ALIKE = new Set(['varchar>text', 'text>varchar', 'cidr>inet', 'xml>text', 'xml>varchar', 'bpchar>bpchar']);
/** Pairs that are stored alike, and whose indexes use another class of operators. */
const STORED_ALIKE_OTHER_INDEX = new Set(['int4>oid', 'oid>int4', 'int4>regclass', 'regclass>oid', 'bit>varbit', 'varbit>bit', 'text>bpchar', 'varchar>bpchar']);

/** Whether a change of type rewrites the table, from what is known of the old one. */
export function typeChangeOf(from: SqlType | undefined, to: SqlType, using: Node | undefined, surroundings: Surroundings): TypeChange {
  if (from === undefined) {
    return rewrite('the old type is not known, so that a rewrite cannot be ruled out');
  }
  if (using !== undefined && !isPlainCast(using, to, surroundings)) {
    return rewrite('USING works out a new value for every row');
  }
  return baseChange(from, to, surroundings);
}

function rewrite(because: string): TypeChange {
  return { rewrites: true, rebuildsIndexes: true, because };
}

function baseChange(from: SqlType, to: SqlType, surroundings: Surroundings): TypeChange {
  const domain = surroundings.catalog.tryFindType(to.name);
  if (domain?.kind === 'domain' && domain.base && from.name !== to.name) {
    return domain.isConstrained ? rewrite(`the domain ${to.name} is checked for every row`) : baseChange(from, domain.base, surroundings);
  }
  const old = surroundings.catalog.tryFindType(from.name);
  if (old?.kind === 'domain' && old.base && from.name !== to.name) {
    return baseChange(old.base, to, surroundings);
  }
  if (from.isArray !== to.isArray) {
    return rewrite('an array is stored otherwise');
  }
  if (from.name !== to.name && !from.isArray) {
    return otherType(from, to, surroundings);
  }
  return from.name === to.name && (from.isArray ? to.modifiers.length === 0 || sameModifiers(from, to) : keepsModifiers(from, to)) ? KEPT : rewrite('the values are cut, rounded or padded to the new length');
}

function otherType(from: SqlType, to: SqlType, { version, isUtc }: Surroundings): TypeChange {
  const pair = `${from.name}>${to.name}`;
  const fits = to.modifiers.length === 0 || (to.name === 'varchar' && from.name === 'varchar');
  if (STORED_ALIKE.has(pair) && fits) {
    return KEPT;
  }
  if (STORED_ALIKE_OTHER_INDEX.has(pair) && fits) {
    return { ...KEPT, rebuildsIndexes: true };
  }
  if (isZoneChange(from, to) && version >= 12 && isUtc === true && (to.modifiers.length === 0 || to.modifiers[0] >= 6)) {
    return { rewrites: false, rebuildsIndexes: true, because: 'the session\'s time zone is UTC' };
  }
  return rewrite(isZoneChange(from, to) ? 'the time zone of the session is not known to be UTC' : `${from.name} is stored otherwise than ${to.name}`);
}

function isZoneChange(from: SqlType, to: SqlType): boolean {
  return [`${from.name}>${to.name}`].some((pair) => pair === 'timestamp>timestamptz' || pair === 'timestamptz>timestamp');
}

/** Whether no value changes under the new length, precision or scale. */
function keepsModifiers(from: SqlType, to: SqlType): boolean {
  switch (to.name) {
    case 'varchar': case 'varbit': return widens(from, to);
    case 'timestamp': case 'timestamptz': case 'time': case 'timetz': return widens(from, to, 6);
    case 'numeric': return keepsNumeric(from, to);
    case 'interval': return keepsInterval(from, to);
    default: return sameModifiers(from, to);
  }
}

function sameModifiers(from: SqlType, to: SqlType): boolean {
  return from.modifiers.join() === to.modifiers.join();
}

function widens(from: SqlType, to: SqlType, most?: number): boolean {
  const [wide] = to.modifiers;
  const [narrow] = from.modifiers;
  return wide === undefined || (most !== undefined && wide >= most) || (narrow !== undefined && narrow <= wide);
}

/** What an interval that keeps seconds adds to the number of its fields: a power of two. */
const SECONDS = 4096;

/** Seconds must be kept, and as many of their digits. */
function keepsInterval(from: SqlType, to: SqlType): boolean {
  const [fields, digits = 6] = to.modifiers;
  const [, oldDigits = 6] = from.modifiers;
  const keepsSeconds = fields === undefined || Math.floor(fields / SECONDS) % 2 === 1;
  return sameModifiers(from, to) || (keepsSeconds && digits >= oldDigits);
}

/** A larger precision keeps every value, another scale none. */
function keepsNumeric(from: SqlType, to: SqlType): boolean {
  const [precision, scale = 0] = to.modifiers;
  const [oldPrecision, oldScale = 0] = from.modifiers;
  return precision === undefined || (oldPrecision !== undefined && scale === oldScale && precision >= oldPrecision);
}

/** Whether USING is what PostgreSQL would do by itself: the column, or the column cast to the new type. */
function isPlainCast(using: Node, to: SqlType, { catalog }: Surroundings): boolean {
  const cast = as(using, 'TypeCast');
  if (cast) {
    const target = catalog.resolve(cast.typeName);
    return cast.arg !== undefined && isPlainCast(cast.arg, to, { catalog } as Surroundings) && target.name === to.name && sameModifiers(target, to);
  }
  return kindOf(using) === 'ColumnRef' && namesOf(as(using, 'ColumnRef')?.fields).length > 0;
}
