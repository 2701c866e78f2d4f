import { CORPUS } from '../test/support/migrations/corpus';
import { judge } from '../test/support/migrations/judge';
import { ASPECTS, agreementOn, disagreementsOf, precisionOf, recallOf, totalOf } from '../test/support/migrations/agreement';
import { PostgresServer } from '../test/support/postgres/server';
import { loadSqlParser } from '../src/migrations/sql/sql-parser';
(async () => {
  const parser = await loadSqlParser();
  for (const major of process.argv.slice(2).map(Number)) {
    const server = await PostgresServer.start(major);
    try {
      const t0 = Date.now();
      const j = await judge(server, CORPUS, parser);
      for (const g of CORPUS) if (!j.some((x) => x.group === g)) console.log('GROUP NOT MADE', g.name);
      for (const d of disagreementsOf(j)) console.log(`${major} ${d.aspect} [${d.group}] ${d.statement}\n      said ${d.said.join(', ') || '-'}\n      is   ${d.measured.join(', ') || '-'}`);
      const all = ASPECTS.map((a) => agreementOn(a, j));
      ASPECTS.forEach((a, i) => console.log(major, a, all[i], precisionOf(all[i]).toFixed(3), recallOf(all[i]).toFixed(3)));
      const t = totalOf(all); console.log(major, j.length, 'statements', precisionOf(t).toFixed(4), recallOf(t).toFixed(4), Date.now() - t0, 'ms');
    } finally { await server.stop(); }
  }
})().catch((e) => { console.error(e); process.exitCode = 1; });
