import type { Detector, Finding } from '../detector';
import { hostsOfCommands, REMOTE_COMMANDS } from './remote-commands';
import { hostsOfSettings } from './host-settings';
import { serversOfShares } from './share-servers';

const KIND = 'host';

/** Names of hosts where something says that a host stands: commands, settings and addresses of shares. */
export const namedHosts: Detector = {
  kinds: [KIND],
  keywords: [...REMOTE_COMMANDS, 'host', '\\\\', 'smb://', 'cifs://', 'nfs://', 'afp://'],
  find(searched): Finding[] {
    const { text } = searched;
    const commands = REMOTE_COMMANDS.flatMap((command) => hostsOfCommands(text, searched.at(command), command));
    const settings = searched.has('host') ? hostsOfSettings(text, searched.at('host')) : [];
    return [...commands, ...settings, ...serversOfShares(text)].map((span) => ({ kind: KIND, ...span }));
  },
};
