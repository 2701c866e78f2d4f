import { runningContainersOf } from '../../cluster/pod-template';
import type { PreStop } from '../../cluster/pre-stop';
import type { Rule } from '../rule';
import { exampleOf } from './example';
import { imageOf } from './image';

const IMAGE = 'registry.example.com/payments:2.1.0-distroless';
const PROGRAMS = /^(?:\/(?:usr\/)?bin\/)?(?:sh|bash|ash|dash|sleep|busybox)$/;

/** A preStop command is there in the image. */
export const PRE_STOP_NEEDS_SHELL: Rule = {
  id: 'pre-stop-needs-shell',
  severity: 'warning',
  title: 'A preStop hook runs no shell or sleep in an image that has none.',
  why: 'An exec hook runs a program of the container\'s own image. Images made of the program alone (distroless, scratch, Chainguard) have neither sh nor '
    + 'sleep, so the hook fails at once (FailedPreStopHook) and SIGTERM follows without the delay that it was written for.',
  sources: [
    'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#debugging-hook-handlers',
    'https://github.com/GoogleContainerTools/distroless',
    'https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/3960-pod-lifecycle-sleep-action',
  ],
  failing: exampleOf({ container: { image: IMAGE, lifecycle: '{ preStop: { exec: { command: [sleep, "10"] } } }' } }),
  passing: exampleOf({ container: { image: IMAGE, lifecycle: '{ preStop: { sleep: { seconds: 10 } } }' } }),
  check: ({ cluster, kubernetesMinor }) => cluster.workloads.flatMap((workload) =>
    runningContainersOf(workload.template).flatMap(({ name, image, preStop }) => {
      const program = preStop?.kind === 'exec' ? programOf(preStop) : '';
      return preStop === undefined || image === undefined || !PROGRAMS.test(program) || !isBare(image) ? [] : [{
        object: workload,
        field: preStop.lengthField,
        message: `the preStop hook of container ${name} runs ${program}, which image ${image} by its name does not have, so SIGTERM follows at once`,
        fix: kubernetesMinor >= 30
          ? `use preStop: { sleep: { seconds: ${preStop.sleepSeconds ?? 10} } }, which needs nothing of the image`
          : 'use an image that has the program, or an httpGet hook that waits',
      }];
    })),
};

function programOf({ lengthField }: PreStop): string {
  return String(lengthField.items()[0]?.value ?? '');
}

/** Whether an image's name says that it holds the program alone. Debug and dev variants have a shell. */
function isBare(image: string): boolean {
  const { repository, tag = '' } = imageOf(image);
  const isNamedSo = /distroless/.test(image) || [repository, tag].some((part) => /(?:^|[-/.])scratch$/.test(part)) || /(?:^|\/)chainguard\//.test(repository);
  return isNamedSo && !/(?:^|[-.])(?:debug|dev)(?:[-.]|$)/.test(tag);
}
