import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Problem, Waiting } from './states.tsx';
import { useWords } from './words.ts';

/** A component whose code comes when it is first shown: what is seldom opened costs nobody a start. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return function Later(props: P) {
    const [, draw] = useState(0);
    const [failed, setFailed] = useState(false);
    const { later: say } = useWords();
    useEffect(() => {
      if (loaded !== null) return;
      load().then(
        (component) => {
          loaded = component;
          draw((times) => times + 1);
        },
        () => setFailed(true),
      );
    }, []);
    if (failed) return <Problem {...say.failed} />;
    if (loaded === null) return <Waiting>{say.loading}</Waiting>;
    const Component = loaded;
    return <Component {...props} />;
  };
}
