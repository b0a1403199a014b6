// Apart from the calls: whoever only listens needs no schema of what is said.

/** Names of a sidebar's port; the second one's page holds the event stream already. */
export const SIDEBAR_PORT = 'sidebar';
export const HOLDING_PORT = 'sidebar-holding';
