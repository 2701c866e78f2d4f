import { existsSync } from 'fs';
import { join, resolve } from 'path';
import { ValidateFunction } from 'ajv';
import { BuiltInSchemas } from './closed-schemas/built-in-schemas';
import { CustomResourceSchemas } from './closed-schemas/custom-resource-schemas';
import { schemaFindings } from './closed-schemas/schema-errors';
import { Finding, findingLines, isObject, subjectOf } from './manifest-finding';

export type KubernetesVersion = '1.27' | '1.30' | '1.34' | '1.36';

export const KUBERNETES_VERSIONS: readonly KubernetesVersion[] = ['1.27', '1.30', '1.34', '1.36'];

const REPOSITORY = resolve(__dirname, '..', '..');

let warned = false;

/** Where the schemas are, when they are anywhere: they are too large to live in this repository. */
export function schemasFolder(): string | undefined {
  const folder = expectedFolder();
  return existsSync(join(folder, 'kubernetes')) && existsSync(join(folder, 'crds')) ? folder : undefined;
}

/**
 * `describe`, skipped with a plain warning where there are no schemas. The body is not even collected then,
 * so it may read schemas outside its tests.
 */
export function describeWithSchemas(title: string, body: () => void): void {
  if (schemasFolder() !== undefined) {
    describe(title, body);
    return;
  }
  if (!warned) {
    warned = true;
    console.warn(`Schema tests are SKIPPED: no schemas in ${expectedFolder()}. Set SCHEMAS_DIR to the folder that holds them.`);
  }
  describe.skip(title, () => {
    test('needs the schemas folder', () => undefined);
  });
}

/** What the API server of one Kubernetes version accepts, with unknown fields refused as in strict decoding. */
export class ClosedSchemas {
  static load(kubernetesVersion: KubernetesVersion): ClosedSchemas {
    const folder = schemasFolder();
    if (folder === undefined) {
      throw new Error(`no schemas in ${expectedFolder()}; set SCHEMAS_DIR to the folder that holds them`);
    }
    return memoised(ClosedSchemas.loaded, `${folder} ${kubernetesVersion}`, () => new ClosedSchemas(kubernetesVersion, folder));
  }

  private static readonly loaded = new Map<string, ClosedSchemas>();
  private static readonly customResources = new Map<string, CustomResourceSchemas>();

  private readonly builtIns: BuiltInSchemas;
  private readonly customResources: CustomResourceSchemas;

  private constructor(readonly kubernetesVersion: KubernetesVersion, folder: string) {
    this.builtIns = new BuiltInSchemas(join(folder, 'kubernetes', `v${kubernetesVersion}.0.json`));
    // Compiling a custom resource takes long, and no Kubernetes version changes it.
    this.customResources = memoised(ClosedSchemas.customResources, folder, () => new CustomResourceSchemas(join(folder, 'crds')));
  }

  /** One readable line for each thing the schemas refuse; none means accepted. */
  validate(manifest: unknown): string[] {
    if (!isObject(manifest)) {
      return [`${subjectOf(manifest)}: /: must be an object`];
    }
    const { apiVersion, kind } = manifest;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
      return [`${subjectOf(manifest)}: /: apiVersion and kind must be strings`];
    }
    const builtIn = this.builtIns.find(apiVersion, kind);
    if (builtIn) {
      return findingLines(manifest, run(builtIn, manifest));
    }
    const customResource = this.customResources.find(apiVersion, kind);
    if (customResource) {
      return findingLines(manifest, [...run(customResource, manifest), ...this.metadata(manifest.metadata)]);
    }
    return [`${subjectOf(manifest)}: /kind: unknown kind ${apiVersion} ${kind} (Kubernetes ${this.kubernetesVersion}, custom resources)`];
  }

  /** Schemas of custom resources say no more than `type: object` here; the API server still decodes an ObjectMeta. */
  private metadata(metadata: unknown): Finding[] {
    return isObject(metadata) ? run(this.builtIns.objectMeta(), metadata, '/metadata') : [];
  }
}

function expectedFolder(): string {
  const configured = process.env.SCHEMAS_DIR;
  return configured ? resolve(configured) : resolve(REPOSITORY, '..', 'shared', 'schemas');
}

function run(validator: ValidateFunction, value: unknown, prefix = ''): Finding[] {
  return validator(value) ? [] : schemaFindings(validator.errors ?? [], prefix);
}

function memoised<T>(cache: Map<string, T>, key: string, create: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) {
    return known;
  }
  const created = create();
  cache.set(key, created);
  return created;
}
