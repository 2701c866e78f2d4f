import { Duration } from 'cdk8s';
import { Health, ZeroDowntimeServiceProps } from 'zero-downtime';

/** A legal declaration with one thing broken. Factories may already throw while it is made. */
export type Break = (legal: ZeroDowntimeServiceProps) => ZeroDowntimeServiceProps;

/** What is broken, how the message must name it, and whether a factory finds it, which knows no construct. */
export interface Illegal {
  readonly title: string;
  readonly field: RegExp;
  readonly break: Break;
  readonly isFoundByFactory?: boolean;
}

/** Found by the construct, which names its path. */
export function found(title: string, field: RegExp, change: Partial<ZeroDowntimeServiceProps> | (() => Partial<ZeroDowntimeServiceProps>)): Illegal {
  return { title, field, break: (legal) => ({ ...legal, ...(typeof change === 'function' ? change() : change) }) };
}

/** Found where the value is made. */
export function refused(title: string, field: RegExp, make: () => unknown): Illegal {
  return { title, field, break: (legal) => ({ ...legal, ...(make() as object) }), isFoundByFactory: true };
}

export const seconds = (amount: number) => Duration.seconds(amount);
export const health = Health.http({ readiness: '/ready', liveness: '/live' });
