/** What happened with a peer, over all its connections, for whoever shows it (/metrics, `everline peers`). Numbers only grow. */
export class PeerCounters {
  connections = 0;
  requestsIn = 0;
  requestsOut = 0;
  answersIn = 0;
  /** By Result-Code, ours to its requests; experimental ones under their code. */
  readonly answersOut = new Map<number, number>();
  /** Its messages in which something was wrong. */
  malformed = 0;
  /** Requests of ours that were never answered. */
  unanswered = 0;
  /** Answers to nothing we had asked, or too late. */
  answersStray = 0;
  octetsIn = 0;
  octetsOut = 0;

  countAnswer(resultCode: number): void {
    this.answersOut.set(resultCode, (this.answersOut.get(resultCode) ?? 0) + 1);
  }

  /** One more connection of the peer, with what was counted on it before the peer was known. */
  goOn({ octetsIn, requestsIn }: PeerCounters): this {
    this.connections += 1;
    this.octetsIn += octetsIn;
    this.requestsIn += requestsIn;
    return this;
  }
}
