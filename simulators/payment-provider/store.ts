/** The simulator's own durable store: one SQLite file, one transaction a request, so that it may be killed at any moment. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Kind, Records } from './records.ts';

const SCHEMA = `
  create table if not exists object (
    sequence integer primary key, kind text not null, id text not null unique, customer text, payment text, created integer not null, record text not null
  );
  create index if not exists object_of_customer on object (kind, customer, sequence);
  create index if not exists object_of_payment on object (kind, payment, sequence);
  create table if not exists answer (key text primary key, fingerprint text not null, status integer not null, body text not null, created integer not null);
  create table if not exists task (id integer primary key, due_ms integer not null, kind text not null, payload text not null);
  create table if not exists delivery (id integer primary key, event text not null, manner text not null, answer text not null, at_ms integer not null);
`;

export type ListFilter = {
  readonly customer?: string | undefined;
  readonly payment?: string | undefined;
  readonly createdFrom?: number | undefined;
  /** An id: only what is older than it. */
  readonly after?: string | undefined;
  readonly limit: number;
};

export type StoredAnswer = { readonly fingerprint: string; readonly status: number; readonly body: string; readonly created: number };
export type TaskKind = 'deliver' | 'finish_refund' | 'open_dispute';
export type Task = { readonly id: number; readonly dueMs: number; readonly kind: TaskKind; readonly payload: string };
export type Delivery = { readonly event: string; readonly manner: string; readonly answer: string; readonly atMs: number };

export type Store = ReturnType<typeof openStore>;

type Value = string | number | null;

/** `folder` is made when absent; undefined keeps everything in memory. */
export function openStore(folder: string | undefined) {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(folder === undefined ? ':memory:' : join(folder, 'payment-provider.sqlite'));
  database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000;');
  database.exec(SCHEMA);
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const prepare = (sql: string) => {
    const statement = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  const run = (sql: string, ...values: Value[]) => prepare(sql).run(...values);
  const all = <Row>(sql: string, ...values: Value[]) => prepare(sql).all(...values) as Row[];
  return {
    close: () => database.close(),

    /** All of `work` or nothing. It must not wait for anything. */
    transaction<T>(work: () => T): T {
      database.exec('begin immediate');
      try {
        const result = work();
        database.exec('commit');
        return result;
      } catch (error) {
        database.exec('rollback');
        throw error;
      }
    },

    put<K extends Kind>(kind: K, record: Records[K]): void {
      const customer = 'customer' in record ? record.customer : null;
      const paymentId = kind === 'session' || !('paymentId' in record) ? null : record.paymentId;
      const text = JSON.stringify(record);
      const sql = `insert into object (kind, id, customer, payment, created, record) values (?, ?, ?, ?, ?, ?)
        on conflict (id) do update set customer = excluded.customer, payment = excluded.payment, record = excluded.record`;
      run(sql, kind, record.id, customer, paymentId, record.created, text);
    },

    get<K extends Kind>(kind: K, id: string): Records[K] | undefined {
      const [row] = all<{ record: string }>('select record from object where id = ? and kind = ?', id, kind);
      return row && JSON.parse(row.record);
    },

    /** Newest first. */
    list<K extends Kind>(kind: K, filter: ListFilter): Records[K][] {
      const conditions = ['kind = ?'];
      const values: Value[] = [kind];
      const where = (condition: string, value: Value | undefined) => {
        if (value === undefined) return;
        conditions.push(condition);
        values.push(value);
      };
      where('customer = ?', filter.customer);
      where('payment = ?', filter.payment);
      where('created >= ?', filter.createdFrom);
      where('sequence < (select sequence from object where id = ?)', filter.after);
      const sql = `select record from object where ${conditions.join(' and ')} order by sequence desc limit ?`;
      return all<{ record: string }>(sql, ...values, filter.limit).map((row) => JSON.parse(row.record));
    },

    count(kind: Kind): number {
      return all<{ n: number }>('select count(*) as n from object where kind = ?', kind)[0]?.n ?? 0;
    },

    answer(key: string): StoredAnswer | undefined {
      return all<StoredAnswer>('select fingerprint, status, body, created from answer where key = ?', key)[0];
    },
    keepAnswer(key: string, answer: StoredAnswer): void {
      run('insert or replace into answer values (?, ?, ?, ?, ?)', key, answer.fingerprint, answer.status, answer.body, answer.created);
    },

    addTask(dueMs: number, kind: TaskKind, payload: object): number {
      return Number(run('insert into task (due_ms, kind, payload) values (?, ?, ?)', dueMs, kind, JSON.stringify(payload)).lastInsertRowid);
    },
    tasks: (): Task[] => all('select id, due_ms as dueMs, kind, payload from task order by due_ms, id limit 1000'),
    endTask: (id: number): void => void run('delete from task where id = ?', id),

    logDelivery(delivery: Delivery): void {
      run(
        'insert into delivery (event, manner, answer, at_ms) values (?, ?, ?, ?)',
        delivery.event,
        delivery.manner,
        delivery.answer,
        delivery.atMs,
      );
    },
    deliveries: (limit: number): Delivery[] =>
      all('select event, manner, answer, at_ms as atMs from delivery order by id desc limit ?', limit),
  };
}
