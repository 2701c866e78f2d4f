import { Field } from './field';
import { httpHeaderName } from './names';
import { portNumber, portNumberOrName } from './ports';

const PROBE_HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const LIFECYCLE_HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'sleep'];

export function probes(container: Field): void {
  const [liveness, readiness, startup] = ['livenessProbe', 'readinessProbe', 'startupProbe'].map((name) => container.get(name));
  [liveness, readiness, startup].filter((field) => field.isSet).forEach(probe);
  for (const field of [liveness, startup]) {
    field.get('successThreshold').refuseIf((field.get('successThreshold').number ?? 1) !== 1, 'must be 1');
  }
  readiness.get('terminationGracePeriodSeconds')
    .refuseIf(readiness.get('terminationGracePeriodSeconds').isSet, 'must not be set for readinessProbes');
}

export function lifecycle(field: Field, terminationGracePeriodSeconds: number): void {
  for (const hook of [field.get('postStart'), field.get('preStop')].filter((candidate) => candidate.isSet)) {
    hook.exactlyOneOf(LIFECYCLE_HANDLERS);
    action(hook);
    sleep(hook.get('sleep', 'seconds'), terminationGracePeriodSeconds);
  }
}

function probe(field: Field): void {
  field.exactlyOneOf(PROBE_HANDLERS);
  action(field);
  field.get('initialDelaySeconds').atLeast(0);
  // The API server replaces zeros by its defaults without a word, which is never what a zero was meant to say.
  for (const name of ['periodSeconds', 'timeoutSeconds', 'failureThreshold', 'successThreshold']) {
    field.get(name).atLeast(1);
  }
  field.get('terminationGracePeriodSeconds').atLeast(1);
}

function action(handler: Field): void {
  const [exec, httpGet] = [handler.get('exec'), handler.get('httpGet')];
  exec.get('command').refuseIf(exec.isSet && exec.get('command').items.length === 0, 'required');
  httpGet.get('scheme').oneOf(['HTTP', 'HTTPS']);
  portNumberOrName(httpGet.get('port'));
  httpGet.get('httpHeaders').items.forEach((header) => header.get('name').requiredName(httpHeaderName));
  portNumberOrName(handler.get('tcpSocket', 'port'));
  portNumber(handler.get('grpc', 'port'));
}

/** Zero is refused although Kubernetes 1.34 allows it: older ones do not. */
function sleep(seconds: Field, terminationGracePeriodSeconds: number): void {
  const broken = seconds.number !== undefined && (seconds.number <= 0 || seconds.number > terminationGracePeriodSeconds);
  seconds.refuseIf(broken, `must be greater than 0 and at most terminationGracePeriodSeconds (${terminationGracePeriodSeconds})`);
}
