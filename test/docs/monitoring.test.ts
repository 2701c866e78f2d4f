import { readFileSync } from 'fs';
import { join } from 'path';
import { markdownTable, withSection } from '../../scripts/markdown-table';
import { alertsOf, RELEASES } from '../plan/monitoring/declared';

const FILE = join(__dirname, '../../docs/monitoring.md');

/** By name: the alert as it is worded, and who has it. */
function alertTable(): string {
  const rows = new Map<string, { severity: string; summary: string; of: Set<string> }>();
  for (const [release, props] of Object.entries(RELEASES)) {
    for (const { name, severity, summary } of alertsOf(props)) {
      const row = rows.get(name) ?? { severity, summary, of: new Set<string>() };
      rows.set(name, row);
      row.of.add(release.split(' ')[0]);
    }
  }
  return markdownTable(['alert', 'severity', 'releases', 'what it says'],
    [...rows].map(([name, { severity, summary, of }]) => [`\`${name}\``, severity, of.size === 4 ? 'all' : [...of].join(', '), summary]));
}

test('the page lists every alert that is rendered, and no other', () => {
  const document = readFileSync(FILE, 'utf8');
  expect(document).toBe(withSection(document, 'alerts', alertTable()));
});
