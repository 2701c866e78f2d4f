import { isObject, JsonObject } from '../manifest-finding';

/**
 * `definitions` are the built-in kinds, whose bare `type: object` (RawExtension, FieldsV1) means any object;
 * `structural` are custom resources, where the API server prunes whatever a bare object holds.
 */
export type SchemaDialect = 'definitions' | 'structural';

/** Keywords ajv evaluates on the value itself; everything else is rebuilt below or is documentation. */
const VALUE_KEYWORDS = [
  'type', 'enum', 'format', 'pattern', 'default', 'required',
  'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf',
  'minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties',
];

/** Structural schemas repeat no structure in these, so closing them would refuse the other branches' fields. */
const BRANCH_KEYWORDS = ['anyOf', 'oneOf', 'allOf', 'not'];

const LIST_KEYWORDS = ['x-kubernetes-list-type', 'x-kubernetes-list-map-keys'];

/** The grammar of resource.ParseQuantity; the published schemas only say string or number. */
const QUANTITY_PATTERN = '^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$';

/** The same schema, refusing every field that it does not declare. */
export function closeSchema(schema: JsonObject, dialect: SchemaDialect): JsonObject {
  if (typeof schema.$ref === 'string') {
    return { $ref: schema.$ref };
  }
  const closed = isIntOrString(schema) ? intOrString(schema) : pick(schema, [...VALUE_KEYWORDS, ...BRANCH_KEYWORDS]);
  closeChildren(schema, closed, dialect);
  if (refusesUnknownFields(schema, dialect)) {
    closed.additionalProperties = false;
  }
  if (dialect === 'structural') {
    Object.assign(closed, pick(schema, LIST_KEYWORDS));
    dropDefaultedFromRequired(schema, closed);
  }
  return schema.nullable === true ? { if: { not: { type: 'null' } }, then: closed } : closed;
}

/** A definition of the built-in kinds; Quantity needs its name to be recognised. */
export function closeDefinition(name: string, schema: JsonObject): JsonObject {
  return name.endsWith('.Quantity')
    ? { type: ['string', 'number'], pattern: QUANTITY_PATTERN }
    : closeSchema(schema, 'definitions');
}

function closeChildren(schema: JsonObject, closed: JsonObject, dialect: SchemaDialect): void {
  if (isObject(schema.properties)) {
    const entries = Object.entries(schema.properties).filter((entry): entry is [string, JsonObject] => isObject(entry[1]));
    closed.properties = Object.fromEntries(entries.map(([name, child]) => [name, closeSchema(child, dialect)]));
  }
  if (isObject(schema.items)) {
    closed.items = closeSchema(schema.items, dialect);
  }
  if (isObject(schema.additionalProperties)) {
    closed.additionalProperties = closeSchema(schema.additionalProperties, dialect);
  } else if (schema.additionalProperties !== undefined) {
    closed.additionalProperties = schema.additionalProperties;
  }
}

function refusesUnknownFields(schema: JsonObject, dialect: SchemaDialect): boolean {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties !== undefined) {
    return false;
  }
  return schema.properties !== undefined || (dialect === 'structural' && schema.type === 'object');
}

/** Defaulting comes before validation, so the API server never misses a required field that has a default. */
function dropDefaultedFromRequired(schema: JsonObject, closed: JsonObject): void {
  if (!Array.isArray(schema.required) || !isObject(schema.properties)) {
    return;
  }
  const { properties } = schema;
  closed.required = schema.required.filter((name) => {
    const property = properties[name as string];
    return !isObject(property) || property.default === undefined;
  });
}

/** Said in four ways: two extensions, and the two spellings that generators write beside or instead of them. */
function isIntOrString(schema: JsonObject): boolean {
  return schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string' || listsIntAndString(schema.oneOf);
}

function intOrString(schema: JsonObject): JsonObject {
  const branches = BRANCH_KEYWORDS.filter((keyword) => !listsIntAndString(schema[keyword]));
  const values = VALUE_KEYWORDS.filter((keyword) => keyword !== 'type' && keyword !== 'format');
  return { ...pick(schema, [...values, ...branches]), type: ['integer', 'string'] };
}

function listsIntAndString(branches: unknown): boolean {
  return Array.isArray(branches) && branches.length === 2
    && ['integer', 'string'].every((type) => branches.some((branch) => isObject(branch) && branch.type === type));
}

function pick(schema: JsonObject, keywords: readonly string[]): JsonObject {
  return Object.fromEntries(keywords.filter((keyword) => schema[keyword] !== undefined).map((keyword) => [keyword, schema[keyword]]));
}
