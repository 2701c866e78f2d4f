import type { ClusterObject } from '../../cluster/identity';
import type { Workload } from '../../cluster/workload';
import type { Rule, RuleContext } from '../rule';
import { exampleOf } from './example';
import { needsNewPodFirst } from './replacement';

const CLAIM = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ledger }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 10Gi } }
`;
const POD = { volumes: '[{ name: ledger, persistentVolumeClaim: { claimName: ledger } }]' };

/** A new pod can mount what the old one still holds. */
export const SINGLE_WRITER_VOLUME: Rule = {
  id: 'single-writer-volume',
  severity: 'error',
  title: 'A volume that one node or pod can mount is not held by the old pod while the new one starts.',
  why: 'A ReadWriteOnce volume can be mounted on one node, a ReadWriteOncePod volume by one pod. A rolling release starts the new pod before it takes the old '
    + 'one away: on another node the new pod waits for the volume (Multi-Attach error), on the same one two programs write to it. The old pod is not taken '
    + 'away until the new one is ready, so the release stops.',
  sources: [
    'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  ],
  failing: exampleOf({ spec: { replicas: '1' }, pod: POD, objects: [CLAIM] }),
  passing: exampleOf({ spec: { replicas: '1' }, pod: POD, objects: [CLAIM.replace('ReadWriteOnce', 'ReadWriteMany')] }),
  check: (context) => context.cluster.workloads.filter((workload) => needsNewPodFirst(context, workload)).flatMap((workload) =>
    workload.template.spec.get('volumes').items().flatMap((volume) => {
      const name = volume.get('persistentVolumeClaim', 'claimName');
      const mode = modeOf(context, workload, name.written());
      return !name.exists || mode === undefined || (mode === 'ReadWriteOnce' && staysOnNode(workload)) ? [] : [{
        object: workload,
        field: name,
        message: `claim ${name.value} is ${mode}, but a release starts the new pod while the old one still holds the volume, so it may never become ready`,
        fix: 'use a volume with ReadWriteMany, keep the data outside the pod, or set strategy: { type: Recreate } and accept that nobody serves meanwhile',
      }];
    })),
};

/** Storage classes of volumes that live on a node: the scheduler brings every pod there. */
const LOCAL = /local|host-?path/i;

/** The access mode of a claim that keeps a second pod out; nothing where others may mount it, or the claim is not among the objects. */
function modeOf({ cluster }: RuleContext, { namespace }: Workload, name: string): string | undefined {
  const claim: ClusterObject | undefined = cluster.find('PersistentVolumeClaim', namespace, name);
  const modes = claim?.field.get('spec', 'accessModes').items().map(({ value }) => value) ?? [];
  const isLocal = LOCAL.test(String(claim?.field.get('spec', 'storageClassName').value ?? ''));
  if (modes.length === 1 && modes[0] === 'ReadWriteOncePod') {
    return 'ReadWriteOncePod';
  }
  return modes.length === 1 && modes[0] === 'ReadWriteOnce' && !isLocal ? 'ReadWriteOnce' : undefined;
}

function staysOnNode({ template }: Workload): boolean {
  return template.spec.get('nodeName').exists || template.spec.get('nodeSelector', 'kubernetes.io/hostname').exists;
}
