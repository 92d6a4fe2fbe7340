// Python's random.Random: the Mersenne twister, so that formulas are compared at the very same points.

const STATE = 624;
const SHIFT = 397;

class Chance {
  constructor(seed) {
    this.state = seeded(seed);
    this.at = STATE;
  }

  /** The next 32 bits. */
  word() {
    if (this.at === STATE) this.turn();
    let word = this.state[this.at++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  turn() {
    const { state } = this;
    for (let at = 0; at < STATE; at += 1) {
      const mixed = (state[at] & 0x80000000) | (state[(at + 1) % STATE] & 0x7fffffff);
      state[at] = state[(at + SHIFT) % STATE] ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
    }
    this.at = 0;
  }

  /** A number from 0 to 1, without 1. */
  random() {
    const high = this.word() >>> 5;
    return (high * 67108864 + (this.word() >>> 6)) / 9007199254740992;
  }

  /** A whole number, both ends included. */
  randint(low, high) {
    const width = high - low + 1;
    const bits = 32 - Math.clz32(width);
    let drawn = this.word() >>> (32 - bits);
    while (drawn >= width) drawn = this.word() >>> (32 - bits);
    return low + drawn;
  }

  uniform(low, high) {
    return low + (high - low) * this.random();
  }
}

/** The state that Python's random.seed makes of a whole number below 2³². */
function seeded(seed) {
  const state = new Uint32Array(STATE);
  state[0] = 19650218;
  for (let at = 1; at < STATE; at += 1) state[at] = Math.imul(1812433253, spread(state, at)) + at;
  let at = 1;
  for (let left = STATE; left > 0; left -= 1) {
    state[at] = (state[at] ^ Math.imul(spread(state, at), 1664525)) + seed;
    at = following(state, at);
  }
  for (let left = STATE - 1; left > 0; left -= 1) {
    state[at] = (state[at] ^ Math.imul(spread(state, at), 1566083941)) - at;
    at = following(state, at);
  }
  state[0] = 0x80000000;
  return state;
}

const spread = (state, at) => state[at - 1] ^ (state[at - 1] >>> 30);

function following(state, at) {
  if (at + 1 < STATE) return at + 1;
  state[0] = state[STATE - 1];
  return 1;
}
