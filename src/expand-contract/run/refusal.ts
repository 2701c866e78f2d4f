import { SERVER_ADVICE } from './server-advice';

/** What a server answers instead of doing what it was asked. */
export interface Refusal {
  /** The SQLSTATE. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** What a server refused, or nothing where the connection was lost, or something else is wrong: then nobody knows what was done. */
export function refusalOf(error: unknown): Refusal | undefined {
  const { code, message, hint, severity } = error as Partial<Refusal> & { readonly severity?: unknown };
  // Only a server tells a severity: EPIPE, which a socket tells, would pass for a SQLSTATE.
  const isRefusal = typeof severity === 'string' && typeof code === 'string' && !/^(08|57P)/.test(code);
  return isRefusal ? { code, message: message ?? '', hint } : undefined;
}

/** Whether the same may well succeed a moment later: a deadlock, or a lock that somebody else had. */
export function passes({ code }: Refusal): boolean {
  return code.startsWith('40') || code === '55P03' || code === '55006';
}

const ADVICE: Readonly<Record<string, string>> = {
  42501: 'run it as the owner of the table, who may create the schema zero_downtime or owns it',
  23505: 'make the values unique and run it again, or abort',
};

/** As one sentence with its remedy: never a row's values, which a server tells as a detail. */
export function refusalText({ code, message, hint }: Refusal): string {
  const advice = SERVER_ADVICE[code] ?? hint ?? ADVICE[code];
  return `${message} (${code})${advice === undefined ? '' : `; ${advice}`}`;
}
