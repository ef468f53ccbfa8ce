/** What waits, by account: in order of coming, one of each account at a time, nobody passed over for ever. */

export type AccountQueue<Item> = {
  add(accountId: bigint, item: Item): void;
  /** Of accounts that nothing is under way for, those that came first; each is under way until `done`. */
  take(itemsMax: number): Item[];
  done(accountId: bigint): void;
};

export function createAccountQueue<Item>(): AccountQueue<Item> {
  const waiting = new Map<bigint, Item[]>();
  /** With something waiting and nothing under way. A set keeps the order in which they became so. */
  const free = new Set<bigint>();
  const busy = new Set<bigint>();
  return {
    add(accountId, item) {
      const others = waiting.get(accountId);
      if (others !== undefined) return void others.push(item);
      waiting.set(accountId, [item]);
      if (!busy.has(accountId)) free.add(accountId);
    },
    take(itemsMax) {
      const taken: Item[] = [];
      for (const accountId of free) {
        if (taken.length >= itemsMax) break;
        free.delete(accountId);
        busy.add(accountId);
        const items = waiting.get(accountId) ?? [];
        const next = items.shift();
        if (next !== undefined) taken.push(next);
        if (items.length === 0) waiting.delete(accountId);
      }
      return taken;
    },
    done(accountId) {
      busy.delete(accountId);
      if (waiting.has(accountId)) free.add(accountId);
    },
  };
}
