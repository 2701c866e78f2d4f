import type { Rule } from '../rule';
import { exampleOf } from './example';
import { endingContainersOf } from './served';

/** How long a preStop hook takes can be read. */
export const PRE_STOP_UNREADABLE: Rule = {
  id: 'pre-stop-unreadable',
  severity: 'info',
  title: 'The length of a preStop hook can be read from the manifest.',
  why: 'Whether SIGTERM is held back for long enough depends on how long the hook takes. What a script or an HTTP handler does is not in the manifest, so '
    + 'neither this check nor the verifier can say whether requests are lost, and nobody sees it when a proxy in front becomes slower.',
  sources: ['https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-execution'],
  failing: exampleOf({ container: { lifecycle: '{ preStop: { exec: { command: [/app/shutdown.sh] } } }' } }),
  passing: exampleOf(),
  check: (context) => endingContainersOf(context).flatMap(({ workload, container, hook }) =>
    hook === undefined || hook.kind === 'none' || hook.sleepSeconds !== undefined ? [] : [{
      object: workload,
      field: hook.lengthField,
      message: `how long the preStop hook of container ${container.name} holds SIGTERM back is decided `
        + `${hook.kind === 'httpGet' ? 'by the program that it asks' : 'by the command that it runs'}, so its timing cannot be checked`,
      fix: 'use preStop: { sleep: { seconds: … } } for the waiting, and let the program do the rest on SIGTERM',
    }]),
};
