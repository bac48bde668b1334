// Packs files into a zip archive without compressing them: the way in which a run takes its files.
const LARGEST = 0xffffffff;
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** @param {{name: string, file: Blob}[]} entries */
export async function storedZip(entries) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, file } of entries) {
    const label = new TextEncoder().encode(name);
    const checksum = await crc32(file);
    const head = header(0x04034b50, checksum, file.size, label, []);
    directory.push(header(0x02014b50, checksum, file.size, label, [0, 0, 0, 0, 0, offset & 0xffff, offset >>> 16]));
    parts.push(head, file);
    offset += head.length + file.size;
    if (offset > LARGEST) throw new RangeError('more than 4 GiB');
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  return new Blob([...parts, ...directory, end.buffer], { type: 'application/zip' });
}

// The entry of the directory at the end has the fields of the local one, two more bytes before them and some behind.
function header(signature, checksum, size, label, rest) {
  const central = rest.length > 0;
  const before = central ? 6 : 4;
  const bytes = new Uint8Array(before + 26 + rest.length * 2 + label.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  if (central) view.setUint16(4, 20, true);
  const numbers = [[20, 2], [0x0800, 2], [0, 2], [0, 2], [0x21, 2], [checksum, 4], [size, 4], [size, 4], [label.length, 2], [0, 2]];
  let at = before;
  for (const [number, width] of [...numbers, ...rest.map((number) => [number, 2])]) {
    if (width === 4) view.setUint32(at, number, true);
    else view.setUint16(at, number, true);
    at += width;
  }
  bytes.set(label, at);
  return bytes;
}

async function crc32(file) {
  let value = 0xffffffff;
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    for (const byte of piece.value) value = TABLE[(value ^ byte) & 0xff] ^ (value >>> 8);
  }
  return (value ^ 0xffffffff) >>> 0;
}
