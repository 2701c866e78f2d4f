import type { Node } from 'libpg-query';
import { allOf, as, integerOf, namesOf, stringOf } from './sql/node';

/** What a session is set to, as far as verdicts depend on it. */
export interface Session {
  /** Whether a transaction is open, and who opened it. */
  readonly transaction: 'none' | 'runner' | 'script';
  /** Milliseconds; 0 waits for ever. Nothing where nobody set it. */
  readonly lockTimeout?: number;
  readonly statementTimeout?: number;
  readonly isUtc: boolean;
  /** What SET LOCAL will give back. */
  readonly outside?: Omit<Session, 'transaction' | 'outside'>;
}

/** The session after a statement. */
export function sessionAfter(session: Session, statement: Node): Session {
  const transaction = as(statement, 'TransactionStmt');
  if (transaction) {
    return afterTransaction(session, transaction.kind ?? '');
  }
  const set = as(statement, 'VariableSetStmt');
  if (set) {
    const [value] = set.args ?? [];
    const changed = withSetting(session, set.name ?? '', set.kind === 'VAR_SET_VALUE' ? stringOf(value) ?? integerOf(value) ?? zoneOf(value) : undefined);
    const { lockTimeout, statementTimeout, isUtc } = session;
    return set.is_local ? { ...changed, outside: session.outside ?? { lockTimeout, statementTimeout, isUtc } } : changed;
  }
  return configured(session, statement);
}

function afterTransaction(session: Session, kind: string): Session {
  if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') {
    return session.transaction === 'none' ? { ...session, transaction: 'script' } : session;
  }
  if (kind === 'TRANS_STMT_COMMIT' || kind === 'TRANS_STMT_ROLLBACK') {
    const { outside, ...rest } = session;
    return { ...rest, ...outside, transaction: 'none' };
  }
  return session;
}

function withSetting(session: Session, name: string, value: string | number | undefined): Session {
  switch (name) {
    case 'lock_timeout': return { ...session, lockTimeout: millisecondsOf(value) };
    case 'statement_timeout': return { ...session, statementTimeout: millisecondsOf(value) };
    case 'timezone': case 'TimeZone': return { ...session, isUtc: /^(utc|etc\/utc|gmt|0)$/i.test(String(value)) };
    default: return session;
  }
}

/** `SET TIME ZONE 'UTC'` has a constant of its own kind. */
function zoneOf(node: Node | undefined): string | undefined {
  return stringOf(as(node, 'TypeCast')?.arg);
}

const UNITS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time as PostgreSQL's settings are written: a number of milliseconds, or one with a unit. */
export function millisecondsOf(value: string | number | undefined): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/.exec(String(value ?? ''));
  return match === null ? undefined : Number(match[1]) * (UNITS[match[2] || 'ms'] ?? 1);
}

/** `SELECT set_config('lock_timeout', '2s', …)`. */
function configured(session: Session, statement: Node): Session {
  return allOf(as(statement, 'SelectStmt')?.targetList, 'ResTarget').reduce((set, { val }) => {
    const { funcname, args = [] } = as(val, 'FuncCall') ?? {};
    return namesOf(funcname).slice(-1)[0] === 'set_config' ? withSetting(set, stringOf(args[0]) ?? '', stringOf(args[1])) : set;
  }, session);
}
