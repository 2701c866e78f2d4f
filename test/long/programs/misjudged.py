from cdk8s import App, Chart
from zero_downtime import Database, Env, External, Health, Migration, ZeroDowntimeService

app = App()
chart = Chart(app, 'shop', namespace='shop')

# Nobody could write while the table is written.
ZeroDowntimeService(
    chart, 'payments',
    image='registry.example.com/payments:2.1.0',
    port=3000,
    health=Health.http(readiness='/ready', liveness='/healthz'),
    externals=[External.secret('database', ['url'])],
    database=Database.postgres(
        pool_size=2,
        max_connections=100,
        url=Env.secret_key('database', 'url'),
        schema_epoch=2,
        migrations=[Migration.sql(title='reset', expand=['UPDATE payments SET total = 0'])],
    ),
)

app.synth()
