import type { Context } from './context';
import type { ContainerSpec } from '../spec/container-spec';
import { hasMovingTag } from '../spec/image';
import { quoted } from '../spec/values';

const SECRET_NAME = /(^|_)(PASSWORD|PASSWD|PASS|SECRET|TOKEN|API_?KEY|PRIVATE_KEY|ACCESS_KEY|CREDENTIALS)$/i;
const URL_WITH_PASSWORD = /^[a-z][-a-z0-9+.]*:\/\/[^/?#\s:@]*:[^/?#\s@]+@/i;

/** Looks for what is legal and still unwise. A team silences each with a reason. */
export function warnOfWeaknesses({ spec, ledger }: Context): void {
  const containers = [spec.container, ...spec.initContainers, ...spec.sidecars];
  for (const { image } of containers.filter((container) => hasMovingTag(container.image))) {
    ledger.warn('moving-image-tag', `image ${quoted(image)} has a moving tag: a restarted pod may run another program than the one released; `
      + 'give a version or a digest');
  }
  const readiness = spec.health.readiness._action;
  if (readiness.kind === 'tcp') {
    ledger.warn('connect-only-readiness', 'the readiness probe only connects: a pod that cannot serve counts as ready; give a path that answers 503 then');
  } else if (JSON.stringify(readiness) === JSON.stringify(spec.health.liveness._action)) {
    ledger.warn('same-probe', 'readiness and liveness ask the same: what takes a pod out of traffic also restarts it; leave liveness out, or give it a path of its own');
  }
  for (const container of containers) {
    warnOfLiteralSecrets(ledger, container);
  }
  for (const [name, value] of Object.entries(spec.config)) {
    if (looksSecret(name, value)) {
      ledger.warn('literal-secret', `config ${name} looks like a secret: whoever reads the manifest reads it; use Env.secretKey`);
    }
  }
}

function warnOfLiteralSecrets(ledger: Context['ledger'], container: ContainerSpec): void {
  for (const [name, { _source }] of Object.entries(container.env)) {
    const value = _source.kind === 'value' || _source.kind === 'raw' ? _source.value : undefined;
    if (value !== undefined && looksSecret(name, value)) {
      ledger.warn('literal-secret', `env ${name} of ${container.name} looks like a secret: whoever reads the manifest reads it; use Env.secretKey`);
    }
  }
}

function looksSecret(name: string, value: string): boolean {
  return value !== '' && (SECRET_NAME.test(name) || URL_WITH_PASSWORD.test(value));
}
