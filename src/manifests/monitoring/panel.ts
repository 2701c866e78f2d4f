/** The Prometheus that the reader of the dashboard chooses. */
export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' } as const;

/** What a panel shows. */
export interface Chart {
  readonly title: string;
  readonly description: string;
  /** A unit of Grafana: `reqps`, `percentunit`, `s`, `percent`, or `short` for a count. */
  readonly unit: 'reqps' | 'percentunit' | 's' | 'percent' | 'short';
  readonly targets: ReadonlyArray<{ readonly legend: string; readonly expr: string }>;
  /** Whether the values add up to a whole. */
  readonly isStacked?: boolean;
}

/** A panel in its place: the grid is 24 wide. */
export interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly [field: string]: unknown;
}

const WIDTH = 12;
const HEIGHT = 8;

/** Places charts two in a row, and numbers them in their order. */
export function placed(charts: readonly Chart[]): Panel[] {
  const placeOf = (index: number) => ({ x: (index % 2) * WIDTH, y: Math.floor(index / 2) * HEIGHT, w: WIDTH, h: HEIGHT });
  return charts.map((chart, index) => renderPanel(chart, index + 1, placeOf(index)));
}

function renderPanel({ title, description, unit, targets, isStacked }: Chart, id: number, gridPos: Panel['gridPos']): Panel {
  const custom = isStacked ? { fillOpacity: 30, stacking: { mode: 'normal', group: 'A' } } : {};
  return {
    id,
    type: 'timeseries',
    title,
    description,
    gridPos,
    datasource: DATASOURCE,
    fieldConfig: { defaults: { unit, min: 0, custom }, overrides: [] },
    options: { legend: { displayMode: 'list', placement: 'bottom', showLegend: true }, tooltip: { mode: 'multi', sort: 'none' } },
    targets: targets.map(({ legend, expr }, index) => ({ refId: refIdOf(index), datasource: DATASOURCE, expr, legendFormat: legend, range: true })),
  };
}

function refIdOf(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
