/**
 * Deletes what an expression selects, as `jq 'del(…)'` does, for the few forms that the library writes: fields, keys in brackets, `[]`,
 * and `select` by equalities of one field or by a list of which an element has a key.
 */
export function deleted(document: unknown, expression: string): unknown {
  const copy = structuredClone(document);
  const [path, ...stages] = expression.split(' | ');
  let places = valuesAt([{ value: copy }], path);
  for (const stage of stages) {
    const condition = /^select\((.*)\)$/.exec(stage)?.[1];
    places = condition === undefined ? valuesAt(places, stage) : places.filter(({ value }) => holds(value, condition));
  }
  // From the end, so that an index still means the same element.
  for (const { parent, key } of [...places].reverse()) {
    if (Array.isArray(parent)) {
      parent.splice(Number(key), 1);
    } else {
      delete parent[key!];
    }
  }
  return copy;
}

interface Place {
  readonly value: any;
  readonly parent?: any;
  readonly key?: string;
}

const SEGMENT = /\.([A-Za-z]+)|\["([^"]+)"\]|\[\]\??/y;

function valuesAt(start: readonly Place[], path: string): Place[] {
  let places = [...start];
  SEGMENT.lastIndex = 0;
  while (SEGMENT.lastIndex < path.length) {
    const segment = SEGMENT.exec(path);
    if (!segment) {
      throw new Error(`${path} is not of the forms that are known here`);
    }
    const key = segment[1] ?? segment[2];
    places = places.flatMap(({ value }): Place[] => {
      const keys = key === undefined ? Object.keys(value ?? []) : [key];
      return keys.filter((each) => value?.[each] !== undefined).map((each) => ({ value: value[each], parent: value, key: each }));
    });
  }
  return places;
}

function holds(value: unknown, condition: string): boolean {
  const any = /^any\(([^;]+); has\("([^"]+)"\)\)$/.exec(condition);
  if (any) {
    return valuesAt([{ value }], any[1]).some((place) => any[2] in place.value);
  }
  return condition.split(' or ').some((equality) => {
    const [path, text] = equality.split(' == ');
    return valuesAt([{ value }], path).some((place) => place.value === JSON.parse(text));
  });
}
