/**
 * The classes of every release, for whoever wants to know how many people look like her. All are asked for, whoever asks, and without a
 * cookie; which one is hers is found on this device alone.
 */
import { H, b64u, unb64u, unframe, utf8 } from '../crypto/frame.js';
import { readSigned, verifySigned } from '../crypto/signing.js';
import { directory } from './directory.js';
import { postApart } from './net.js';

/** @typedef {{version: number, date: string, classes: string, levels: any}} Release classes: CSV; levels: what each answer became */

/** @returns {Promise<{releases: Release[]}>} newest first; what no steward signed, or was changed since, is left out */
export async function published() {
  const { releases } = await postApart('/research/public', {});
  return { releases };
}
