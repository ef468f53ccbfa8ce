/** `simulate`: a stand-in for an outside party, against any address; knows nothing of this installation. */
import { NRF_USAGE, NrfWordsTrouble, runNrf } from '#simulators/nrf';
import { PACKET_CORE_USAGE, runPacketCore, WordsTrouble } from '#simulators/packet-core';
import { type Command, EXIT, UsageTrouble } from './command.ts';

export const simulate: Command = {
  usage: `packet-core ${PACKET_CORE_USAGE} | nrf ${NRF_USAGE}`,
  summary: 'a packet core whose subscribers use data, asking any charging system by Diameter Gy or by Nchf; an NRF',
  async run([what, ...words], { terminal }) {
    const runs = { 'packet-core': runPacketCore, nrf: runNrf };
    const run = Object.entries(runs).find(([name]) => name === what)?.[1];
    if (run === undefined) throw new UsageTrouble('say what to simulate: packet-core or nrf');
    try {
      await run(words, terminal.print);
      return EXIT.done;
    } catch (error) {
      if (error instanceof WordsTrouble || error instanceof NrfWordsTrouble) throw new UsageTrouble(error.message);
      throw error;
    }
  },
};
