import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { jobFilesOf } from '../../../src/expand-contract/job/job-files';
import type { Change } from '../../../src/expand-contract/phases/change';
import { phasesOf } from '../../../src/expand-contract/phases/phases-of';
import { DEFAULT_RUN_SETTINGS, type RunSettings } from '../../../src/expand-contract/run/settings';
import { attempt, type Outcome } from '../command';

/** The files that a Job of one migration mounts, and what it runs. */
export class Scripts {
  constructor(private readonly folder: string, private readonly name: string, change: Change, settings: Partial<RunSettings> = {}) {
    mkdirSync(folder, { recursive: true });
    const files = jobFilesOf([phasesOf(name, change)], { ...DEFAULT_RUN_SETTINGS, quiet: '0s', ...settings });
    Object.entries(files).forEach(([file, text]) => writeFileSync(join(folder, file), text));
  }

  /** As the Job does, up to `GOAL:SECONDS`. */
  run(stages: string, url: string): Promise<Outcome> {
    return attempt('sh', [join(this.folder, 'run.sh'), stages, this.name], { env: { DATABASE_URL: url, PGAPPNAME: 'orders-migration' }, seconds: 300 });
  }
}

/** What of its log was said at one level. */
export function notesOf({ stdout }: Outcome, level: 'info' | 'warn' | 'error'): readonly string[] {
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as { level: string; sqlstate?: string; note: string })
    .filter((line) => line.level === level).map(({ sqlstate, note }) => sqlstate === undefined ? note : `${note} (${sqlstate})`);
}
