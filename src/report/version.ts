import { readFileSync } from 'fs';
import { join } from 'path';

/** The version of this package, as its package.json has it: two folders up, built or not. */
export const VERSION: string = (JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string }).version;
