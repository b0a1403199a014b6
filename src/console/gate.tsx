import { ButtonLink, Logo } from '../ui/index.ts';
import { signInHref } from './route.ts';
import { useConsoleWords } from './words.ts';

/** What somebody sees who is not signed in. Signing in itself is a page of the server. */
export function Gate({ place }: { readonly place: Window }) {
  const words = useConsoleWords();
  return (
    <main class="c-alone">
      <Logo height={16} />
      <h1>{words.gate.title}</h1>
      <p>{words.gate.text}</p>
      <ButtonLink look="primary" href={signInHref(place.location.hash)}>
        {words.gate.signIn}
      </ButtonLink>
    </main>
  );
}
