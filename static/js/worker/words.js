/**
 * What a person is told when the server says no. The server sends a code and words; only the code is taken, and these words are
 * shown. Words of the server's own would be a way to speak to one person in this site's voice, past the signed list of files.
 */

/** @type {Record<string, string>} */
const WORDS = {
  'already-sent': 'You have sent an account already. Write to your case instead.',
  busy: 'The site is busy. Nothing is lost. Try again in a moment.',
  claimed: 'Nothing was changed or sent. Another coordinator looks after this card. Ask them, or take the next one.',
  clock: 'Nothing is lost. The date on your device is off by more than a day. Set it, then try again.',
  collided: 'Nothing is lost. Somebody else did this at the same moment. Try again.',
  drops: 'Another coordinator has signed for more people than this list names. Nothing was changed. Load the page again.',
  expired: 'This invitation ended after seven days. Ask the person who sent it for a new one.',
  failed: 'This did not work. Nothing is lost. Try again in a moment.',
  full: 'The server has no room left. Nothing was stored, and your draft is kept. Tell us, and try later.',
  'last-method': 'This is the only way left to unlock. Add another first.',
  locked: 'Locked, and nothing is lost. Open it again with your words.',
  malformed: 'This could not be read. Nothing was stored. Load the page again, then try once more.',
  newer: 'This was changed somewhere else before you. Load it again, then repeat what you did.',
  'no-coordinator': 'The first list of people must name you as a coordinator. Start again.',
  'no-match': 'These words did not open anything. Check their order.',
  'no-such-case': 'There is nothing here that you can open.',
  'no-such-entry': 'This is not there any more. Load the page again.',
  'no-such-letter': 'There is nothing here that you can open.',
  'no-such-link': 'This link is not known here. Check that you copied all of it, or ask for a new one.',
  'no-such-method': 'This way to unlock is gone already.',
  'no-such-state': 'Nothing was changed. Load the page again, then choose how far this card has come.',
  'not-allowed': 'This did not work. Nothing was changed. Load the page again.',
  'not-found': 'There is nothing at this address. Nothing was changed.',
  'not-founded': 'This site has not been set up yet. Nothing was stored. Ask the person who runs it.',
  'not-sealed': 'Only sealed data is taken here. Nothing was stored. Load the page again.',
  'not-signed': 'This needs your words again. Nothing was changed.',
  'not-waiting': 'This person is not waiting any more. Load the page again.',
  'not-yours': 'This part is for other people, or somebody has to take it on first. Nothing was changed.',
  'other-act': 'This was signed for something else. Nothing was changed. Try again.',
  'other-key': 'Nothing is lost. Load the page again, and let it make a new key.',
  'other-letter': 'Another letter was sent under this number. Write it anew.',
  'other-log-key': 'This page is older than the server’s log key. Load it again and start again.',
  'other-roles': 'The roles are not those of the invitation. Load the page again, then try once more.',
  'other-site': 'This came from another site. Nothing was done.',
  'other-submission': 'This was sent before with other words. What was sent first stands.',
  'other-tag': 'Nothing is lost. This was saved under another number. Load the page again.',
  recipients: 'The list of people has changed since you opened this page. Load it again, then send once more.',
  revoked: 'Somebody on this list may no longer take part. Take them off, then try again.',
  stale: 'Others wrote before you. Your words are kept.',
  'stale-nonce': 'That took longer than two minutes. Nothing is lost. Try again.',
  taken: 'This is in use already. Load the page again, and let it make new ones.',
  'too-few-signed': 'Too few people have signed this. Nothing was changed. Sign first, or ask somebody who may.',
  'too-large': 'This is too large to send. Nothing is lost. Make it shorter, then try again.',
  'too-many': 'That was too much at once. What you wrote is still on this page. Wait a minute, then try again. If you have many drafts, drop one.',
  'unknown-binding': 'The list names somebody whose keys we don’t have. Nothing was changed.',
  'unknown-person': 'Somebody on this list has no key here. Load the page again, then try once more.',
  used: 'This link was used. Sign in with your words, or ask for a new one.',
  'wrong-role': 'This page makes another kind of account. Load it again, then try once more.',
};

/** The code, if it is one of ours, and our own words for it. @param {unknown} code @returns {{code: string, words: string}} */
export function refusalWords(code) {
  const known = typeof code === 'string' && Object.hasOwn(WORDS, code) ? code : 'failed';
  return { code: known, words: WORDS[known] };
}
