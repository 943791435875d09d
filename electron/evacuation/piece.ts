/** A part of a file in memory, from the beginning of a page on. Whoever it is handed over to has it alone. */
export type Piece = Uint8Array<ArrayBuffer>;

/** How much is read, written and counted at once: less costs more turns of the event loop than bytes. */
export const pieceBytes = 1024 * 1024;

/**
 * Memory for a whole piece. It begins at a page, as reading and writing past the system's cache needs it: V8 takes
 * memory that could grow from the system by the page, any other from the heap.
 */
export const newPiece = (): Piece => new Uint8Array(new ArrayBuffer(pieceBytes, { maxByteLength: pieceBytes }));

/** All the memory of a piece that was filled in part. */
export const wholePiece = ({ buffer }: Piece): Piece => new Uint8Array(buffer);
