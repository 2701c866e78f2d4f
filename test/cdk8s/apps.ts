import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, AppProps, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { ZeroDowntimeService, ZeroDowntimeServiceProps } from 'zero-downtime';
import { MINIMAL } from '../manifests/synthesized';

const folders: string[] = [];

/** A folder of its own, which is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zero-downtime-'));
  folders.push(folder);
  return folder;
}

afterAll(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** An app that writes to a folder of its own. */
export function temporaryApp(props: AppProps = {}): App {
  return new App({ outdir: temporaryFolder(), ...props });
}

/** A chart in an app that writes to a folder of its own. */
export function temporaryChart(namespace: string | undefined = 'shop'): Chart {
  return new Chart(temporaryApp(), 'chart', { namespace });
}

/** The files below a folder by their path in it. */
export function filesIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort().filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Declares a service as little as possible but for `props`. */
export function serviceIn(scope: Construct, id = 'payments', props: Partial<ZeroDowntimeServiceProps> = {}): ZeroDowntimeService {
  return new ZeroDowntimeService(scope, id, { ...MINIMAL, ...props });
}

/** What an app says is wrong with it when it is synthesized, line by line, and nothing where it is sound. */
export function problemsOf(construct: Construct): string[] {
  try {
    App.of(construct).synth();
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map((line) => line.trim());
  }
}

/** An object of any kind, as somebody else would write it. */
export function objectIn(scope: Construct, id: string, kind: string, name: string, rest: object = {}): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind, metadata: { name }, ...rest });
}
