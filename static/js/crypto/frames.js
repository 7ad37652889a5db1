/** The frame table of SPEC.md: `name type` for each field, in order. The same data as crypto/frames.json. */
const TABLE = {
  root: 'version u, prev b32, threshold u, root_pks l32, coordinators u, log_vkey t512, witnesses t4096, quorum u',
  'kdf-salt': 'site b32, role t16, email t254',
  method: 'site b32, role t16, kind t16',
  login: 'site b32, locator b16, nonce b32, act b32',
  wrap: 'site b32, role t16, kind t16, locator b16, fp b32',
  bundle: 'site b32, role t16, fp b32',
  notebook: 'site b32, fp b32, version u',
  draft: 'site b32, fp b32, draft b16',
  identity: 'ed_pk b32, xwing_pk b1216',
  enrol:
    'site b32, role t16, ed_pk b32, xwing_pk b1216, locator b16, kind t16, login_pk b32, wrap b328, ' +
    'bundle b328, notebook v65536, tag b32',
  binding: 'site b32, person b16, seq u, prev b32, roles t64, name t120, ed_pk b32, xwing_pk b1216, day u',
  directory: 'site b32, version u, prev b32, root b32, issued u, expires u, bindings l32, revoked l32',
  attest: 'site b32, fp b32, module t32, content b32, day u',
  manifest: 'site b32, version u, prev b32, files v262144',
  restore: 'site b32, log u, size u, root b32, time u',
  signed: 'thing v1048576, sigs l96',
  case: 'site b32, owner b32, parent b16, nonce b16',
  roster:
    'site b32, case b16, parent b16, nonce b16, seq u, prev b32, e u, last_roster b32, ' +
    'parent_roster b32, issuer b32, members l33, kc b32, link v328, log_size u, log_root b32, day u',
  grant: 'site b32, case b16, e u, roster b32, grantee b32',
  link: 'site b32, case b16, e u, last_roster b32',
  record: 'site b32, case b16, record b16, seq u, prev b32, e u, roster b32, author u, day u',
  entry: 'header v8192, body v1048576',
  said: 'header b32, payload b32',
  rekey: 'entry v16384, grants l1200, lane_key b32',
  submission: 'enrol v98304, rekey v32768, record v1048576, card v131072',
  letter: 'site b32, kind t16, letter b16, to b32, from b32, about b16, day u',
  stanza: 'header b32, fp b32',
  mail: 'header v512, body v65536, stanzas l1200',
  row: 'mail v131072, instrument t32, withdraw b32',
  chunk: 'case b16, file b16, i u, n u',
  event: 'type t32, day u, subject b16, actor b32, object b32',
  commit: 'salt b32, event v512',
  leaf: 'tag b32, commit b32',
  tag: 'lane t16, n u',
  receipt: 'salt b32, event v512, tag b32, index u, proof o32, checkpoint t4096',
  sig: 'hash b32',
  box: 'hash b32',
  kc: 'case b16, e u',
  lane: 'case b16, e u',
  'lane-account': 'fp b32',
  'lane-site': 'site b32, name t16',
  safety: 'fp b32',
  role: 'site b32, role t16',
  withdraw: 'site b32, secret b32',
  passkey: 'site b32, role t16',
  sheet: 'site b32, code b20',
  export:
    'site b32, role t16, kind t16, locator b16, fp b32, wrap b328, bundle b328, bindings v4194304, ' +
    'entries v268435456, grants v1048576, notebook v65536, mails v67108864, receipts v4194304',
  release: 'site b32, version u, prev b32, manifest b32, day u',
  methods: 'site b32, fp b32, version u, tag b32, notebook v65536, kind t16, locator b16, login_pk b32, wrap v328',
  duty: 'site b32, issued u, expires u, bindings l32',
  tab: 'site b32, fp b32',
  'root-key': 'index u',
  'root-sheet': 'code b20',
};

/**
 * Tag to its fields in order, each `[name, type]`.
 * Types: `u` number; `bN` N bytes; `tN`, `vN` text or bytes of at most N; `lN` sorted items, `oN` items in order.
 * @type {Map<string, [string, string][]>}
 */
export const FRAMES = new Map(
  Object.entries(TABLE).map(([tag, fields]) => [
    tag,
    fields.split(', ').map((field) => /** @type {[string, string]} */ (field.split(' '))),
  ]),
);
