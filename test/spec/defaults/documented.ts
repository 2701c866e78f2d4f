import { readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';

const SPEC = resolve(__dirname, '..', '..', '..', 'src', 'spec');

/** Every prop of the declaration whose docstring states a default, as `Struct.prop`. */
export function documentedDefaults(): string[] {
  const files = readdirSync(SPEC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) => documentedIn(readFileSync(join(SPEC, file), 'utf8')));
}

function documentedIn(source: string): string[] {
  const found: string[] = [];
  let struct = '';
  let isDocumented = false;
  for (const line of source.split('\n')) {
    struct = /^export interface (\w+)/.exec(line)?.[1] ?? struct;
    isDocumented ||= line.includes('@default');
    const prop = /^ {2}readonly (\w+)\?/.exec(line)?.[1];
    if (prop !== undefined && isDocumented) {
      found.push(`${struct}.${prop}`);
    }
    isDocumented &&= !/^ {2}readonly /.test(line);
  }
  return found;
}
