import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { attempt } from './command';
import { closeDefinition, closeSchema } from '../support/closed-schemas/close-schema';
import { isObject, JsonObject } from '../support/manifest-finding';

/** What kubeconform says of an object that it does not accept. */
export interface Report {
  readonly accepted: number;
  readonly complaints: readonly string[];
}

interface Result {
  readonly kind: string;
  readonly name: string;
  readonly status: string;
  readonly msg: string;
}

/** Runs kubeconform on files with the schemas of a folder; an object without a schema is a complaint. */
export async function kubeconform(command: string, schemas: string, files: readonly string[]): Promise<Report> {
  const location = join(schemas, '{{.Group}}_{{.ResourceKind}}_{{.ResourceAPIVersion}}.json');
  const args = ['-strict', '-verbose', '-output', 'json', '-schema-location', location, ...files];
  const { stdout, stderr } = await attempt(command, args);
  if (stdout === '') {
    throw new Error(`kubeconform says nothing: ${stderr}`);
  }
  const { resources } = JSON.parse(stdout) as { resources: Result[] };
  const refused = resources.filter(({ status }) => status !== 'statusValid');
  return {
    accepted: resources.length - refused.length,
    complaints: refused.map(({ kind, name, status, msg }) => `${kind} ${name}: ${status}: ${msg}`),
  };
}

/**
 * Writes the schemas of a Kubernetes version and of all custom resources as kubeconform reads them: one file for each
 * kind, lower case, closed, because its `-strict` looks for repeated keys and leaves unknown ones to the schemas.
 */
export function writeSchemas(schemas: string, kubernetesVersion: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  // kubeconform takes the version for the group where there is none.
  const write = (group: string, kind: string, version: string, schema: JsonObject) => {
    writeFileSync(join(folder, `${group || version}_${kind.toLowerCase()}_${version}.json`), JSON.stringify(schema));
  };
  const { definitions } = read(join(schemas, 'kubernetes', `v${kubernetesVersion}.0.json`)) as { definitions: Record<string, JsonObject> };
  const closed = Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, closeDefinition(name, schema)]));
  for (const [name, schema] of Object.entries(definitions)) {
    for (const { group, kind, version } of kindsOf(schema)) {
      write(group, kind, version, { $ref: `#/definitions/${name}`, definitions: reachable(name, closed) });
    }
  }
  for (const file of readdirSync(join(schemas, 'crds'))) {
    const [group, kind, version] = file.replace(/\.json$/, '').split('_');
    write(group, kind, version, closedCustomResource(read(join(schemas, 'crds', file))));
  }
}

function read(file: string): JsonObject {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function kindsOf(schema: JsonObject): Array<{ group: string; kind: string; version: string }> {
  const kinds = schema['x-kubernetes-group-version-kind'];
  return Array.isArray(kinds) ? kinds : [];
}

function reachable(name: string, definitions: Record<string, JsonObject>, found: Record<string, JsonObject> = {}): Record<string, JsonObject> {
  if (found[name] === undefined) {
    found[name] = definitions[name];
    for (const [, next] of JSON.stringify(definitions[name]).matchAll(/"#\/definitions\/([^"]+)"/g)) {
      reachable(next, definitions, found);
    }
  }
  return found;
}

/** Generators leave out of custom resources what every object has. */
function closedCustomResource(schema: JsonObject): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const everywhere = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return closeSchema({ ...schema, properties: { ...properties, ...everywhere } }, 'structural');
}
