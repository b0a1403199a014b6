// Completing names while a text is written, after the ARIA pattern of a combobox with a listbox: the
// focus stays in the text, arrows choose, Enter or Tab takes, Escape leaves the text as it is.
import { type ComponentChildren, createContext, type RefObject } from 'preact';
import { useContext, useEffect, useId, useRef, useState } from 'preact/hooks';
import { type Asked, askedAt, type Sign, withName } from './completion-text.ts';
import { useWords } from './words.ts';
import './completion.css';

export interface CompletedName {
  readonly id: string;
  readonly name: string;
  readonly detail?: string;
}

export interface Completer {
  /** Names for these words, best first; none: no list is shown. */
  readonly find: (sign: Sign, words: string) => Promise<readonly CompletedName[]>;
  /** It stands in the text now. */
  readonly chosen: (name: CompletedName) => void;
}

/** Every text field within completes names by it; null: none does. */
export const CompletionContext = createContext<Completer | null>(null);

type TextElement = HTMLTextAreaElement | HTMLInputElement;

/** What a text field needs to complete names; nothing where its surroundings complete none. */
export interface Completion {
  readonly attributes: { readonly [name: string]: string | boolean | undefined };
  /** True when the key was meant for the list. */
  readonly onKeyDown: (event: KeyboardEvent) => boolean;
  /** The field with the list under it. */
  readonly around: (field: ComponentChildren) => ComponentChildren;
}

const NONE: Completion = {
  attributes: {},
  onKeyDown: () => false,
  around: (field) => field,
};

export function useCompletion(
  element: RefObject<TextElement | null>,
  multiline: boolean,
): Completion {
  const completer = useContext(CompletionContext);
  const words = useWords();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [names, setNames] = useState<readonly CompletedName[]>([]);
  const [active, setActive] = useState(0);
  const turn = useRef(0);
  /** The sign whose list was closed, or whose name stands there. */
  const settled = useRef<number | null>(null);

  const close = () => {
    turn.current += 1;
    setAsked(null);
    setNames([]);
  };
  const look = () => {
    const field = element.current;
    if (!field || !completer) return;
    const caret = field.selectionStart;
    const next =
      caret === null || caret !== field.selectionEnd ? null : askedAt(field.value, caret);
    if (next?.start !== settled.current) settled.current = null;
    if (next === null || settled.current !== null) return close();
    const mine = ++turn.current;
    void completer.find(next.sign, next.words.trim()).then((found) => {
      if (turn.current !== mine) return;
      setAsked(next);
      setNames(found);
      setActive(0);
    });
  };
  const looking = useRef(look);
  looking.current = look;
  useEffect(() => {
    const field = element.current;
    if (!field || !completer) return;
    // A word that an input method is composing is not typed yet.
    const typed = (event: Event) => {
      if (!(event as InputEvent).isComposing) looking.current();
    };
    const left = () => close();
    field.addEventListener('input', typed);
    field.addEventListener('compositionend', typed);
    field.addEventListener('click', typed);
    field.addEventListener('blur', left);
    return () => {
      field.removeEventListener('input', typed);
      field.removeEventListener('compositionend', typed);
      field.removeEventListener('click', typed);
      field.removeEventListener('blur', left);
    };
  }, [element, completer === null]);
  useEffect(() => {
    list.current?.scrollIntoView({ block: 'nearest' });
  }, [names.length > 0]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, names]);

  if (completer === null) return NONE;
  const isOpen = asked !== null && names.length > 0;

  const take = (at: number) => {
    const field = element.current;
    const name = names[at];
    if (!field || !name || asked === null) return;
    const caret = field.selectionStart ?? field.value.length;
    const { insert, from, to } = withName(field.value, asked, caret, name.name);
    settled.current = asked.start;
    close();
    field.focus();
    field.setSelectionRange(from, to);
    // The browser's own way of typing: Ctrl+Z takes it back. Where it has none, the text is set.
    if (!document.execCommand('insertText', false, insert)) {
      field.setRangeText(insert, from, to, 'end');
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
    completer.chosen(name);
  };

  const onKeyDown = (event: KeyboardEvent): boolean => {
    // 229: Enter that ends the composition of a word.
    if (!isOpen || event.isComposing || event.keyCode === 229) return false;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        const step = event.key === 'ArrowDown' ? 1 : names.length - 1;
        setActive((at) => (at + step) % names.length);
        break;
      }
      case 'Enter':
      case 'Tab':
        take(active);
        break;
      case 'Escape':
        settled.current = asked.start;
        close();
        break;
      default:
        // The caret goes elsewhere: the list is not about that place.
        if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) close();
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  return {
    // A text of several lines is a textbox whatever pops up (ARIA in HTML); a line may be a combobox.
    attributes: {
      ...(multiline ? {} : { role: 'combobox', 'aria-expanded': isOpen }),
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': isOpen ? `${id}-list` : undefined,
      'aria-activedescendant': isOpen ? `${id}-${active}` : undefined,
    },
    onKeyDown,
    around: (field) => (
      <div class="u-complete">
        {field}
        {isOpen && (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and takes the keys
          <div
            ref={list}
            id={`${id}-list`}
            class="u-complete-list"
            role="listbox"
            tabIndex={-1}
            aria-label={words.completion[asked.sign]}
            // Keep the focus in the field while the mouse chooses.
            onMouseDown={(event) => event.preventDefault()}
            onClick={(event) => {
              const option = (event.target as Element).closest<HTMLElement>('[data-at]');
              if (option) take(Number(option.dataset.at));
            }}
          >
            {names.map((each, at) => (
              <div
                key={each.id}
                id={`${id}-${at}`}
                role="option"
                tabIndex={-1}
                aria-selected={at === active}
                data-at={at}
              >
                <bdi>{each.name}</bdi>
                {each.detail && <bdi class="u-quiet"> {each.detail}</bdi>}
              </div>
            ))}
          </div>
        )}
        <span class="u-hidden" role="status">
          {isOpen ? words.completion.found(names.length) : ''}
        </span>
      </div>
    ),
  };
}
