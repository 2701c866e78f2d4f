import { prometheusText, type Sample } from '../../src/report/prometheus-text';

test('a gauge is said what it is once, before its values', () => {
  const samples: Sample[] = [{ labels: { of: 'a', in: 'b' }, value: 1.5 }, { labels: {}, value: 0 }];
  expect(prometheusText([{ name: 'rows', help: 'Rows.', samples }])).toBe('# HELP rows Rows.\n# TYPE rows gauge\nrows{of="a",in="b"} 1.5\nrows 0\n');
});

test('one without a value is left out', () => {
  expect(prometheusText([{ name: 'none', help: 'None.', samples: [] }, { name: 'one', help: 'One.', samples: [{ labels: {}, value: 1 }] }])).toBe('# HELP one One.\n# TYPE one gauge\none 1\n');
  expect(prometheusText([])).toBe('');
});

test('what would end a label or a line does not', () => {
  expect(prometheusText([{ name: 'a', help: 'x\\y\nz "q"', samples: [{ labels: { name: 'x\\y\nz "q"' }, value: 1 }] }]))
    .toBe('# HELP a x\\\\y\\nz "q"\n# TYPE a gauge\na{name="x\\\\y\\nz \\"q\\""} 1\n');
});
