import { randomUUID } from 'crypto';
import { mkdirSync, realpathSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** A folder outside the checkout that is there for the tests around it, and gone when they have ended. */
export function scratchFolder(name: string): string {
  // The real path, because tools that print paths have followed the links in them.
  const folder = join(realpathSync(tmpdir()), `zero-downtime-${name}-${randomUUID()}`);
  // Only now: where every test is filtered out, nothing would remove it.
  beforeAll(() => {
    mkdirSync(folder);
  });
  afterAll(() => {
    // A program that was stopped may still be closing its files.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });
  return folder;
}
