import { readFileSync } from 'fs';
import { ValidateFunction } from 'ajv';
import { isObject, JsonObject } from '../manifest-finding';
import { closeDefinition } from './close-schema';
import { SchemaCompiler } from './schema-compiler';

const DEFINITIONS = 'kubernetes';
const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** The kinds that one Kubernetes version serves itself. */
export class BuiltInSchemas {
  private readonly compiler = new SchemaCompiler();
  private readonly definitionByKind = new Map<string, string>();
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(file: string) {
    const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Record<string, JsonObject> };
    const closed: JsonObject = {};
    for (const [name, definition] of Object.entries(definitions)) {
      closed[name] = closeDefinition(name, definition);
      this.indexKinds(name, definition);
    }
    this.compiler.addDefinitions(DEFINITIONS, closed);
  }

  find(apiVersion: string, kind: string): ValidateFunction | undefined {
    const definition = this.definitionByKind.get(`${apiVersion} ${kind}`);
    return definition === undefined ? undefined : this.validator(definition);
  }

  objectMeta(): ValidateFunction {
    return this.validator(OBJECT_META);
  }

  private validator(definition: string): ValidateFunction {
    let validator = this.validators.get(definition);
    if (!validator) {
      validator = this.compiler.compile({ $ref: `${DEFINITIONS}#/definitions/${definition}` });
      this.validators.set(definition, validator);
    }
    return validator;
  }

  private indexKinds(name: string, definition: JsonObject): void {
    const kinds = definition['x-kubernetes-group-version-kind'];
    for (const entry of Array.isArray(kinds) ? kinds.filter(isObject) : []) {
      const apiVersion = entry.group ? `${entry.group}/${entry.version}` : `${entry.version}`;
      this.definitionByKind.set(`${apiVersion} ${entry.kind}`, name);
    }
  }
}
