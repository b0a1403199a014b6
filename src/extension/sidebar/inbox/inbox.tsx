import type { AppProps } from '../app.tsx';

export function Inbox({ sidebar }: AppProps) {
  return <p>{sidebar.state.context?.title}</p>;
}
