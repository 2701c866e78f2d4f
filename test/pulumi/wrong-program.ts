import * as pulumi from '@pulumi/pulumi';
import { Health, ZeroDowntimeService } from 'zero-downtime/pulumi';

/** A program as Pulumi's own process runs it, which tells of what nobody handles as this does. */
const told = new Set<unknown>();
process.on('unhandledRejection', (error: Error) => {
  if (!told.has(error)) {
    told.add(error);
    process.stderr.write(`error: ${pulumi.RunError.isInstance(error as unknown) ? error.message : error.stack}\n`);
  }
  process.exitCode = 1;
});

void pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: ({ inputs }) => inputs });

new ZeroDowntimeService('payments', {
  image: pulumi.output('no image'), port: 3000, labels: { team: 'shop' }, health: Health.http({ readiness: '/ready', liveness: '/healthz' }),
});
