/* eslint-disable @typescript-eslint/no-explicit-any */
interface Pod {
  readonly template: string;
  readonly availableAt: number;
}

interface Rollout {
  pods: Pod[];
  progressAt: number;
  seenGeneration: number;
}

const OBSERVED_AFTER = 1;

/** What Kubernetes' Deployment controller makes of Deployments: pods one by one, none removed before its successor is available. */
export class DeploymentController {
  private readonly rollouts = new Map<string, Rollout>();
  private readonly changedAt = new Map<string, { generation: number; at: number }>();

  /** After how many seconds a pod of a template is available; never where that is infinite. */
  constructor(private readonly startSeconds: (template: any) => number) {}

  /** Has all pods of a Deployment available at once, as before a release. */
  settle(path: string, deployment: any): any {
    const template = JSON.stringify(deployment.spec.template);
    this.rollouts.set(path, {
      pods: Array.from({ length: deployment.spec.replicas }, () => ({ template, availableAt: 0 })),
      progressAt: 0,
      seenGeneration: deployment.metadata.generation,
    });
    return this.statusOf(path, deployment, 0);
  }

  /** The status that a Deployment has now. */
  reconcile(path: string, deployment: any, now: number): any {
    const { generation } = deployment.metadata;
    const changed = this.changedAt.get(path);
    if (changed === undefined || changed.generation !== generation) {
      this.changedAt.set(path, { generation, at: now });
      return deployment.status;
    }
    if (now < changed.at + OBSERVED_AFTER) {
      return deployment.status;
    }
    const rollout = this.rollouts.get(path) ?? { pods: [], progressAt: now, seenGeneration: 0 };
    this.rollouts.set(path, rollout);
    if (rollout.seenGeneration !== generation) {
      rollout.seenGeneration = generation;
      rollout.progressAt = now;
    }
    const before = JSON.stringify(rollout.pods.map(({ availableAt }) => availableAt <= now));
    rollout.pods = this.replaced(rollout.pods, deployment.spec, now);
    if (before !== JSON.stringify(rollout.pods.map(({ availableAt }) => availableAt <= now))) {
      rollout.progressAt = now;
    }
    return this.statusOf(path, deployment, now);
  }

  private replaced(pods: readonly Pod[], spec: any, now: number): Pod[] {
    const template = JSON.stringify(spec.template);
    const isAvailable = ({ availableAt }: Pod) => availableAt <= now;
    let updated = pods.filter((pod) => pod.template === template);
    const old = pods.filter((pod) => pod.template !== template);
    const surge = Math.ceil(spec.replicas * 0.25);
    const room = Math.max(0, Math.min(spec.replicas - updated.length, spec.replicas + surge - updated.length - old.length));
    const made = Array.from({ length: room }, () => ({ template, availableAt: now + this.startSeconds(spec.template) }));
    updated = [...updated, ...made].slice(0, spec.replicas);
    const spare = Math.max(0, [...updated, ...old].filter(isAvailable).length - spec.replicas);
    // Old pods that are not available go first, as from a ReplicaSet that is scaled down.
    const available = old.filter(isAvailable);
    return [...updated, ...available.slice(Math.min(spare, available.length))];
  }

  private statusOf(path: string, { spec, metadata }: any, now: number): any {
    const { pods, progressAt } = this.rollouts.get(path)!;
    const template = JSON.stringify(spec.template);
    const updatedReplicas = pods.filter((pod) => pod.template === template).length;
    const availableReplicas = pods.filter(({ availableAt }) => availableAt <= now).length;
    const isComplete = updatedReplicas === spec.replicas && pods.length === spec.replicas && availableReplicas === spec.replicas;
    const isLate = !isComplete && now - progressAt > (spec.progressDeadlineSeconds ?? 600);
    return {
      observedGeneration: metadata.generation,
      ...(pods.length > 0 && { replicas: pods.length }),
      ...(updatedReplicas > 0 && { updatedReplicas }),
      ...(availableReplicas > 0 && { availableReplicas, readyReplicas: availableReplicas }),
      conditions: [{ type: 'Progressing', status: isLate ? 'False' : 'True', reason: isLate ? 'ProgressDeadlineExceeded' : isComplete ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated' }],
    };
  }
}
