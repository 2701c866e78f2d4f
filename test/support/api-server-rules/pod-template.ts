import { environment } from './environment';
import { Field, refuseDuplicates } from './field';
import { lifecycle, probes } from './handlers';
import { labelsAndAnnotations } from './metadata';
import { dns1123Label, dns1123Subdomain } from './names';
import { containerPorts, hostPortConflicts } from './ports';
import { resourceRequirements } from './resources';
import { scheduling } from './scheduling';
import { volumeMounts, volumes } from './volumes';

const DEFAULT_TERMINATION_GRACE_PERIOD_SECONDS = 30;
const MAX_INT_32 = 2 ** 31 - 1;
const INIT_CONTAINER_REFUSALS = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'];

export interface PodTemplateOptions {
  /** Volumes that do not come from the pod spec, as those of a StatefulSet's claim templates. */
  readonly otherVolumes?: readonly string[];
  /** The restart policies that the workload allows; a pod on its own allows all. */
  readonly restartPolicies?: readonly string[];
}

interface PodContext {
  readonly volumes: ReadonlySet<string>;
  readonly terminationGracePeriodSeconds: number;
  readonly hostNetwork: boolean;
}

export function podTemplate(template: Field, options: PodTemplateOptions = {}): void {
  labelsAndAnnotations(template.get('metadata'));
  podSpec(template.get('spec'), options);
}

export function podSpec(spec: Field, options: PodTemplateOptions = {}): void {
  const grace = spec.get('terminationGracePeriodSeconds');
  grace.atLeast(0);
  spec.get('activeDeadlineSeconds').within(1, MAX_INT_32);
  restartPolicy(spec.get('restartPolicy'), options.restartPolicies);
  spec.get('hostname').name(dns1123Label);
  spec.get('subdomain').name(dns1123Label);
  spec.get('serviceAccountName').name(dns1123Subdomain);
  spec.get('priorityClassName').name(dns1123Subdomain);
  scheduling(spec);
  containers(spec, {
    volumes: new Set([...volumes(spec.get('volumes')), ...options.otherVolumes ?? []]),
    terminationGracePeriodSeconds: grace.number ?? DEFAULT_TERMINATION_GRACE_PERIOD_SECONDS,
    hostNetwork: spec.get('hostNetwork').value === true,
  });
}

function restartPolicy(field: Field, allowed: readonly string[] | undefined): void {
  // The default is Always, which Jobs refuse: they have to say something else.
  const policy = field.text ?? 'Always';
  field.refuseIf(allowed !== undefined && !allowed.includes(policy), `must be one of ${allowed?.join(', ')}`);
}

function containers(spec: Field, pod: PodContext): void {
  const [main, init] = [spec.get('containers'), spec.get('initContainers').items];
  main.refuseIf(spec.isSet && main.items.length === 0, 'required');
  for (const field of [...main.items, ...init]) {
    container(field, pod);
  }
  for (const field of init.filter((candidate) => candidate.get('restartPolicy').text !== 'Always')) {
    for (const name of INIT_CONTAINER_REFUSALS) {
      field.get(name).refuseIf(field.get(name).isSet, 'must not be set for init containers that do not restart');
    }
  }
  refuseDuplicates([...main.items, ...init], (field) => field.get('name').text, 'duplicate container');
  hostPortConflicts(main.items);
}

function container(field: Field, pod: PodContext): void {
  field.get('name').requiredName(dns1123Label);
  field.get('image').require();
  field.get('imagePullPolicy').oneOf(['Always', 'IfNotPresent', 'Never']);
  containerPorts(field.get('ports'), pod.hostNetwork);
  environment(field);
  volumeMounts(field, pod.volumes);
  probes(field);
  lifecycle(field.get('lifecycle'), pod.terminationGracePeriodSeconds);
  resourceRequirements(field.get('resources'));
  securityContext(field.get('securityContext'));
}

function securityContext(field: Field): void {
  field.get('runAsUser').within(0, MAX_INT_32);
  field.get('runAsGroup').within(0, MAX_INT_32);
  field.get('allowPrivilegeEscalation').refuseIf(
    field.get('allowPrivilegeEscalation').value === false && field.get('privileged').value === true,
    'must not be false when privileged is true',
  );
}
