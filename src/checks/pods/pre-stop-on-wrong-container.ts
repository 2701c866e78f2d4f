import type { Rule } from '../rule';
import { exampleOf, type Lines } from './example';
import { containersBeside, endingContainersOf } from './served';

const SLEEP = '{ preStop: { sleep: { seconds: 10 } } }';
const PROXY: Lines = { name: 'nginx', image: 'registry.example.com/nginx:1.29.1', ports: '[{ containerPort: 8080 }]' };

/** The preStop hook stands with the container that answers requests. */
export const PRE_STOP_ON_WRONG_CONTAINER: Rule = {
  id: 'pre-stop-on-wrong-container',
  severity: 'error',
  title: 'The preStop hook belongs to the container that the Service sends requests to.',
  why: 'Each container gets SIGTERM as soon as its own preStop hook is over, whatever the hooks of the others do. A hook of another container leaves the one '
    + 'that requests reach first to end at once, while they are still being sent.',
  sources: ['https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination'],
  failing: exampleOf({
    container: { lifecycle: undefined }, beside: [{ ...PROXY, lifecycle: SLEEP }],
  }),
  passing: exampleOf({ beside: [{ ...PROXY, lifecycle: SLEEP }] }),
  check: (context) => endingContainersOf(context).filter(({ hook, isCertain }) => isCertain && hook === undefined).flatMap((ending) => {
    const { workload, container, services } = ending;
    const hooked = containersBeside(ending).find(({ preStop }) => preStop);
    return hooked === undefined ? [] : [{
      object: workload,
      field: container.field.get('lifecycle', 'preStop'),
      message: `container ${hooked.name} has a preStop hook, but container ${container.name}, which Service ${services[0].name} sends requests to, `
        + 'has none and gets SIGTERM at once',
      fix: `give container ${container.name} a preStop hook too`,
    }];
  }),
};
