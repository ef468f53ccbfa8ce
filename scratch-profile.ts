import { execSync, spawn } from 'node:child_process';
import { Session } from 'node:inspector/promises';
import { mkdtempSync, writeFileSync, chmodSync } from 'node:fs';
import { createChargingEngine, reconcileChargingOfAll } from '#domain/charging';
import { addLine, findNumber } from '#domain/lines';
import { payOrder, placeOrder, quoteOrder } from '#domain/orders';
import { withBenchHouse } from './apps/bench/open-bench-house.ts';
import { copyLines } from './apps/bench/copy-lines.ts';
import { loadOf } from './apps/bench/load.ts';
import { measureLoad } from './apps/bench/measure-load.ts';
import { playSessions } from './apps/bench/play-sessions.ts';
import { withClient } from './apps/bench/server-figures.ts';
const lines = Number(process.env.LINES ?? 50000), seconds = Number(process.env.SECONDS ?? 6), clients = Number(process.env.CLIENTS ?? 256);
const home = mkdtempSync('/var/tmp/prof-'); chmodSync(home, 0o755);
await withBenchHouse({ home, connectionsMax: 8, print: () => {} }, async (opened) => {
  const { house, server, log, serverPid } = opened;
  const number = '+12065000001';
  await house.tools.database.transaction(async (tx) => { await addLine(house.tools, tx, house.catalog.latest(), { number, market: 'US', taxRegion: '98101', plan: 'month-5gb' }); });
  const line: any = await findNumber(house.tools.database, number);
  const asker = { kind: 'operator', name: 'bench' } as const;
  const quote: any = await quoteOrder(house.orders, asker, { line, items: [{ kind: 'renew' }] });
  const placed: any = await placeOrder(house.orders, asker, { quote, key: `${quote.quoteId}`, way: { kind: 'page', saveMethod: false }, acceptedTerms: quote.content.termsVersion, language: 'en' });
  await payOrder(house.orders, placed);
  const plays = playSessions(await withClient(server, (c) => copyLines(c, line, lines)));
  const engine = createChargingEngine(house.tools, async () => house.catalog.latest(), log, JSON.parse(process.env.ENGINE ?? '{}'));
  const one = () => plays.next(engine.charge);
  await Promise.all(Array.from({ length: clients }, async () => { while (plays.open < lines / 10 * 0.8) await one(); }));
  if (process.env.STAT) await withClient(server, (c) => c.query('create extension if not exists pg_stat_statements; select pg_stat_statements_reset()'));
  const s = new Session(); s.connect();
  if (process.env.HEAP) await s.post('HeapProfiler.startSampling', { samplingInterval: 65536, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true } as never);
  if (process.env.CPU) { await s.post('Profiler.enable'); await s.post('Profiler.setSamplingInterval', { interval: 200 }); await s.post('Profiler.start'); }
  const perf = process.env.PERF ? spawn('sh', ['-c', `pids=$(pgrep -P ${serverPid} | tr '\\n' ',' | sed 's/,$//'); perf record -F 999 -g -o /work/notes/prof/perf.data -p $pids -- sleep ${seconds - 1} 2>/dev/null`]) : undefined;
  if (process.env.PERFNODE) setTimeout(() => spawn('sh', ['-c', `perf record -F 1999 -g -o /work/notes/prof/node.data -p ${process.pid} -- sleep ${seconds * 0.6}`]), seconds * 350);
  const m = await measureLoad(opened, loadOf(one), { seconds, clients, print: () => {}, what: 'x', checkpointInside: process.env.CHECKPOINT === '1' });
  if (process.env.HEAP) { const h = await s.post('HeapProfiler.stopSampling'); writeFileSync('/tmp/heap.json', JSON.stringify((h as any).profile)); }
  if (process.env.CPU) { const p = await s.post('Profiler.stop'); writeFileSync('/work/notes/prof/cpu.cpuprofile', JSON.stringify(p.profile)); }
  await engine.close(); if (process.env.KEEP) { console.log('kept', JSON.stringify(server)); await new Promise((r) => setTimeout(r, 3600e3)); }
  if (process.env.STAT) { const r: any = await withClient(server, async (c) => (await c.query("select calls, round(mean_exec_time::numeric,3) as mean_ms, round(total_exec_time::numeric) as total_ms, round((rows::numeric/calls),1) as rows, shared_blks_hit/calls as hits, wal_bytes/calls as wal, left(regexp_replace(query,'\\s+',' ','g'),70) as q from pg_stat_statements order by total_exec_time desc limit 18")).rows); console.table(r); }
  if (process.env.HOT) console.table(await withClient(server, async (c) => (await c.query("select relname, n_tup_ins, n_tup_upd, n_tup_hot_upd from pg_stat_user_tables where n_tup_upd > 1000")).rows));
  const bad = await reconcileChargingOfAll(house.tools.database);
  const used: any = await withClient(server, async (c) => (await c.query('select coalesce(sum(used),0)::text u from charging.request')).rows[0].u);
  console.log(JSON.stringify({ perS: m.full.perSecond, p50: m.full.p50Ms, p99: m.full.p99Ms, halfp50: m.half.p50Ms, halfp99: m.half.p99Ms, nodeUs: Math.round(m.each.nodeMs * 1000), pgUs: Math.round(m.each.postgresMs! * 1000), wal: m.each.walBytes, conserved: bad.length === 0 && BigInt(used) === plays.used }));
});
execSync(`rm -rf ${home}`);
