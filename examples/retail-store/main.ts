import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App } from 'cdk8s';
import { declareStore } from './store';
import { summaryOf } from './summary';

const app = new App();
const services = declareStore(app);
app.synth();

// The whole plan of each service stands beside its manifests, for people and for tools.
const plans = join(app.outdir, 'plans');
mkdirSync(plans, { recursive: true });
for (const { name, plan } of services) {
  writeFileSync(join(plans, `${name}.txt`), plan.explain());
  writeFileSync(join(plans, `${name}.json`), `${JSON.stringify(plan.toJson(), undefined, 2)}\n`);
}

process.stdout.write(summaryOf(services, app.outdir));
