import { existsSync, readdirSync } from 'fs';
import { join } from 'path';
import { CHECKOUT, runFromSource } from './checkout';

const PROGRAMS = {
  hello: 'examples/hello/main.ts',
  store: 'examples/retail-store/main.ts',
  payments: 'test/long/programs/payments.ts',
};

/** Programs whose manifests other tools are asked about. */
export const EXAMPLES = Object.keys(PROGRAMS);

/** Synthesizes each of the examples into a folder of its name. */
export async function synthesizeExamples(folder: string): Promise<void> {
  for (const [name, program] of Object.entries(PROGRAMS)) {
    await runFromSource(program, join(folder, name));
  }
}

/** The store as its authors publish it, which nobody has declared anything for. */
const RAW_STORE = join(CHECKOUT, '../shared/services/manifests/eks-workshop-retail-store/manifests/base-application');

/** Why tools cannot be asked about the store as published, if so. */
export function whyNoRawStore(): string | undefined {
  return existsSync(RAW_STORE) ? undefined : `there are no manifests in ${RAW_STORE}`;
}

export function rawStoreFiles(): string[] {
  const files = readdirSync(RAW_STORE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  // What kustomize reads is no object.
  return files.filter((file) => !file.endsWith('kustomization.yaml')).sort().map((file) => join(RAW_STORE, file));
}
