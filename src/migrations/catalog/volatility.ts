import type { Node } from 'libpg-query';
import type { Catalog, Volatility } from './catalog';
import { as, kindOf, namesOf, nodesIn } from '../sql/node';

/** Functions of PostgreSQL that give another answer in each row. */
const VOLATILE = new Set([
  'random', 'random_normal', 'setseed', 'clock_timestamp', 'timeofday', 'gen_random_uuid', 'uuidv4', 'uuidv7', 'nextval', 'setval', 'currval', 'lastval',
  'uuid_generate_v1', 'uuid_generate_v1mc', 'uuid_generate_v4', 'gen_random_bytes', 'pg_sleep', 'txid_current', 'pg_current_xact_id', 'set_config',
]);

/** Functions of PostgreSQL that are known to be stable or immutable, of those that defaults are made of. */
const STEADY = new Set((
  'now statement_timestamp transaction_timestamp current_setting current_database current_schema current_user session_user lower upper length concat '
  + 'concat_ws md5 sha256 encode decode to_char to_date to_timestamp to_number date_trunc date_part extract timezone make_date make_interval '
  + 'make_timestamp make_timestamptz age abs round floor ceil ceiling trunc mod power sqrt greatest least substr substring trim btrim ltrim rtrim '
  + 'replace translate left right lpad rpad repeat reverse format split_part array_length cardinality array_append array_cat array_fill string_to_array '
  + 'jsonb_build_object jsonb_build_array json_build_object json_build_array to_json to_jsonb jsonb_set row_to_json array_to_json int4range int8range '
  + 'numrange tsrange tstzrange daterange to_tsvector to_tsquery pg_backend_pid inet_client_addr version'
).split(' '));

/** Whether an expression must be worked out anew for each row; with the function that asks for it. */
export function volatileIn(expression: Node | undefined, catalog: Catalog): { readonly function: string; readonly isKnown: boolean } | undefined {
  for (const node of nodesIn(expression)) {
    const call = as(node, 'FuncCall');
    if (call) {
      const names = namesOf(call.funcname);
      const volatility = volatilityOf(names, catalog);
      if (volatility === 'volatile' || volatility === undefined) {
        return { function: names.join('.'), isKnown: volatility !== undefined };
      }
    }
  }
  return undefined;
}

function volatilityOf(names: readonly string[], catalog: Catalog): Volatility | undefined {
  const last = names[names.length - 1];
  return catalog.tryFindFunction(names)?.volatility ?? (VOLATILE.has(last) ? 'volatile' : STEADY.has(last) ? 'stable' : undefined);
}

/** Whether an expression is a constant: no function, no column. */
export function isConstant(expression: Node | undefined): boolean {
  return ![...nodesIn(expression)].some((node) => ['FuncCall', 'ColumnRef', 'SQLValueFunction', 'SubLink'].includes(kindOf(node)));
}
