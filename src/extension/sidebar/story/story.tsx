import type { AppProps } from '../app.tsx';

export function Story({ sidebar }: AppProps) {
  return <p>{sidebar.state.context?.title}</p>;
}
