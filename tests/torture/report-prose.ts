/** The fixed words of RELIABILITY.md. No figure of a run stands here. */

export const TOP = `# Reliability

What must never happen to anybody's money or line, and what was done to the house to make it happen. This page is written by the
torture run (tests/torture); nobody edits it. To have it again, on any Linux machine: \`node tests/torture/main.ts --report\`.`;

export const HOW = `## What was run

Real processes: PostgreSQL with fsync on, nodes wired as in production with the Stripe adapter, and the payment simulator as the
outside world, which alone survives everything. Customers renew, top up and buy packs, by hosted page, saved method and balance, with
good and misbehaving cards; they double-click, change their mind, go away, and repeat what was not answered under the same key: at once,
later, the next day or never. Meanwhile nodes and PostgreSQL are killed with SIGKILL, connections are cut just after COMMIT was sent and
just after a job was taken, the provider loses answers and answers 500 for what it did, and time is moved on. Then all harm ends, and
everything must come to its end within 48 hours of its own time, by itself.

Every request is written down as answered, refused or unknown. An independent model, fed only by these and by what the provider says of
itself, is held against the books: each order's end, price and effect, each line's paid-until and balance, each receipt's number, each
message, and all the money to the cent. For a request that was not answered both "done" and "not done" are allowed, and nothing else.
A run also fails when a request hangs or breaks for any other reason than a lost database, when a node dies that nobody killed, when
nodes or jobs need more than 60 s to work again, and when PostgreSQL says that its data is damaged.`;

export const WINDOWS = `Beside the random deaths, all of them in order (tests/faults): every use case is run once to count its ports (each SQL statement,
each COMMIT, each call of the provider); then it dies before and after each, is asked again with the same key, recovers, and must end alike.`;

export const FOUND = `## What these runs have found, and was mended

- A database that was away while a job's end was written down ended the whole program (an unhandled rejection in the job library).
- A job that was taken just when the connection was lost stayed locked for hours by workers that lived and did not know of it.
- Job workers that could not write down how several jobs ended waited for ever to have ended themselves, and took no job any more.
- A payment page that ended while the customer's bank was asking was asked about daily, for ever.
- Seen beside them: jobs of a killed node could stay locked for a little over the 60 s that are promised, and \`everline start\`
  did not start its own PostgreSQL again when that was killed.`;

export const NOT_COVERED = `## What this does not cover

- Power loss, and disks that lie about what they have written: SIGKILL ends processes, and the kernel keeps what they wrote.
- Replication, failover, restoring from a backup under load; Citus; several machines: everything ran on one.
- Partitions that last: a connection that is neither answered nor ended. Connections here end.
- Clocks that step or differ between nodes: time was moved for all at once, while no request was under way.
- Disputes, and refunds that fail for good and need a person; the crash windows meet them.
- Browsers, pages and the JSON API: the nodes were asked by a door of the harness's own, which calls the same use cases. How the
  program's own doors answer while its PostgreSQL is killed is a test of its own (tests/torture/kill-postgres.test.ts): the API with
  503, pages with 500 and words that fit.
- Stripe itself: the provider is our simulator of it.
- Charging by the packet core has a run of its own, below. USSD and vouchers: not built yet.`;
