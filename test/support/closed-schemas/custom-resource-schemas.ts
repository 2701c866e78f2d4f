import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { ValidateFunction } from 'ajv';
import { isObject, JsonObject } from '../manifest-finding';
import { closeSchema } from './close-schema';
import { SchemaCompiler } from './schema-compiler';

/** Kept out of file names: these come from the manifests under test. */
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;

/** Custom resources, the same for every Kubernetes version: their `metadata` is left for the caller to check. */
export class CustomResourceSchemas {
  private readonly compiler = new SchemaCompiler();
  private readonly validators = new Map<string, ValidateFunction | undefined>();

  constructor(private readonly folder: string) {}

  find(apiVersion: string, kind: string): ValidateFunction | undefined {
    const id = `${apiVersion} ${kind}`;
    if (!this.validators.has(id)) {
      this.validators.set(id, this.read(apiVersion, kind));
    }
    return this.validators.get(id);
  }

  private read(apiVersion: string, kind: string): ValidateFunction | undefined {
    const [group, version, ...rest] = apiVersion.split('/');
    if (rest.length > 0 || ![group, version ?? '', kind].every((name) => SAFE_NAME.test(name))) {
      return undefined;
    }
    const file = join(this.folder, `${group}_${kind}_${version}.json`);
    return existsSync(file) ? this.compiler.compile(closeRoot(JSON.parse(readFileSync(file, 'utf8')))) : undefined;
  }
}

/** Generators may leave out the three fields that every object has; the API server adds them. */
function closeRoot(schema: JsonObject): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const closed = closeSchema({ ...schema, properties }, 'structural');
  return {
    ...closed,
    properties: {
      ...(closed.properties as JsonObject),
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: properties.metadata ?? { type: 'object' },
    },
  };
}
