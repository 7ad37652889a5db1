/** The rooms of the staff: only those whose role one holds are shown. It is a kindness, not a wall: the server and the keys decide what opens. */
import { ask } from './ask.js';
import { byId } from './dom.js';

/** Show the links to one's own rooms, by the verified list of people. To be called once signed in, and when the list may have changed. */
export async function showOwnRooms() {
  /** @type {string[] | null} null: it can't be known now, so every link is there as before */
  const roles = await ask('people.roles').then((answer) => answer.roles, () => null);
  for (const room of /** @type {NodeListOf<HTMLElement>} */ (byId('rooms').querySelectorAll('li[data-role]'))) {
    const here = room.querySelector('[aria-current]') !== null;
    room.hidden = !here && roles !== null && !String(room.dataset.role).split(' ').some((role) => roles.includes(role));
  }
}
