/** One value, with what tells it from others of its name. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Values of one name, which go up and down. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** Gauges as Prometheus reads them, and whatever collects for it: a textfile of node_exporter, a Pushgateway. One without any value is left out. */
export function prometheusText(gauges: readonly Gauge[]): string {
  return gauges.filter(({ samples }) => samples.length > 0).flatMap(({ name, help, samples }) => [
    `# HELP ${name} ${help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')}`,
    `# TYPE ${name} gauge`,
    ...samples.map(({ labels, value }) => `${name}${labelText(labels)} ${value}`),
  ]).map((line) => `${line}\n`).join('');
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const texts = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"')}"`);
  return texts.length === 0 ? '' : `{${texts.join(',')}}`;
}
