import { Duration } from 'cdk8s';
import { expectDefault, objectOf, Proofs } from './proof';
import { FlaggerWebhook, type FlaggerWebhookOptions } from '../../../src/spec/rollout/flagger-webhook';
import { Rollout } from '../../../src/spec/rollout/rollout';
import { type FlaggerOptions, RolloutEngine } from '../../../src/spec/rollout/rollout-engine';
import { Traffic } from '../../../src/spec/traffic/traffic';
import type { Props } from '../../plan/declare';

const URL = 'http://flagger-loadtester.test/';
const released = (options?: FlaggerOptions): Props =>
  ({ traffic: [Traffic.istio()], rollout: Rollout.canary({ engine: RolloutEngine.flagger(options) }) });
const hooked = (options: Partial<FlaggerWebhookOptions> = {}): Props =>
  released({ webhooks: [FlaggerWebhook.loadTest('load', { url: URL, ...options })] });

/** What Flagger calls. */
export const FLAGGER_PROOFS: Proofs = {
  'FlaggerOptions.webhooks': () => {
    expectDefault(released(), released({ webhooks: [] }), hooked());
    expect(objectOf('Canary', released()).spec.analysis).not.toHaveProperty('webhooks');
  },
  'FlaggerWebhookOptions.timeout': () => expectDefault(hooked(), hooked({ timeout: Duration.seconds(10) }), hooked({ timeout: Duration.seconds(11) })),
  'FlaggerWebhookOptions.metadata': () => {
    expectDefault(hooked(), hooked({ metadata: {} }), hooked({ metadata: { cmd: 'true' } }));
    expect(objectOf('Canary', hooked()).spec.analysis.webhooks[0]).not.toHaveProperty('metadata');
  },
};
