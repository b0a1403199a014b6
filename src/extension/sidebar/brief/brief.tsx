import type { AppProps } from '../app.tsx';

export function Brief({ sidebar }: AppProps) {
  return <p>{sidebar.state.context?.title}</p>;
}
