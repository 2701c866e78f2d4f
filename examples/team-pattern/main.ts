import { App, Chart } from 'cdk8s';
import { AcmeService } from './acme-service';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });

new AcmeService(chart, 'payments', { image: 'registry.example.com/payments:2.1.0', team: 'money', publicHost: 'pay.acme.example' });
new AcmeService(chart, 'stock', { image: 'registry.example.com/stock:7.0.3', team: 'goods', maxReplicas: 6 });

app.synth();
