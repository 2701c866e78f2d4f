from cdk8s import App, Chart, Duration
from zero_downtime import Health, ZeroDowntimeService

app = App()
chart = Chart(app, 'shop', namespace='shop')

# The pods would be killed while they still answer.
ZeroDowntimeService(
    chart, 'payments',
    image='registry.example.com/payments:2.1.0',
    port=3000,
    longest_request=Duration.seconds(20),
    health=Health.http(readiness='/ready', liveness='/healthz'),
    overrides={'termination_grace_period': Duration.seconds(5)},
)

app.synth()
