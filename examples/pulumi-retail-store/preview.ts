import { ZeroDowntimeService } from 'zero-downtime/pulumi';
import type * as Program from './index';
import { type Registered, registeredBy } from './mocked-stack';
import { treeOf } from './resource-tree';

const SECRET = 'from-the-configuration';

/** Runs the program as Pulumi would, but without its engine: nothing is created, and every value is known at once. */
export async function preview(): Promise<{ registered: Registered[]; text: string }> {
  let program: typeof Program | undefined;
  const config = { catalogPassword: SECRET, cartsSecretKey: SECRET, ordersPassword: SECRET };
  const registered = await registeredBy(() => {
    // Only now: what a program declares, it declares while it is loaded.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    program = require('./index') as typeof Program;
  }, { project: 'retail-store', stack: 'dev', config });
  const { url, gracePeriods } = program!;
  const known = await new Promise<string>((resolve) => url.apply(resolve));
  const services = registered.filter(({ resource }) => resource instanceof ZeroDowntimeService).length;
  const theirs = registered.filter(({ parent }) => parent instanceof ZeroDowntimeService).length;
  const text = [
    `${services} services, ${theirs} objects of theirs, ${registered.length - services - theirs} around them`,
    '',
    treeOf(registered),
    'Outputs',
    `  url           ${known}`,
    `  gracePeriods  ${Object.entries(gracePeriods).map(([name, seconds]) => `${name} ${seconds}s`).join(', ')}`,
    '',
  ].join('\n');
  return { registered, text };
}

if (require.main === module) {
  void preview().then(({ text }) => process.stdout.write(text));
}
