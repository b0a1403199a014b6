// One measured figure, and how a goal is judged.

export type Figure = {
  name: string;
  value: number;
  unit: string;
  /** What it is measured beside, in the same run. */
  peer?: string;
  peerValue?: number;
  /** value / peerValue; what a shared machine lets one trust. */
  ratio?: number;
  /** In words: "≥ 500 /s", "ratio ≤ 3". */
  goal?: string;
  ok: boolean;
};

/** A bound on the value itself or on its ratio to the peer. */
export type Goal = { of: 'value' | 'ratio'; at: 'least' | 'most'; bound: number };

/** A figure judged by its goal; one without a goal is always ok. */
export function figure(
  measured: { name: string; value: number; unit: string },
  peer: { name: string; value: number } | null,
  goal: Goal | null,
): Figure {
  const ratio = peer === null ? null : measured.value / peer.value;
  const judged = goal?.of === 'ratio' ? ratio : measured.value;
  if (goal !== null && judged === null) throw new TypeError('a goal for the ratio needs a peer');
  const met =
    goal === null || judged === null
      ? true
      : goal.at === 'least'
        ? judged >= goal.bound
        : judged <= goal.bound;
  return {
    ...measured,
    ...(peer === null ? {} : { peer: peer.name, peerValue: peer.value }),
    ...(ratio === null ? {} : { ratio }),
    ...(goal === null ? {} : { goal: sayGoal(goal, measured.unit) }),
    ok: met,
  };
}

/** Every field of a figure, null where there is none, for programs that read it. */
export function asObject(measured: Figure): { [field: string]: string | number | boolean | null } {
  const { name, value, unit, peer, peerValue, ratio, goal, ok } = measured;
  return {
    ...{ name, value, unit },
    ...{ peer: peer ?? null, peerValue: peerValue ?? null, ratio: ratio ?? null },
    ...{ goal: goal ?? null, ok },
  };
}

function sayGoal({ of, at, bound }: Goal, unit: string): string {
  const sign = at === 'least' ? '≥' : '≤';
  return of === 'ratio' ? `ratio ${sign} ${bound}` : `${sign} ${bound} ${unit}`;
}
