/** Messages as a capture file that tshark reads: each a TCP segment on port 3868, in raw IPv4 packets (pcap, link type 101). */

export function writeCapture(messages: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(0x4_0000, 16);
  head.writeUInt32LE(101, 20);
  let sequence = 1;
  const packets = messages.map((message, place) => {
    const packet = Buffer.concat([internetHeader(message.length), segmentHeader(sequence), message]);
    sequence += message.length;
    const record = Buffer.alloc(16);
    record.writeUInt32LE(1_793_638_800 + place, 0);
    record.writeUInt32LE(packet.length, 8);
    record.writeUInt32LE(packet.length, 12);
    return Buffer.concat([record, packet]);
  });
  return Buffer.concat([head, ...packets]);
}

function internetHeader(octets: number): Buffer {
  const header = Buffer.from('4500000000004000400600007f0000037f000002', 'hex');
  header.writeUInt16BE(octets + 40, 2);
  return header;
}

function segmentHeader(sequence: number): Buffer {
  const header = Buffer.from('c0000f1c0000000000000001501810000000 0000'.replaceAll(' ', ''), 'hex');
  header.writeUInt32BE(sequence, 4);
  return header;
}
