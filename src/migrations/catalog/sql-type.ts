import type { TypeName } from 'libpg-query';
import { qualifiedName } from '../../sql/quote';
import { integerOf, namesOf } from '../sql/node';

/** A type as a column has it. */
export interface SqlType {
  /** PostgreSQL's own name (`int4`, `varchar`), or that of a domain, an enum or an extension's type with its schema. */
  readonly name: string;
  readonly modifiers: readonly number[];
  readonly isArray: boolean;
}

const SERIALS: Readonly<Record<string, string>> = {
  smallserial: 'int2', serial2: 'int2', serial: 'int4', serial4: 'int4', bigserial: 'int8', serial8: 'int8',
};

/** The type that a name stands for, before domains and enums are looked up. */
export function sqlTypeOf(type: TypeName | undefined): SqlType {
  const names = namesOf(type?.names);
  const plain = names.length === 2 && names[0] === 'pg_catalog' ? names.slice(1) : names;
  return {
    name: SERIALS[plain.join('.')] ?? (plain.length === 1 ? plain[0] : qualifiedName(plain)),
    modifiers: (type?.typmods ?? []).map((modifier) => integerOf(modifier) ?? 0),
    isArray: (type?.arrayBounds ?? []).length > 0,
  };
}

/** Whether a type is a sequence in disguise. */
export function isSerial(type: TypeName | undefined): boolean {
  return SERIALS[namesOf(type?.names).join('.')] !== undefined;
}

const WRITTEN: Readonly<Record<string, string>> = {
  int2: 'smallint', int4: 'integer', int8: 'bigint', float4: 'real', float8: 'double precision', bool: 'boolean', bpchar: 'char',
};

const ZONED = /^(timestamp|time)(tz)?$/;

/** A type as SQL. */
export function typeText({ name, modifiers, isArray }: SqlType): string {
  const zone = ZONED.exec(name);
  const written = modifiers.length === 0 ? '' : `(${modifiers.join(',')})`;
  const base = zone
    ? `${zone[1]}${written}${zone[2] ? ' with time zone' : ''}`
    : name === 'interval' && modifiers.length > 0 ? `interval${modifiers.length > 1 ? `(${modifiers[1]})` : ''}`
      // The grammar gives a char without a length one of 1.
      : `${WRITTEN[name] ?? name}${written}`;
  return `${base}${isArray ? '[]' : ''}`;
}
