import type { PolicyResource } from '@pulumi/policy';
import { destinationOf, type Destination } from './kubernetes-provider';
import { propertiesOf, TooLarge } from './resource-properties';
import { kubernetesTypeOf } from './resource-type';
import { objectsOf, type StackObject } from './stack-object';
import { TOLD_BESIDE_RULES, type Told } from './told';
import type { InputProblem } from '../reading/input-problem';

/** What of a resource is looked at, as it is declared or as it has been applied. */
export type SeenResource = Pick<PolicyResource, 'type' | 'props' | 'urn' | 'name' | 'provider'>;

/** What a resource of the Kubernetes provider holds: objects, what keeps them from being read, and what is to be known of it. */
export interface ResourceReading {
  readonly secrets: SecretMarks;
  readonly destination: Destination;
  readonly objects: readonly StackObject[];
  readonly problems: readonly InputProblem[];
  readonly notes: readonly Told[];
}

/** Whether secrets are marked among the properties of a resource: the SDK tells them of what is declared, and not of what was applied. */
export type SecretMarks = 'marked' | 'unmarked';

/** Reads a resource; nothing where it is of another provider. */
export function tryReadResource({ type, props, urn, name, provider }: SeenResource, secrets: SecretMarks): ResourceReading | undefined {
  if (kubernetesTypeOf(type, undefined) === undefined) {
    return undefined;
  }
  const reading = { secrets, destination: destinationOf(provider), objects: [], problems: [], notes: [] };
  try {
    const properties = propertiesOf(props);
    const kubernetes = kubernetesTypeOf(type, properties.kind)!;
    return kubernetes.role === 'object'
      ? { ...reading, ...objectsOf({ urn, name, type: kubernetes, properties, destination: reading.destination }) }
      : { ...reading, notes: notesOf(urn, kubernetes) };
  } catch (error) {
    if (error instanceof TooLarge) {
      return { ...reading, problems: [{ source: urn, message: error.message }] };
    }
    throw error;
  }
}

function notesOf(urn: string, { kind, role }: { readonly kind: string; readonly role: string }): Told[] {
  const note = (message: string) => [{ policy: TOLD_BESIDE_RULES.notJudged, urn, message }];
  switch (role) {
    case 'patch': return note(`not judged: only some fields of the ${kind} are declared here; check the object with zero-downtime check`);
    case 'release': return note('not judged: Helm renders the chart of a Release out of sight; use a Chart, or check the output of helm template');
    // What a component groups comes resource by resource.
    default: return [];
  }
}
