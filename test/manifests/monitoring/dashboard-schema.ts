const text = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 0 };

/** An object that has all of these fields and no other. */
function closed(properties: Record<string, object>, optional: readonly string[] = []): object {
  return { type: 'object', properties, additionalProperties: false, required: Object.keys(properties).filter((key) => !optional.includes(key)) };
}

const listOf = (items: object, more: object = {}) => ({ type: 'array', items, ...more });
const datasource = closed({ type: { const: 'prometheus' }, uid: { const: '${datasource}' } });

const target = closed({ refId: { type: 'string', pattern: '^[A-Z]$' }, datasource, expr: text, legendFormat: text, range: { type: 'boolean' } });

const custom = closed({
  fillOpacity: { type: 'integer', minimum: 0, maximum: 100 },
  stacking: closed({ mode: { enum: ['none', 'normal', 'percent'] }, group: text }),
}, ['fillOpacity', 'stacking']);

const panel = closed({
  id: { type: 'integer', minimum: 1 },
  type: { const: 'timeseries' },
  title: text,
  description: text,
  gridPos: closed({ x: { ...count, maximum: 23 }, y: count, w: { type: 'integer', minimum: 1, maximum: 24 }, h: { type: 'integer', minimum: 1 } }),
  datasource,
  fieldConfig: closed({
    defaults: closed({ unit: { enum: ['reqps', 'percentunit', 's', 'percent', 'short'] }, min: { type: 'number' }, custom }),
    overrides: listOf({}, { maxItems: 0 }),
  }),
  options: closed({
    legend: closed({ displayMode: { enum: ['list', 'table', 'hidden'] }, placement: { enum: ['bottom', 'right'] }, showLegend: { type: 'boolean' } }),
    tooltip: closed({ mode: { enum: ['single', 'multi', 'none'] }, sort: { enum: ['none', 'asc', 'desc'] } }),
  }),
  targets: listOf(target, { minItems: 1 }),
});

const annotation = closed({
  name: text, datasource, enable: { type: 'boolean' }, hide: { type: 'boolean' }, iconColor: text, expr: text, step: { type: 'string', pattern: '^[0-9]+s$' }, titleFormat: text,
});

const variable = closed({ name: text, label: text, type: { const: 'datasource' }, query: { const: 'prometheus' }, hide: { enum: [0, 1, 2] } });

/**
 * What a dashboard of ours is made of, closed. Written by hand after the dashboard's JSON model and the kinds of Grafana.
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export const DASHBOARD_SCHEMA = closed({
  uid: { type: 'string', pattern: '^[a-zA-Z0-9_-]{1,40}$' },
  title: text,
  tags: listOf(text),
  timezone: { enum: ['browser', 'utc'] },
  editable: { type: 'boolean' },
  graphTooltip: { enum: [0, 1, 2] },
  refresh: { type: 'string', pattern: '^[0-9]+[sm]$' },
  schemaVersion: { type: 'integer', minimum: 36 },
  time: closed({ from: text, to: text }),
  templating: closed({ list: listOf(variable) }),
  annotations: closed({ list: listOf(annotation) }),
  panels: listOf(panel, { minItems: 1 }),
});
