/** `simulate`: a stand-in for an outside party, against any address; knows nothing of this installation. */
import { PACKET_CORE_USAGE, runPacketCore, WordsTrouble } from '#simulators/packet-core';
import { type Command, EXIT, UsageTrouble } from './command.ts';

export const simulate: Command = {
  usage: `packet-core ${PACKET_CORE_USAGE}`,
  summary: 'a packet core whose subscribers use data, asking any charging system by Diameter Gy',
  async run([what, ...words], { terminal }) {
    if (what !== 'packet-core') throw new UsageTrouble('say what to simulate: packet-core');
    try {
      await runPacketCore(words, terminal.print);
      return EXIT.done;
    } catch (error) {
      if (error instanceof WordsTrouble) throw new UsageTrouble(error.message);
      throw error;
    }
  },
};
