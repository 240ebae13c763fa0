// Buffers that are sent once and read by others on the page: a spec with id, head (plain data), at (contents), data (bytes).
const reels = new Map();
export const CHANGED = "lab-reel";

const KINDS = { Uint8Array, Uint16Array, Uint32Array, Float32Array };

const opened = ({ id, head, at, data }) => {
  const arrays = {};
  for (const [name, [kind, from, count]] of Object.entries(at)) {
    arrays[name] = new KINDS[kind](data.buffer, data.byteOffset + from, count);
  }
  return { id, ...head, ...arrays };
};

// A buffer must begin where every kind of array may begin; the socket does not promise that.
const aligned = (data) => {
  if (!data || data.byteOffset % 4 === 0) return data;
  return new DataView(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));
};

export const found = (id) => (id ? (reels.get(id) ?? null) : null);

export const reel = () => {
  let mine = null;
  const forget = () => mine && reels.delete(mine);
  return {
    update(spec) {
      if (spec.id === mine) return;
      forget();
      mine = spec.id;
      if (mine) reels.set(mine, opened({ ...spec, data: aligned(spec.data) }));
      window.dispatchEvent(new Event(CHANGED));
    },
    remove: forget,
  };
};
