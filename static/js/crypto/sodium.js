import wrappers from '../../vendor/libsodium/libsodium-wrappers.mjs';

/** libsodium, once `ready()` has resolved. @type {typeof wrappers} */
export let sodium;

/** Load libsodium. Call once before anything else here. @throws {Error} where WebAssembly is switched off */
export async function ready() {
  await wrappers.ready;
  sodium = wrappers;
}
