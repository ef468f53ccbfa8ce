import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigTrouble, readConfig } from './index.ts';

const read = (environment: NodeJS.ProcessEnv) => readConfig(environment, '/project');

test('an environment that says nothing is a laptop: the project’s own folder, port 3000, nobody else', () => {
  const config = read({});
  assert.deepEqual(
    [config.home, config.port, config.databaseUrl, config.publicUrl, config.mail, config.stripe, config.trustedProxies],
    ['/project/.everline', 3000, undefined, undefined, undefined, undefined, []],
  );
});

test('a database is named as libpq names it, through a socket too', () => {
  for (const url of ['postgres://shop:secret@db.example/shop', 'postgresql://shop@/shop?host=/run/postgresql'])
    assert.equal(read({ DATABASE_URL: url }).databaseUrl, url);
});

test('the emergency quota is off unless told, and then has its limits and a folder of the installation', () => {
  assert.equal(read({}).emergency, undefined);
  assert.deepEqual(read({ EMERGENCY_QUOTA: 'on' }).emergency, {
    ...{ folder: '/project/.everline/emergency', grantMb: 5, lineADayMb: 50, nodeADayMb: 5000 },
  });
  assert.equal(read({ EMERGENCY_QUOTA: 'on', EMERGENCY_JOURNAL: '/var/lib/x' }).emergency?.folder, '/var/lib/x');
});

test('proxies are addresses and networks, apart by commas or blanks', () => {
  assert.deepEqual(read({ TRUSTED_PROXIES: ' 127.0.0.1, ::1 10.0.0.0/8,fd00::/8 ' }).trustedProxies, [
    '127.0.0.1',
    '::1',
    '10.0.0.0/8',
    'fd00::/8',
  ]);
});

test('a setting that cannot be meant is told with its name and what it takes', () => {
  const wrong: readonly NodeJS.ProcessEnv[] = [
    { PORT: 'web' },
    { PORT: '70000' },
    { DATABASE_URL: 'mysql://localhost/x' },
    { PUBLIC_URL: 'pay.example' },
    { TRUSTED_PROXIES: 'nginx' },
    { METRICS_FROM: 'prometheus' },
    { TRUSTED_PROXIES: '10.0.0.0/33' },
    { TRUSTED_PROXIES: '10.0.0.0/8/8' },
    { SMTP_URL: 'smtp://localhost' },
    { STRIPE_SECRET_KEY: 'sk_live_x' },
    { EVERLINE_TRAFFIC: 'yes' },
    { NCHF_PORT: '-1' },
    { NCHF_HOST: 'http://chf' },
    { NCHF_TLS_CERT: '/etc/chf.pem' },
    { NRF_URL: 'nrf.example' },
    { NRF_CERT: '/etc/nrf.pem' },
    { NCHF_INSTANCE_ID: 'chf-1' },
    { EMERGENCY_QUOTA: 'yes' },
    { EMERGENCY_LIMITS: '50,5,5000', EMERGENCY_QUOTA: 'on' },
    { EMERGENCY_LIMITS: 'much', EMERGENCY_QUOTA: 'on' },
  ];
  for (const environment of wrong) {
    const [name = ''] = Object.keys(environment);
    assert.throws(
      () => read(environment),
      (error) => error instanceof ConfigTrouble && error.message.includes(name),
      name,
    );
  }
});
