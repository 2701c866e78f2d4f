import sys

from cdk8s import App, Chart, Duration, Size
from cdk8s_plus_27 import Cpu
from zero_downtime import (
    Database, Env, EnvFrom, External, Health, Metric, NetworkPeer, Pods, Replicas, Rollout, Traffic,
    ZeroDowntimeService,
)

app = App()
chart = Chart(app, 'payments', namespace='shop')

payments = ZeroDowntimeService(
    chart, 'payments',
    image='registry.example.com/payments:2.1.0',
    port=3000,
    starts_within=Duration.seconds(40),
    longest_request=Duration.seconds(20),
    health=Health.http(startup='/startup', readiness='/ready', liveness='/healthz'),
    replicas=Replicas.autoscaled(min=4, max=8, metrics=[Metric.cpu(70), Metric.memory(80)]),
    rollout=Rollout.rolling(max_surge=Pods.count(2)),
    traffic=[
        Traffic.istio(hosts=['api.example.com'], gateways=['istio-system/public']),
        Traffic.aws_load_balancer(hosts=['pay.example.com']),
    ],
    database=Database.postgres(pool_size=8, max_connections=200),
    resources={'cpu': Cpu.millis(250), 'memory': Size.mebibytes(256)},
    config={'LOG_LEVEL': 'info'},
    env={'POD_NAME': Env.field('metadata.name')},
    env_from=[EnvFrom.secret('payments-db')],
    externals=[External.secret('payments-db')],
    allow_from=[NetworkPeer.namespace('istio-system'), NetworkPeer.cidr('10.0.0.0/16')],
)

app.synth()
sys.stdout.write(payments.plan.explain())
