from cdk8s import App, Chart
from zero_downtime import Health, ZeroDowntimeService

app = App()
chart = Chart(app, 'hello', namespace='demo')

ZeroDowntimeService(
    chart, 'hello',
    image='registry.example.com/hello:1.0.0',
    port=8080,
    health=Health.http(readiness='/ready', liveness='/healthz'),
)

app.synth()
