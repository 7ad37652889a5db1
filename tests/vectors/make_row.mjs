import { frame, unframe } from '../../static/js/crypto/frame.js';
import { makeWithdrawal, roleAddress, sealLetter } from '../../static/js/crypto/letter.js';
import { commentPayload, makeComment, makeRow, rowPayload } from '../../static/js/crypto/row.js';
import { DAY, bytes, person, seeds, zeros } from './cast.mjs';

const [stan, cora, nora] = ['Stan', 'Cora', 'Nora'].map(person);
const site = bytes('site');
const FIRST = 20758; // 2026-11-01
const answers = { sector: 'priv', wi_type___retal: '1', wi_type___har: '0', age_band: 'skip', gender: '' };
const row = { instrument: 'outtake.v2', wave: 'outtake', day: FIRST, thread: bytes('thread', 16), answers };
const comment = { wave: 'followup-12', day: FIRST, text: 'Nobody asked before. 谢谢' };
const post = { site, stewards: [stan, cora], secret: bytes('secret') };
const asStan = { steward: seeds(stan), site };

export function make({ holds, refused }) {
  days(holds, refused);
  holds('row', 'what this side seals of a row', 'row_payload', row);
  holds('row', 'what this side seals of a comment', 'comment_payload', comment);
  const no = (name, change) => refused('row', `no row ${name}`, 'row_payload', { ...row, ...change }, 'ValueError');
  no('of an edition with a zero in front', { instrument: 'intake.v01' });
  no('of a wave with a space', { wave: 'follow up' });
  no('of a column with a dash', { answers: { 'wi-type': '1' } });
  no('with an answer in words of their own', { answers: { gender: 'fëmale' } });
  no('of the last of a month', { day: FIRST - 1 });
  no('with a long thread', { thread: bytes('thread') });
  refused('row', 'no comment of nothing', 'comment_payload', { ...comment, text: '' }, 'ValueError');
  refused('row', 'no row for one steward twice', 'make_row', { ...row, ...post, stewards: readers(stan, stan) }, 'ValueError');
  refused('row', 'no row that is too long', 'make_row', { ...row, ...post, stewards: readers(stan), answers: long() }, 'ValueError');
  refused('row', 'no comment to nobody', 'make_comment', { ...comment, ...post, stewards: [] }, 'ValueError');

  const made = makeRow({ ...row, ...post });
  const { mail } = unframe('row', made);
  holds('row', 'a row of this side', 'open_posted', { mail, ...asStan }, rowPayload(row));
  holds('row', 'a row of this side, by the other steward', 'open_posted', { mail, ...asStan, steward: seeds(cora) }, rowPayload(row));
  holds('row', 'a comment of this side', 'open_posted', { mail: unframe('row', makeComment({ ...comment, ...post })).mail, ...asStan }, commentPayload(comment));
  refused('row', 'a row that is not for Nora', 'open_posted', { mail, ...asStan, steward: seeds(nora) }, 'NotAllowed');
  const planted = (name, payload) => refused('row', `planted: ${name}`, 'open_posted', { mail: letter(payload), ...asStan }, 'Malformed');
  const good = rowPayload(row);
  planted('a wave that is a number', { ...good, wave: 3 });
  planted('answers inside answers', { ...good, answers: { gender: { code: 'woman' } } });
  planted('a thread that is no thread', { ...good, thread: null });
  planted('another month than outside', { ...good, month: '2026-12' });
  planted('nothing', {});
  outside(holds, refused, made, mail);
}

function days(holds, refused) {
  holds('row', 'the month of December', 'month_of', { day: FIRST + 30 });
  refused('row', 'no month begins on the 2nd', 'month_of', { day: FIRST + 1 }, 'Malformed');
  holds('row', 'where this month begins', 'first_of_month', { day: DAY }, FIRST);
  refused('row', 'the month of a day that no calendar has', 'first_of_month', { day: 2 ** 50 }, 'ValueError');
}

function outside(holds, refused, made, mail) {
  const of = { site, stewards: [cora.fp, stan.fp] };
  holds('row', 'a row of this side as a server sees it', 'read_row', { data: made, ...of });
  holds('row', 'a row of this side as it is handed out', 'read_posted', { mail, site });
  refused('row', 'a row that one steward would not get', 'read_row', { data: made, ...of, stewards: [cora.fp, stan.fp, nora.fp] }, 'NotAllowed');
  refused('row', 'a row of this side at another site', 'read_posted', { mail, site: zeros(32) }, 'WrongPlace');
  const renamed = frame('row', { ...unframe('row', made), instrument: 'x' });
  refused('row', 'a row of an instrument without an edition', 'read_row', { data: renamed, ...of }, 'Malformed');
  const secret = bytes('secret');
  holds('row', 'what stands beside a row of this side', 'withdraw_hash', { site, secret });
  holds('row', 'a row taken back by this side', 'read_withdrawal', { data: makeWithdrawal(site, secret), site });
  refused('row', 'a row taken back by this side elsewhere', 'read_withdrawal', { data: makeWithdrawal(zeros(32), secret), site }, 'WrongPlace');
  holds('row', 'a batch of this side', 'batch_hash', { hashes: [bytes('2'), bytes('1')] });
}

const readers = (...people) => people.map(({ fp, xwing_pk }) => ({ fp, xwing_pk }));
const long = () => Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`column_${i}`, 'code']));
const letter = (payload) => sealLetter(null, { site, kind: 'row', to: roleAddress(site, 'steward'), about: zeros(16), day: FIRST, payload, recipients: [stan] });
