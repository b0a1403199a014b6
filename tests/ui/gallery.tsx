// Every shared piece once, in the states that are easy to forget. Drawn by the tests and looked at
// by people; all names are samples.
import { useState } from 'preact/hooks';
import {
  Button,
  Choice,
  Empty,
  Field,
  Foot,
  KeyCap,
  KindName,
  Ladder,
  Logo,
  MARK_KEYS,
  MARK_KINDS,
  Mark,
  Pick,
  type PickItem,
  Problem,
  Quote,
  Said,
  Segment,
  type Stage,
  TextArea,
  Undo,
  useWords,
  Waiting,
} from '../../src/ui/index.ts';

const CUSTOMERS: readonly PickItem[] = [
  { id: '1', name: 'Sample Foods', detail: 'sample-foods.example' },
  { id: '2', name: 'Zürich Sample Works', detail: 'zsw.example' },
  { id: '3', name: 'Acme Sample' },
];

export function Gallery() {
  const words = useWords();
  const [text, setText] = useState('Certificates are in their hands before any audit.');
  const [kind, setKind] = useState<'stated' | 'implied' | 'unstated'>('unstated');
  const [customer, setCustomer] = useState<PickItem | null>(CUSTOMERS[0] ?? null);
  const [stage, setStage] = useState<Stage>('hunch');
  return (
    <main
      style={{
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr)',
        gap: '16px',
        padding: '16px',
      }}
    >
      <h1>
        <Logo /> Sample Foods
      </h1>
      <ul>
        {MARK_KINDS.map((mark) => (
          <li key={mark}>
            <KindName kind={mark} /> <KeyCap keys={MARK_KEYS[mark]} />{' '}
            <Mark kind={mark}>the words</Mark>
          </li>
        ))}
      </ul>
      <Quote
        text="I assume the certificates will simply be there by then, as they were with our previous supplier."
        by="Sample Person, Head of Operations"
      />
      <Quote text="نتوقع أن تكون الشهادات جاهزة قبل التدقيق" by="Sample Person" />
      <p>
        Suggested by <Said>I assume</Said> and <Said>as they were with</Said>.
      </p>
      <TextArea label="What they expect, in our words" value={text} onInput={setText} />
      <Field label="Due" type="date" value="2027-03-12" onInput={() => {}} hint="by the audit" />
      <Field label="Name" value="" onInput={() => {}} error="A name is missing." />
      <Segment
        label="Class"
        value={kind}
        onChange={setKind}
        options={(['stated', 'implied', 'unstated'] as const).map((value) => ({
          value,
          label: words.class[value],
        }))}
      />
      <Choice
        look="value"
        label={words.unstatedLead}
        value="assumes"
        onChange={() => {}}
        options={(['cannot-say', 'assumes', 'does-not-know'] as const).map((value) => ({
          value,
          label: words.unstatedBecause[value],
        }))}
      />
      <Pick
        label="Customer"
        items={CUSTOMERS}
        value={customer}
        onPick={setCustomer}
        onCreate={(name) => setCustomer({ id: name, name })}
        hint="by mail domain"
      />
      <Ladder stage={stage} onStage={setStage} />
      <Ladder stage="refuted" />
      <Ladder stage="confirmed" outcome="exceeded" />
      <p style={{ display: 'flex', flexWrap: 'wrap', gap: '12px' }}>
        <Ladder size="small" stage="hunch" />
        <Ladder size="small" stage="asked" />
        <Ladder size="small" stage="confirmed" />
        <Ladder size="small" stage="refuted" />
        <Ladder size="small" stage="confirmed" outcome="missed" />
        <Ladder size="small" stage="confirmed" outcome="met" />
        <Ladder size="small" stage="asked" outcome="exceeded" />
      </p>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: '8px' }}>
        <Button look="primary" keys="Mod+Enter">
          Done
        </Button>
        <Button keys="A">Ask them…</Button>
        <Button look="quiet">Discard</Button>
        <Button look="bad">Revoke</Button>
        <Button disabled why="Only an admin can invite.">
          Invite
        </Button>
        <Button look="quiet" icon="close" label="Close" />
      </div>
      <Undo text="Discarded." onUndo={() => {}} onEnd={() => {}} />
      <Waiting>Reading the register…</Waiting>
      <Empty keys="E">Select words in a mail and press</Empty>
      <Problem
        what="Could not save: the disk is full."
        safe="Your text is still in the field."
        todo="Free some space, then save again."
        action={<Button>Save again</Button>}
      />
      <div>
        <Foot state={{ is: 'synced' }} />
        <Foot state={{ is: 'waiting', count: 3 }}>
          <Button look="quiet" label="Keys">
            ?
          </Button>
        </Foot>
        <Foot state={{ is: 'offline', since: '2027-02-24T14:10:00', count: 12 }} />
        <Foot state={{ is: 'local', count: 12 }} />
        <Foot state={{ is: 'attention', count: 1 }} onShow={() => {}} />
      </div>
    </main>
  );
}
