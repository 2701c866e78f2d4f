import { Health, ZeroDowntimeService, type ZeroDowntimeServiceArgs } from 'zero-downtime/pulumi';
import { type Ran, run, type Running } from './program';

/** The least that a service needs. */
export const SOUND: ZeroDowntimeServiceArgs = {
  image: 'registry.example.com/payments:2.1.0', port: 3000, health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
};

/** Runs a program of one service. */
export function declare(args: Partial<ZeroDowntimeServiceArgs> = {}, running?: Running): Promise<Ran<ZeroDowntimeService>> {
  return run(() => new ZeroDowntimeService('payments', { ...SOUND, ...args }), running);
}

/** What a program throws, and what it registered before. */
export async function refusalOf(program: () => unknown): Promise<{ error: any; registered: readonly string[] }> {
  let error: unknown;
  const { resources } = await run(() => {
    try {
      program();
    } catch (thrown) {
      error = thrown;
    }
  });
  return { error, registered: resources.map(({ name }) => name) };
}
