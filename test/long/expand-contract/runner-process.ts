import { Client } from 'pg';
import { sleep } from './taken';
import type { Change } from '../../../src/expand-contract/phases/change';
import { phasesOf } from '../../../src/expand-contract/phases/phases-of';
import type { Goal } from '../../../src/expand-contract/run/outcome';
import { runPhases } from '../../../src/expand-contract/run/run-phases';
import { sessionOf } from '../../../src/expand-contract/run/session';
import type { RunSettings } from '../../../src/expand-contract/run/settings';

/** What a process of its own is to run. */
export interface RunnerRequest {
  readonly url: string;
  readonly change: Change;
  readonly goal: Goal;
  readonly settings: RunSettings;
}

/** Takes a change up to a goal, and prints the last outcome. */
async function main({ url, change, goal, settings }: RunnerRequest): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  let text = '';
  for await (const outcome of runPhases(sessionOf(client), { phases: phasesOf('a change', change), goal, settings, sleep })) {
    text = JSON.stringify(outcome);
  }
  await client.end();
  process.stdout.write(text);
}

main(JSON.parse(process.argv[2]) as RunnerRequest).catch((error: unknown) => {
  process.stderr.write(String(error));
  process.exitCode = 1;
});
