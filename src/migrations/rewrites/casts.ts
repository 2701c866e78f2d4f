import type { Catalog } from '../catalog/catalog';
import type { SqlType } from '../catalog/sql-type';

/** Types of which each is cast to each other. */
const FAMILIES: readonly (readonly string[])[] = [
  ['int2', 'int4', 'int8', 'float4', 'float8', 'numeric'],
  ['text', 'varchar', 'bpchar'],
  ['timestamp', 'timestamptz', 'date'],
  ['time', 'timetz'],
  ['time', 'interval'],
  ['json', 'jsonb'],
  ['inet', 'cidr'],
  ['bit', 'varbit'],
  ['bool', 'int4'],
];

/** Whether a type holds texts. */
export function isText({ name, isArray }: SqlType): boolean {
  return !isArray && FAMILIES[1].includes(name);
}

/** Whether both types are numbers. */
export function areNumbers(...types: readonly SqlType[]): boolean {
  return types.every(({ name, isArray }) => !isArray && FAMILIES[0].includes(name));
}

/** Whether PostgreSQL casts values of one type to another and back; everything is cast to texts, and from them. */
export function isCastBothWays(one: SqlType, other: SqlType, catalog: Catalog): boolean {
  const [from, to] = [underlying(one, catalog), underlying(other, catalog)];
  if (isText(from) || isText(to)) {
    return true;
  }
  return from.isArray === to.isArray && (from.name === to.name || FAMILIES.some((family) => family.includes(from.name) && family.includes(to.name)));
}

/** What is stored: the type under a domain. */
export function underlying(type: SqlType, catalog: Catalog): SqlType {
  const domain = type.isArray ? undefined : catalog.tryFindType(type.name);
  return domain?.kind === 'domain' && domain.base !== undefined ? underlying(domain.base, catalog) : type;
}

/** Whether what a value of the one type is in the other depends on the time zone of the session. */
export function dependsOnZone(one: SqlType, other: SqlType): boolean {
  const isZoned = ({ name }: SqlType) => name === 'timestamptz' || name === 'timetz';
  return isZoned(one) !== isZoned(other);
}
