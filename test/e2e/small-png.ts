import { crc32, deflateSync, inflateSync } from 'node:zlib';

/*
 * Pictures of a window have few colours, so a palette makes them a third of the size. Reads what Chromium writes (8 bits
 * a channel, not interlaced); https://www.w3.org/TR/png-3/ names everything here.
 */

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel, line by line. */
  readonly rgb: Buffer;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const mostColours = 256;

/** The same picture with at most 256 colours, in place of each other one the nearest of these. */
export const withPalette = (png: Buffer): Buffer => {
  const { width, height, rgb } = readPixels(png);
  const palette = tellingColours(rgb);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const lines = Buffer.alloc(height * (width + 1));
  for (let at = 0; at < width * height; at += 1) {
    const colour = rgb.readUIntBE(at * 3, 3);
    const place = places.get(colour) ?? nearest(palette, colour);
    places.set(colour, place);
    // Each line begins with its filter; none is best for places in a palette.
    lines[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = place;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const colours = Buffer.alloc(palette.length * 3);
  palette.forEach((colour, place) => {
    colours.writeUIntBE(colour, place * 3, 3);
  });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const chunk = (type: string, content: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(content.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
};

const distance = (left: number, right: number): number =>
  [16, 8, 0].reduce((sum, shift) => sum + (((left >> shift) & 255) - ((right >> shift) & 255)) ** 2, 0);

/** One after the other, always the colour whose loss would be seen most: frequent, and unlike those taken before. */
const tellingColours = (rgb: Buffer): readonly number[] => {
  const counts = new Map<number, number>();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const candidates = [...counts].map(([colour, count]) => ({ colour, count, apart: Number.POSITIVE_INFINITY }));
  const taken: number[] = [];
  while (taken.length < Math.min(mostColours, candidates.length)) {
    const next = candidates.reduce((best, one) => (one.count * one.apart > best.count * best.apart ? one : best));
    taken.push(next.colour);
    for (const one of candidates) one.apart = Math.min(one.apart, distance(one.colour, next.colour));
  }
  return taken;
};

const nearest = (palette: readonly number[], colour: number): number => {
  let best = 0;
  palette.forEach((candidate, place) => {
    if (distance(candidate, colour) < distance(palette[best] ?? 0, colour)) best = place;
  });
  return best;
};

/** @throws Error for a picture of another make */
const readPixels = (png: Buffer): Pixels => {
  const parts: Buffer[] = [];
  let header = Buffer.alloc(13);
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const content = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = Buffer.from(content);
    if (type === 'IDAT') parts.push(content);
    at += 12 + length;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const samples = header[9] === 6 ? 4 : 3;
  if (header[8] !== 8 || (header[9] !== 2 && header[9] !== 6) || header[12] !== 0) throw new Error('Not such a PNG.');
  const plain = unfilter(inflateSync(Buffer.concat(parts)), width * samples, samples);
  if (samples === 3) return { width, height, rgb: plain };
  const rgb = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at += 1) plain.copy(rgb, at * 3, at * 4, at * 4 + 3);
  return { width, height, rgb };
};

/** `line`: bytes of a line. `step`: bytes of a pixel. */
const unfilter = (filtered: Buffer, line: number, step: number): Buffer => {
  const height = filtered.length / (line + 1);
  const plain = Buffer.alloc(height * line);
  for (let y = 0; y < height; y += 1) {
    const filter = filtered[y * (line + 1)] ?? 0;
    for (let x = 0; x < line; x += 1) {
      const at = y * line + x;
      const left = x < step ? 0 : (plain[at - step] ?? 0);
      const above = y === 0 ? 0 : (plain[at - line] ?? 0);
      const corner = x < step || y === 0 ? 0 : (plain[at - line - step] ?? 0);
      plain[at] = (filtered[at + y + 1] ?? 0) + prediction(filter, left, above, corner);
    }
  }
  return plain;
};

const prediction = (filter: number, left: number, above: number, corner: number): number => {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  return filter === 4 ? paeth(left, above, corner) : 0;
};

const paeth = (left: number, above: number, corner: number): number => {
  const estimate = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
};
