import type { TableName } from './change';
import { tableOf, type TwoShapes } from './dual-write';
import { isNotNull, notNullUnits } from './not-null';
import type { Carried, Unit } from './phases';
import { unit } from './units';
import { quoteLiteral } from '../../sql/quote';

/** A column that takes the place of another is NOT NULL where that one is, and has its indexes. */
export function likeOld(change: TableName & Pick<Carried, 'from' | 'to'>, what: 'all' | 'plain'): readonly Unit[] {
  const { from, to } = change;
  return [
    ...notNullUnits(change, to, isNotNull(change, from)),
    { ...unit(change, `the indexes of ${from} are there for ${to}`, ''), carries: { from, to, what } },
  ];
}

/** Where it holds the same values, what holds for them holds for it, and whoever refers to that one may refer to it: one constraint after another. */
export function constraintsLikeOld(name: string, change: TableName & Pick<Carried, 'from' | 'to'>): readonly Unit[] {
  const { from, to } = change;
  const columns = [tableOf(change), from, to].map(quoteLiteral).join(', ');
  const carrying = (title: string, refers: boolean): Unit => ({
    ...unit(change, title, `SELECT zero_downtime.carry_constraint(${quoteLiteral(name)}, ${columns}, ${refers});`),
    isLeft: `EXISTS (SELECT 1 FROM zero_downtime.constraints_to_carry(${columns}, ${refers}))`,
  });
  return [
    carrying(`what holds for ${from} holds for new rows of ${to}`, false),
    carrying(`who refers to ${from} refers to ${to}`, true),
    {
      ...unit(change, `all of that holds for old rows of ${to}`, `SELECT zero_downtime.prove_constraint(${quoteLiteral(name)});`),
      isLeft: `EXISTS (SELECT 1 FROM zero_downtime.constraints_to_prove(${quoteLiteral(name)}))`,
    },
  ];
}

/** What has not come along is told in time: contract will ask for it. */
export function lookThrough(table: TableName, from: string, to: string): Unit {
  return { ...unit(table, `what stands on ${from} is looked through`, ''), carries: { from, to, what: 'nothing' } };
}

/** Where one column takes the place of another, what was made for it takes over the names; what refers to one that goes, goes before. */
export function namesOf({ migration, table, olds, news }: TwoShapes): Readonly<Record<'before' | 'after' | 'atAbort', readonly string[]>> {
  const name = quoteLiteral(migration);
  return olds.length > 1 || news.length > 1 ? { before: [], after: [], atAbort: [] } : {
    before: [`SELECT zero_downtime.know_names(${name});`, `SELECT zero_downtime.drop_references(${name}, true);`],
    after: [`SELECT zero_downtime.take_names(${name}, ${quoteLiteral(tableOf(table))});`],
    atAbort: [`SELECT zero_downtime.drop_references(${name}, false);`],
  };
}
